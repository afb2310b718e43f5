import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { eraseWords } from '#contributions/erasing.server.ts';
import { aRapporteur, aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { extractTexts } from '#contributions/extracting.server.ts';
import { partsOf } from '#contributions/parts.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { acceptMail, confirmMail, disownMail, refuseMail, titleOf } from './becoming.server.ts';
import { aMailDesk, mailDomain } from './examples.server.ts';
import { mailInOf, mailsInTopic } from './mails-in.server.ts';

const database = await testDatabase();
const { topicId, keys, files, door, another, arrived } = await aMailDesk(database);
after(() => door.stop());
const rapporteur = aRapporteur(topicId);
const ana: Actor = { kind: 'visitor', visitorId: 'ana' };

test('confirmed by its sender it is a submission in their words, as they chose, with a receipt; twice gives the same', async () => {
	const mail = await arrived(another({ Subject: 'Re: Our view' }, 'We agree with the draft.\r\n\r\n-- \r\nAna\r\nNairobi'));
	const as = { attribution: 'named', name: 'Ana Example' } as const;
	const [one, two] = await Promise.all([confirmMail(database, keys, mail, as, ana), confirmMail(database, keys, mail, as, ana)]);
	assert.equal(one.contributionId, two.contributionId);
	assert.equal(one.receipt.receiptId, two.receipt.receiptId);
	const [submission] = await submissionsOf(database, topicId);
	assert.deepEqual(
		[submission?.title, submission?.channel, submission?.name, submission?.attribution],
		['Our view', 'e-mail', 'Ana Example', 'named']
	);
	assert.deepEqual(
		(await partsOf(database, topicId, one.contributionId)).map(({ text }) => text),
		['We agree with the draft.']
	);
	assert.equal((await mailInOf(database, mail)).state, 'confirmed');
	const { rows } = await database.query(
		`select assurance from participant_profiles where topic_id = $1 order by profile_number desc limit 1`,
		[topicId]
	);
	assert.deepEqual(rows, [{ assurance: 'e-mail' }]);
});

test('its documents become files of the submission, those that were left out do not, and a job reads them', async () => {
	const document = `Annex. ${'Governments should listen. '.repeat(3)}`;
	const part = (name: string, type: string, bytes: Uint8Array) =>
		`--b\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64')}\r\n`;
	const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
	const body = `--b\r\nContent-Type: text/plain\r\n\r\nSee the annex.\r\n${part('annex.txt', 'text/plain', Buffer.from(document))}${part('other.txt', 'text/plain', Buffer.from('Private'))}${part('logo.png', 'image/png', picture)}--b--\r\n`;
	const mail = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b', 'MIME-Version': '1.0' }, body));
	assert.deepEqual(
		mail.files.map(({ name, refusal }) => [name, refusal]),
		[
			['annex.txt', null],
			['other.txt', null],
			['logo.png', 'file-kind-unknown']
		]
	);
	const { contributionId } = await confirmMail(database, keys, mail, { attribution: 'anonymous', name: '', parts: [1] }, ana);
	await extractTexts(database, files, topicId, contributionId);
	const parts = await partsOf(database, topicId, contributionId);
	assert.deepEqual(
		parts.map(({ text, file }) => [text.trim(), file?.name]),
		[
			['See the annex.', undefined],
			[document.trim(), 'annex.txt']
		]
	);
});

test('staff accept, refuse with a reason and may accept afterwards; others may not', async () => {
	const mail = await arrived(another());
	await assert.rejects(refuseMail(database, mail, 'Spam', ana), { code: 'not-allowed' });
	await assert.rejects(acceptMail(database, keys, mail, { attribution: 'anonymous', name: '' }, ana), { code: 'not-allowed' });
	await assert.rejects(refuseMail(database, mail, ' ', rapporteur), { code: 'unusable-text' });
	await refuseMail(database, mail, 'Off topic', rapporteur);
	const refused = await mailInOf(database, mail);
	assert.deepEqual([refused.state, refused.reason], ['refused', 'Off topic']);
	await assert.rejects(confirmMail(database, keys, mail, { attribution: 'group', name: '' }, ana), { code: 'already-decided' });
	await acceptMail(database, keys, mail, { attribution: 'anonymous', name: '' }, rapporteur);
	assert.equal((await mailInOf(database, mail)).state, 'accepted');
	await assert.rejects(acceptMail(database, keys, mail, { attribution: 'anonymous', name: '' }, rapporteur), {
		code: 'already-decided'
	});
	const { rows } = await database.query(
		`select did from activity where topic_id = $1 and kind = 'mail-in' order by activity_id`,
		[topicId]
	);
	assert.deepEqual(rows, [{ did: 'refused' }, { did: 'accepted' }]);
});

test('whoever did not send it says so, and nobody can take it then', async () => {
	const mail = await arrived(another());
	await disownMail(database, mail);
	await disownMail(database, mail);
	await assert.rejects(confirmMail(database, keys, mail, { attribution: 'group', name: '' }, ana), { code: 'already-decided' });
	await assert.rejects(acceptMail(database, keys, mail, { attribution: 'group', name: '' }, rapporteur), {
		code: 'already-decided'
	});
});

test('a rule that holds new texts holds those by mail too', async () => {
	const { topicId: other, keys: itsKeys } = await aTopicOpenForSubmissions(database, 'held-first');
	await database.query(`insert into moderation_rules (topic_id, version, rule, set_at) values ($1, 1, 'all-held', now())`, [
		other
	]);
	const mail = await arrived(another(), { to: [`held-first@${mailDomain}`] });
	assert.equal((await confirmMail(database, itsKeys, mail, { attribution: 'group', name: '' }, ana)).held, true);
});

test('an erasure takes the mail with it: nothing of a canary is left in any table or file', async () => {
	const mail = await arrived(another({ Subject: 'Canary Zzyzx', From: 'Zzyzx <zzyzx@example.org>' }, 'Zzyzx says so.\r\n'), {
		from: 'zzyzx@example.org'
	});
	const { contributionId } = await confirmMail(database, keys, mail, { attribution: 'named', name: 'Zzyzx' }, ana);
	await inTransaction(database, (transaction) => eraseWords(transaction, topicId, [contributionId], null));
	const { rows } = await database.query<{ name: string }>(
		`
			select format('%I.%I', table_schema, table_name) as name
			from information_schema.tables
			where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`
	);
	assert.ok(rows.length > 100);
	for (const { name } of rows)
		assert.equal((await database.query(`select from ${name} as t where t::text ilike '%zzyzx%'`)).rowCount, 0, name);
	const drops = await database.query<{ key: string }>(`select key from graphile_worker.jobs where key like 'drop file %'`);
	assert.ok(drops.rows.some(({ key }) => key === `drop file ${mail.sha256}`));
});

test('a title is the subject without what programs put before it, else how the text begins', () => {
	assert.equal(titleOf({ subject: 'Re: AW: Fwd: Our view' }, ''), 'Our view');
	assert.equal(titleOf({ subject: '回复：关于草案' }, ''), '关于草案');
	assert.equal(titleOf({ subject: '' }, '\n First line\nSecond'), 'First line');
	assert.equal([...titleOf({ subject: 'x'.repeat(500) }, '')].length, 300);
	assert.equal(titleOf({ subject: '' }, ''), '…');
});

test('mails are listed by their states, the newest first', async () => {
	const subjects = async (before?: string) =>
		(await mailsInTopic(database, topicId, { states: ['automatic'], before })).map(({ subject }) => subject);
	const away = { 'Auto-Submitted': 'auto-replied' };
	await arrived(another({ ...away, Subject: 'Away' }));
	await arrived(another({ Subject: 'A person wrote it' }));
	const second = await arrived(another({ ...away, Subject: 'Still away' }));
	assert.deepEqual(await subjects(), ['Still away', 'Away']);
	assert.deepEqual(await subjects(second.mailInId), ['Away']);
});
