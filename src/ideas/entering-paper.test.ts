import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { dropFile, dropLater } from '#contributions/erasing.server.ts';
import { claimForm, passOver, paperOf } from '#contributions/intake/paper/deciding.server.ts';
import { aPicture, aPictureOf } from '#contributions/intake/paper/examples.server.ts';
import { forgetOldScans } from '#contributions/intake/paper/forgetting.server.ts';
import { formNumbered, nextForm, paperCounts } from '#contributions/intake/paper/forms.server.ts';
import { formsOfRun, formWithCode, makeForms, runsOf } from '#contributions/intake/paper/printing.server.ts';
import { fileOfScan, fileScan, takeScan, throwScanAway, unfiledScans } from '#contributions/intake/paper/scans.server.ts';
import { readScan } from '#contributions/intake/paper/reading-scans.server.ts';
import { formOfStrip, takeFormBack } from '#contributions/intake/paper/strips.server.ts';
import { joinReceipt } from '#contributions/receipts/joining.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { fileStore } from '#files/store.server.ts';
import { eraseWithoutReceipt } from '#ideas/requests/answering.server.ts';
import { enterForm, type TypedForm } from '#ideas/entering-paper.server.ts';
import { anOpenTopic, aModerator, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { whatWasSent, withdrawSent } from '#ideas/sent.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const files = fileStore(database, mkdtempSync(join(tmpdir(), 'open-talks-paper-')));
const { topicId, questionId } = await anOpenTopic(database);
const helper = aModerator(topicId);
const other: Actor = { ...helper, accountId: '00000000-0000-7000-8000-0000000000bb' };
const visitor = aVisitor('somebody');
const wishes = { topicId, questionId: null, language: 'fr', forms: 3, name: 'Village hall' } as const;

test('forms have numbers in a row and codes of their own, the same each time they are printed', async () => {
	await assert.rejects(makeForms(database, keys, wishes, visitor), { code: 'not-allowed' });
	await assert.rejects(makeForms(database, keys, { ...wishes, forms: 201 }, helper), { code: 'invalid-request' });
	assert.equal(await makeForms(database, keys, wishes, helper), 1);
	assert.equal(await makeForms(database, keys, { ...wishes, questionId, language: 'ar', forms: 2 }, helper), 2);
	const first = await formsOfRun(database, keys, topicId, 1);
	const second = await formsOfRun(database, keys, topicId, 2);
	assert.deepEqual(
		[...first.sheets, ...second.sheets].map(({ number }) => number),
		[1, 2, 3, 4, 5]
	);
	assert.deepEqual(await formsOfRun(database, keys, topicId, 1), first);
	const { code, strip } = second.sheets[0]!;
	assert.match(code, /^[0-9A-HJKMNP-TV-Z]{12}$/);
	assert.match(strip, /^[0-9A-HJKMNP-TV-Z]{16}$/);
	assert.deepEqual(await formWithCode(database, code.toLowerCase()), { topicId, number: 4, language: 'ar', questionId });
	assert.equal(await formWithCode(database, strip), null, 'a strip is not shown by its code');
	assert.equal((await formOfStrip(database, [topicId], strip))?.number, 4);
	assert.deepEqual(
		(await runsOf(database, topicId)).map(({ run, forms, name }) => [run, forms, name]),
		[
			[2, 2, 'Village hall'],
			[1, 3, 'Village hall']
		]
	);
	const { rows } = await database.query<{ kept: string }>(`select f::text as kept from paper_forms f`);
	assert.ok(!rows.some(({ kept }) => kept.includes(code) || kept.includes(strip)), 'neither is kept');
});

test('a picture files itself by its code, whatever way round; others wait with the reason', async () => {
	const form = await sheet(1);
	await scan(aPicture([form.address]));
	await scan(aPicture([form.address], { turned: true, shade: 200 }));
	assert.equal((await formNumbered(database, topicId, 1, new Date())).scanIds.length, 2, 'the back of it, or another picture');

	const elsewhere = await anOpenTopic(database);
	await makeForms(database, keys, { ...wishes, topicId: elsewhere.topicId }, aModerator(elsewhere.topicId));
	const { sheets } = await formsOfRun(database, keys, elsewhere.topicId, 1);
	await scan(aPicture([`https://talks.example.org/paper/${sheets[0]!.code}`]));
	await scan(aPicture([]));
	await scan(aPicture(['https://example.org/menu']));
	await scan(aPicture(['https://talks.example.org/paper/000000000000']));
	await scan(aPicture([form.address, (await sheet(2)).address]));
	await scan(Buffer.concat([aPictureOf(40, 40).subarray(0, 40), randomBytes(40)]));
	assert.deepEqual((await unfiledScans(database, topicId)).map(({ outcome }) => outcome).reverse(), [
		...['elsewhere', 'none', 'foreign', 'foreign', 'several', 'none']
	]);
	assert.deepEqual(await paperCounts(database, topicId), { toType: 1, unfiled: 6 });
});

test('pictures without a form are paged: none is left out, however many there are', async () => {
	const { topicId: many } = await anOpenTopic(database);
	const made = Array.from({ length: 120 }, () => uuidv7());
	for (const scanId of made) {
		const { sha256 } = await files.put([Buffer.from(scanId)], { mediaType: 'image/png', limit: 100 });
		await database.query(
			`
				insert into paper_scans (topic_id, scan_id, file_sha256, media_type, size, file_name, uploaded_at)
				values ($1, $2, decode($3, 'hex'), 'image/png', 36, 'a.png', now())`,
			[many, scanId, sha256]
		);
	}
	const pages: string[][] = [];
	for (let before: string | null = null; ;) {
		const page: string[] = (await unfiledScans(database, many, before)).map(({ scanId }) => scanId);
		if (page.length === 0) break;
		pages.push(page);
		before = page.at(-1)!;
	}
	assert.deepEqual([pages.map(({ length }) => length), pages.flat()], [[50, 50, 20], made.toSorted().reverse()]);
});

test('the same picture twice is one; what is no picture, or too large, is refused and kept nowhere', async () => {
	const picture = aPicture([(await sheet(1)).address]);
	assert.equal(await takeScan(database, files, topicId, { bytes: picture, name: 'again.png' }, helper), false);
	const before = await database.query(`select from files`);
	for (const [bytes, code] of [
		[Buffer.from('Dear Sir or Madam'), 'picture-kind-unknown'],
		[Buffer.from('%PDF-1.7 a scan'), 'picture-kind-unknown'],
		[aPictureOf(30_000, 30_000), 'picture-too-large']
	] as const)
		await assert.rejects(takeScan(database, files, topicId, { bytes, name: 'sheet.jpg' }, helper), { code });
	assert.equal((await database.query(`select from files`)).rowCount, before.rowCount);
	await assert.rejects(takeScan(database, files, topicId, { bytes: picture, name: 'a.png' }, visitor), { code: 'not-allowed' });
});

test('a picture is filed by its number, anew too, and one of no use is thrown away with its file', async () => {
	const [picture, next] = await unfiledScans(database, topicId);
	const named = { topicId, scanId: picture!.scanId };
	await assert.rejects(fileScan(database, named, 99, helper), { code: 'no-such-form' });
	await assert.rejects(fileScan(database, named, 2, visitor), { code: 'not-allowed' });
	await fileScan(database, named, 2, helper);
	await fileScan(database, named, 3, helper);
	assert.deepEqual((await formNumbered(database, topicId, 2, new Date())).scanIds, []);
	assert.deepEqual((await formNumbered(database, topicId, 3, new Date())).scanIds, [picture!.scanId]);

	const gone = { topicId, scanId: next!.scanId };
	const { sha256 } = await fileOfScan(database, gone);
	await throwScanAway(database, gone, helper);
	await drop();
	assert.equal(await files.has(sha256), false);
	await assert.rejects(fileOfScan(database, gone), { code: 'not-found' });
});

test('two helpers get different forms, and one that somebody types is theirs until it lapses', async () => {
	const at = new Date();
	assert.equal(await nextForm(database, topicId, { after: 0, accountId: accountOf(helper), at }), 1);
	assert.equal(await claimForm(database, topicId, 1, helper), true);
	assert.equal(await claimForm(database, topicId, 1, other), false);
	assert.equal(await nextForm(database, topicId, { after: 0, accountId: accountOf(other), at }), 3);
	assert.equal(await nextForm(database, topicId, { after: 1, accountId: accountOf(helper), at }), 3);
	assert.equal(await nextForm(database, topicId, { after: 3, accountId: accountOf(helper), at }), 1);
	assert.equal(await claimForm(database, topicId, 1, other, { takesOver: true }), true);
	const later = { ...database, clockShift: 16 * 60_000 };
	assert.equal(await claimForm(later, topicId, 1, helper), true);
	await assert.rejects(claimForm(database, topicId, 1, visitor), { code: 'not-allowed' });
});

test('what was typed stands as ideas that came on paper, by a participant who says what the form says', async () => {
	const sent = await enterForm(database, keys, typed(1), helper);
	assert.equal(sent.receipts.length, 3);
	const { rows } = await database.query<{ channel: string; point: string; groups: string[]; region: string; name: string }>(
		`select i.channel, v.point, i.stakeholder_groups as groups, i.region, n.name
		from ideas i join idea_versions v using (topic_id, idea_number)
		join contribution_names n using (topic_id, contribution_id)
		where i.topic_id = $1 order by idea_number`,
		[topicId]
	);
	const about = { channel: 'paper', groups: ['civil-society'], region: 'african', name: 'Amina' };
	assert.deepEqual(rows, [
		{ ...about, point: 'Un puits et une antenne' },
		{ ...about, point: 'Des cours le soir' }
	]);
	const form = await formNumbered(database, topicId, 1, new Date());
	assert.equal(form.outcome, 'typed');
	assert.deepEqual(
		form.texts.map(({ kind, number }) => [kind, number]),
		[
			['idea', 1],
			['idea', 2],
			['submission', 1]
		]
	);
	assert.equal((await paperOf(database, topicId, sent.receipts[0]!.contributionId))?.number, 1);
	assert.equal((await paperCounts(database, topicId)).toType, 1);
	const { rows: people } = await database.query(`select distinct participant_number from contributions where topic_id = $1`, [
		topicId
	]);
	assert.equal(people.length, 1);
	const links = await database.query(`select from participant_links where topic_id = $1`, [topicId]);
	assert.equal(links.rowCount, 0);
});

test('a form is typed once, also by two at the same moment; without words it is not typed', async () => {
	await assert.rejects(enterForm(database, keys, typed(1), other), { code: 'form-typed' });
	await assert.rejects(passOver(database, topicId, 1, 'empty', other), { code: 'form-typed' });
	await assert.rejects(enterForm(database, keys, typed(2), visitor), { code: 'not-allowed' });
	await assert.rejects(enterForm(database, keys, typed(99), helper), { code: 'no-such-form' });
	const empty = { ...typed(2), ideas: [{ point: ' ', explanation: '', questionId: null }], long: { title: '', text: '' } };
	await assert.rejects(enterForm(database, keys, empty, helper), { code: 'form-without-words' });
	const both = await Promise.allSettled([helper, other].map((actor) => enterForm(database, keys, typed(2), actor)));
	assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('an empty form can still be typed, and its picture is forgotten after a month', async () => {
	const { scanIds } = await formNumbered(database, topicId, 3, new Date());
	await passOver(database, topicId, 3, 'illegible', helper);
	await passOver(database, topicId, 3, 'empty', helper);
	await forgetOldScans(database, dropLater);
	assert.ok(await fileOfScan(database, { topicId, scanId: scanIds[0]! }));
	await forgetOldScans({ ...database, clockShift: 31 * 86_400_000 }, dropLater);
	await assert.rejects(fileOfScan(database, { topicId, scanId: scanIds[0]! }), { code: 'not-found' });
	await enterForm(database, keys, { ...typed(3), long: { title: '', text: '' } }, helper);
});

test('the strip opens all that was typed; what is withdrawn and erased takes the picture with it', async () => {
	const { strip, address } = await sheet(1);
	const { contributionId } = await joinReceipt(database, keys, strip.toLowerCase(), visitor);
	const kept = await formOfStrip(database, [topicId], strip);
	assert.equal(kept?.contributionIds.length, 3);
	assert.ok(kept.contributionIds.includes(contributionId));
	const { rows } = await database.query(`select from joined_receipts where topic_id = $1`, [topicId]);
	assert.equal(rows.length, 3);
	await assert.rejects(joinReceipt(database, keys, (await sheet(4)).strip, visitor), { code: 'wrong-receipt-code' });

	const { scanIds } = await formNumbered(database, topicId, 1, new Date());
	const { sha256 } = await fileOfScan(database, { topicId, scanId: scanIds[0]! });
	const claim = { participantNumber: null, contributionId };
	await withdrawSent(database, await whatWasSent(database, topicId, contributionId), '', { claim, actor: visitor });
	assert.equal((await formNumbered(database, topicId, 1, new Date())).scanIds.length, 2, 'the others rest on it');
	const [, second] = kept.contributionIds;
	const staff = { ...helper, roles: [{ role: 'secretariat', topicId }] } as Actor;
	await eraseWithoutReceipt(database, keys, { topicId, contributionId: second!, words: 'They asked.' }, staff);
	assert.deepEqual((await formNumbered(database, topicId, 1, new Date())).scanIds, []);
	await drop();
	assert.equal(await files.has(sha256), false);

	// a new picture does not bring it back
	await scan(aPicture([address], { shade: 230 }));
	assert.deepEqual((await formNumbered(database, topicId, 1, new Date())).scanIds, []);
	assert.ok(!(await unfiledScans(database, topicId)).some(({ outcome }) => outcome === 'found'));
});

test('with the last that was typed from it, its withdrawal takes the picture too', async () => {
	const { strip, address } = await sheet(3);
	await scan(aPicture([address]));
	const kept = await formOfStrip(database, [topicId], strip);
	for (const contributionId of kept!.contributionIds) {
		assert.equal((await formNumbered(database, topicId, 3, new Date())).scanIds.length, 1);
		const claim = { participantNumber: null, contributionId };
		await withdrawSent(database, await whatWasSent(database, topicId, contributionId), '', { claim, actor: visitor });
	}
	assert.deepEqual((await formNumbered(database, topicId, 3, new Date())).scanIds, []);
});

test('who has the strip takes the form back before it is typed: nobody types it, and no picture of it stays', async () => {
	const { strip, address } = await sheet(4);
	await scan(aPicture([address]));
	const kept = await formOfStrip(database, [topicId], strip);
	assert.deepEqual([kept?.outcome, kept?.isPictured], [null, true]);
	await takeFormBack(database, kept!);
	await takeFormBack(database, kept!);
	await assert.rejects(enterForm(database, keys, typed(4), helper), { code: 'form-taken-back' });
	await scan(aPicture([address], { shade: 230 }));
	assert.deepEqual((await formNumbered(database, topicId, 4, new Date())).scanIds, []);
	await assert.rejects(takeFormBack(database, { topicId, number: 1 }), { code: 'form-typed' });
});

test('what the topic holds for approval is held here too', async () => {
	await setModerationRule(database, topicId, 'all-held', helper);
	const sent = await enterForm(database, keys, typed(5), helper);
	assert.equal(sent.held, 3);
});

function typed(number: number): TypedForm {
	return {
		topicId,
		number,
		ideas: [
			{ point: 'Un puits et une antenne', explanation: 'On y va tous les jours.', questionId: null },
			{ point: 'Des cours le soir', explanation: '', questionId },
			{ point: '', explanation: '', questionId: null }
		],
		long: { title: 'Une lettre', text: 'Chers amis, voici ce que je pense.' },
		language: 'fr',
		groups: ['civil-society', 'made-up'],
		country: 'KE',
		organisation: 'Coopérative de Kibera',
		attribution: 'named',
		name: 'Amina'
	};
}

async function sheet(number: number) {
	for (const run of [1, 2]) {
		const found = (await formsOfRun(database, keys, topicId, run)).sheets.find((one) => one.number === number);
		if (found) return { ...found, address: `https://talks.example.org/paper/${found.code}` };
	}
	throw new Error(`no form ${number}`);
}

/** Takes a picture and does what its job does. */
async function scan(bytes: Uint8Array): Promise<void> {
	assert.equal(await takeScan(database, files, topicId, { bytes, name: 'sheet.jpg' }, helper), true);
	const { rows } = await database.query<{ scanId: string }>(
		`select scan_id as "scanId" from paper_scans where topic_id = $1 order by scan_id desc limit 1`,
		[topicId]
	);
	await readScan(database, files, { topicId, scanId: rows[0]!.scanId });
}

/** Does what the jobs that forget files do. */
async function drop(): Promise<void> {
	const { rows } = await database.query<{ sha256: string }>(
		`select payload ->> 'sha256' as sha256 from graphile_worker._private_jobs where payload ->> 'sha256' is not null`
	);
	for (const { sha256 } of rows) await dropFile(database, files, sha256);
}

function accountOf(actor: Actor): string {
	return actor.kind === 'account' ? actor.accountId : '';
}
