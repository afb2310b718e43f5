import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import iconv from 'iconv-lite';
import type { Actor } from '#activity/actor.ts';
import { eraseWords } from '#contributions/erasing.server.ts';
import { aRapporteur, aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { extractTexts } from '#contributions/extracting.server.ts';
import { partsOf } from '#contributions/parts.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { mailById, mails, queueMail } from '#mail/mail.server.ts';
import { isUnreachable } from '#mail/unreachable.server.ts';
import { acceptMail, confirmMail, disownMail, refuseMail, titleOf } from './becoming.server.ts';
import { aMail, aMailDesk, mailDomain, ownAddress, send } from './examples.server.ts';
import { mailInOf, mailsInTopic } from './mails-in.server.ts';
import { parseInThread } from './parsing.server.ts';
import { ownWords } from './quoting.ts';

const database = await testDatabase();
const { topicId, keys, files, door, links, readAll } = await aMailDesk(database);
after(() => door.stop());
const rapporteur = aRapporteur(topicId);
const ana: Actor = { kind: 'visitor', visitorId: 'ana' };
let sent = 0;

/** Sends it, has it read, and tells how it stands. */
async function arrived(mail: string | Uint8Array, envelope: Parameters<typeof send>[2] = {}) {
	assert.match((await send(door.port, mail, { from: `ana-${sent++}@example.org`, ...envelope })).last, /^250 /);
	const read = await readAll();
	assert.equal(read.length, 1);
	return mailInOf(database, read[0]!);
}
const another = (fields: Record<string, string> = {}, body?: string) =>
	aMail({ 'Message-ID': `<${sent}@example.org>`, From: `Ana Example <ana-${sent}@example.org>`, ...fields }, body);

test('a mail is read, held, and its sender asked in their language, without a word of the mail', async () => {
	const body =
		'Nous pensons que les gouvernements devraient écouter davantage la société civile.\r\n\r\nLe lun. 3 nov. 2025, Ben a écrit :\r\n> Et vous ?\r\n';
	const mail = await arrived(another({ Subject: 'Buy pills', 'Content-Type': 'text/plain; charset=utf-8' }, body));
	assert.equal(mail.state, 'held');
	assert.equal(mail.language, 'fr');
	assert.deepEqual(
		mail.pieces.map(({ kind }) => kind),
		['own', 'quoted']
	);
	const [asked] = await mails(database);
	assert.deepEqual([asked?.to, asked?.language, asked?.kind], [mail.fromAddress, 'fr', 'confirm-mail-in']);
	assert.match(asked!.body, new RegExp(`https://talks.example.org/fr/mail/${links.token(mail)}`));
	assert.ok(!`${asked!.subject} ${asked!.body}`.includes('pills'));
	assert.equal((await submissionsOf(database, topicId)).length, 0);
});

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

test('what programs write is never answered, and stands apart', async () => {
	const before = (await mails(database)).length;
	for (const [fields, envelope, why] of [
		[{ 'Auto-Submitted': 'auto-replied' }, {}, 'away'],
		[{ Precedence: 'bulk' }, {}, 'automatic'],
		[{}, { from: '' }, 'automatic'],
		[{ 'X-Loop': ownAddress }, {}, 'loop'],
		[{ Subject: 'Automatic reply: hello' }, {}, 'away']
	] as const) {
		const mail = await arrived(another(fields), envelope);
		assert.deepEqual([mail.state, mail.automatic], ['automatic', why]);
	}
	const listed = await arrived(another({ 'List-Id': '<x.example.org>' }));
	assert.deepEqual([listed.state, listed.isAsked], ['held', false]);
	assert.equal((await mails(database)).length, before);
});

test('an address is asked to confirm five times a day, whoever writes in its name; the rest is held for staff', async () => {
	const asked: boolean[] = [];
	for (let times = 0; times < 7; times++) asked.push((await arrived(another({ From: 'victim@example.org' }))).isAsked);
	assert.deepEqual(asked, [true, true, true, true, true, false, false]);
});

test('a notice of ours that comes back marks its address as unreachable, and is forgotten; a made-up one marks nobody', async () => {
	const news = {
		topicId: nilTopic,
		to: 'Gone@example.org',
		language: 'en',
		kind: 'news',
		subject: 's',
		body: 'b',
		unsubscribeUrl: 'https://x'
	};
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, news));
	const report = (id: string, recipient: string) =>
		[
			'From: MAILER-DAEMON@mx.example.org',
			`To: ${ownAddress}`,
			`Message-ID: <report-${id}-${recipient}@mx.example.org>`,
			'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
			'',
			'--r',
			'Content-Type: text/plain',
			'',
			'Sorry.',
			'--r',
			'Content-Type: message/delivery-status',
			'',
			'Reporting-MTA: dns; mx.example.org',
			'',
			`Final-Recipient: rfc822; ${recipient}`,
			'Action: failed',
			'Status: 5.1.1',
			'Diagnostic-Code: smtp; 550 no such user',
			'',
			'--r',
			'Content-Type: message/rfc822',
			'',
			`Message-ID: <${id}@talks.example.org>`,
			'Subject: s',
			'',
			'b',
			'--r--',
			''
		].join('\r\n');
	const bounce = async (id: string, recipient: string) => {
		assert.match((await send(door.port, report(id, recipient), { from: '', to: [ownAddress] })).last, /^250 /);
		assert.equal((await readAll()).length, 1);
	};
	await bounce('0190a3f0-0000-7000-8000-000000000001', 'gone@example.org');
	await bounce(mailId, 'else@example.org');
	assert.equal(await isUnreachable(database, 'gone@example.org'), false);
	await bounce(mailId, 'gone@example.org');
	assert.equal(await isUnreachable(database, 'Gone@example.org'), true);
	const mail = await mailById(database, nilTopic, mailId);
	assert.deepEqual([mail?.state, mail?.explanation], ['refused', '550 no such user']);
	assert.equal((await database.query(`select from mails_in where topic_id = $1`, [nilTopic])).rowCount, 0);
});

test('any encoding is read, and one that was declared wrongly too', async () => {
	const texts = {
		ru: 'Правительства должны прислушиваться к гражданскому обществу и отвечать ему.',
		zh: '各国政府应当听取民间社会的意见，并公开说明采纳的理由。我们支持这一建议。',
		ar: 'ينبغي للحكومات أن تستمع إلى المجتمع المدني وأن تجيب عن أسئلته.',
		fr: 'Les gouvernements devraient écouter la société civile, à chaque étape.'
	};
	const mail = (charset: string | null, encoding: string, text: string, packing = '8bit') => {
		const bytes = iconv.encode(text, encoding);
		const head = another(
			{
				'MIME-Version': '1.0',
				'Content-Type': charset === null ? 'text/plain' : `text/plain; charset=${charset}`,
				'Content-Transfer-Encoding': packing
			},
			''
		);
		const body = packing === 'base64' ? Buffer.from(bytes.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')) : bytes;
		return Buffer.concat([Buffer.from(head), body]);
	};
	for (const [charset, encoding, language, packing] of [
		['gb18030', 'gb18030', 'zh', '8bit'],
		['gb2312', 'gb18030', 'zh', 'base64'],
		['koi8-r', 'koi8-r', 'ru', 'base64'],
		['windows-1251', 'windows-1251', 'ru', '8bit'],
		['windows-1256', 'windows-1256', 'ar', 'base64'],
		['iso-8859-1', 'iso-8859-1', 'fr', '8bit'],
		['utf-8', 'utf-8', 'ar', '8bit'],
		['iso-8859-1', 'utf-8', 'ar', '8bit'],
		['utf-8', 'gb18030', 'zh', '8bit'],
		['us-ascii', 'windows-1251', 'ru', '8bit'],
		[null, 'koi8-r', 'ru', '8bit'],
		['utf-8', 'iso-8859-1', 'fr', '8bit']
	] as const) {
		const { pieces } = await arrived(mail(charset, encoding, texts[language], packing));
		assert.equal(ownWords(pieces), texts[language], `${encoding} declared ${charset}, ${packing}`);
	}
	const notPacked = another(
		{ 'MIME-Version': '1.0', 'Content-Transfer-Encoding': 'base64' },
		'This was never packed, whatever its header says.'
	);
	assert.equal(ownWords((await arrived(notPacked)).pieces), 'This was never packed, whatever its header says.');
	const packed = Buffer.from(texts.ru.repeat(3)).toString('base64').replaceAll(/.{76}/gu, '$&\r\n');
	assert.equal(ownWords((await arrived(another({}, packed))).pieces), texts.ru.repeat(3));
	const quoted = 'Les gouvernements devraient =C3=A9couter la soci=C3=A9t=C3=A9 civile, =C3=A0 chaque =\r\n=C3=A9tape.';
	assert.equal(
		ownWords((await arrived(another({}, quoted))).pieces),
		'Les gouvernements devraient écouter la société civile, à chaque étape.'
	);
});

test('a mail without a body, one with nothing but a quotation mark, and one made to hurt end with a reason', async () => {
	assert.deepEqual([(await arrived(another({}, ''))).reason], ['empty']);
	const bomb = Array.from({ length: 10_000 }, (_, at) => `--b\r\nContent-Type: text/plain; name="${at}.txt"\r\n\r\nx\r\n`).join(
		''
	);
	const many = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b' }, `${bomb}--b--\r\n`));
	assert.deepEqual([many.state, many.reason, many.files.length], ['refused', 'parts', 0]);
	await assert.rejects(acceptMail(database, keys, many, { attribution: 'anonymous', name: '' }, rapporteur), {
		code: 'mail-unusable'
	});
	const nested = Array.from(
		{ length: 100 },
		(_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`
	).join('');
	const deep = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b0' }, nested));
	assert.deepEqual([deep.state, deep.reason], ['refused', 'broken']);
	assert.equal((await arrived(another({ From: '' }))).isAsked, false);
	const long = await arrived(another({}, `${'We agree with all of this. '.repeat(20_000)}\r\n`));
	assert.deepEqual([long.state, long.reason], ['refused', 'too-long']);
});

test('a mail that takes too long to read ends with its thread; the next is read in another', async () => {
	const mail = { bytes: Buffer.from(aMail()), sender: '', ownAddress };
	assert.equal(await parseInThread(mail, 0), null);
	assert.equal((await parseInThread(mail))?.subject, 'Our view');
});

test('a page is read as its writer saw it, a forwarded mail as a quotation', async () => {
	const html =
		'<html><head><style>p{}</style></head><body><p>We <b>agree</b> &amp; thank you.</p><ul><li>One</li><li>Two</li></ul><div class="gmail_signature">Ana</div><blockquote type="cite">Do you?</blockquote></body></html>';
	const { pieces } = await arrived(another({ 'Content-Type': 'text/html; charset=utf-8' }, html));
	assert.equal(ownWords(pieces), 'We agree & thank you.\n\n• One\n• Two');
	assert.deepEqual(
		pieces.map(({ kind }) => kind),
		['own', 'signature', 'quoted']
	);
	const forwarded = `--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ben <b@example.org>\r\nSubject: Draft\r\n\r\nThe draft says so.\r\n--b--\r\n`;
	const mail = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b' }, forwarded));
	assert.equal(ownWords(mail.pieces), 'See below.');
	assert.match(mail.pieces.at(-1)!.text, /Ben <b@example\.org>\nDraft\n\nThe draft says so\./);
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
	const automatic = await mailsInTopic(database, topicId, { states: ['automatic'] });
	assert.deepEqual(
		automatic.map((mail) => mail.automatic),
		['away', 'loop', 'automatic', 'automatic', 'away']
	);
	const next = await mailsInTopic(database, topicId, { states: ['automatic'], before: automatic[2]!.mailInId });
	assert.equal(next.length, 2);
});
