import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { changeSubmission, refuseUnchangeable, submissionAsItStands } from '#contributions/changing.server.ts';
import {
	aRapporteur,
	aSubmissionDraft,
	aTopicOpenForSubmissions,
	someSubmissions,
	temporaryFiles
} from '#contributions/examples.server.ts';
import { eraseWords } from '#contributions/erasing.server.ts';
import { extractTexts } from '#contributions/extracting.server.ts';
import { foundAgain } from '#contributions/passages/passage.ts';
import { passagesOf, quote } from '#contributions/passages/passages.server.ts';
import { partsOf, textOfPart } from '#contributions/parts.server.ts';
import { markRead, readingOf } from '#contributions/reading.server.ts';
import { submissionNumbered, submissionsOf } from '#contributions/submissions.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { moveStage } from '#topics/stages/staging.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';

const database = await testDatabase();
const files = await temporaryFiles(database);
const author: Actor = { kind: 'visitor', visitorId: 'author' };
const anHour = 3_600_000;
const job: Actor = { kind: 'job', name: 'examples' };

async function aFile(text: string, name: string) {
	const { sha256 } = await files.put([Buffer.from(text)], { mediaType: 'text/plain', limit: 1000 });
	return { sha256, name };
}

async function aSubmission(slug: string, file: { sha256: string; name: string } | null = null) {
	const { topicId, keys } = await aTopicOpenForSubmissions(database, slug);
	const draft = aSubmissionDraft(topicId, { text: 'Governments should listen. They should answer.', file });
	const { contributionId } = await submitText(database, keys, draft, author);
	await extractTexts(database, files, topicId, contributionId);
	return { topicId, contributionId, seen: (seen: number) => ({ topicId, contributionId, seen }) };
}

test('a changed text is a new version; a passage that stands in it is found again, another is lost', async () => {
	const { topicId, contributionId, seen } = await aSubmission('changing-a-text');
	const place = { topicId, contributionId, part: 0, textVersion: 1 };
	const spans = [
		{ starts: 0, ends: 26 },
		{ starts: 27, ends: 46 }
	];
	for (const span of spans) await inTransaction(database, (transaction) => quote(transaction, place, [span], null));
	const change = { title: 'Our new view', text: 'In short: Governments should listen. They should decide.', file: null };
	await changeSubmission(database, seen(1), change, author);

	const [part] = await partsOf(database, topicId, contributionId);
	assert.deepEqual([part!.textVersion, part!.text], [2, change.text]);
	const passages = await passagesOf(database, topicId, contributionId);
	assert.deepEqual(
		passages.map((passage) => foundAgain(part!.text, passage)),
		[{ starts: 10, ends: 36 }, undefined]
	);
	// the words before are there as they were
	assert.equal(await textOfPart(database, place), 'Governments should listen. They should answer.');
	const { title, words } = await submissionNumbered(database, topicId, 1);
	assert.deepEqual([title, words], ['Our new view', 8]);
	const { rows } = await database.query(`select version, title from former_titles where contribution_id = $1`, [contributionId]);
	assert.deepEqual(rows, [{ version: 1, title: 'Our view' }]);
});

test('a replaced file is read anew, and the one before is kept', async () => {
	const { topicId, contributionId, seen } = await aSubmission(
		'changing-a-file',
		await aFile('The first file speaks.', 'one.txt')
	);
	const { text } = (await submissionAsItStands(database, topicId, contributionId))!;
	assert.equal((await submissionNumbered(database, topicId, 1)).words, 10);
	const file = await aFile('Another file speaks of other things.', 'two.txt');
	await changeSubmission(database, seen(1), { title: 'Our view', text, file }, author);
	const waiting = (await partsOf(database, topicId, contributionId))[1]!;
	assert.deepEqual([waiting.file?.name, waiting.textVersion, waiting.text], ['two.txt', 0, '']);
	await extractTexts(database, files, topicId, contributionId);
	const read = (await partsOf(database, topicId, contributionId))[1]!;
	assert.deepEqual([read.textVersion, read.text], [2, 'Another file speaks of other things.']);
	assert.equal((await submissionNumbered(database, topicId, 1)).words, 12);
	const { rows } = await database.query(`select file_version, file_name from former_files where contribution_id = $1`, [
		contributionId
	]);
	assert.deepEqual(rows, [{ file_version: 1, file_name: 'one.txt' }]);
});

test('a file that is replaced or erased while it is read leaves no words to be counted', async () => {
	const { topicId, keys } = await aTopicOpenForSubmissions(database, 'replaced-while-read');
	const draft = aSubmissionDraft(topicId);
	const readingWhile = (meanwhile: () => Promise<unknown>): FileStore => ({
		...files,
		open: async (sha256) => {
			await meanwhile();
			return files.open(sha256);
		}
	});
	const one = await submitText(database, keys, { ...draft, file: await aFile('The first file speaks.', 'one.txt') }, author);
	const replace = async () =>
		changeSubmission(
			database,
			{ topicId, contributionId: one.contributionId, seen: 1 },
			{ title: draft.title, text: draft.text, file: await aFile('Another one speaks.', 'two.txt') },
			author
		);
	await extractTexts(database, readingWhile(replace), topicId, one.contributionId);
	assert.equal((await submissionNumbered(database, topicId, 1)).words, 3);
	await extractTexts(database, files, topicId, one.contributionId);
	assert.equal((await submissionNumbered(database, topicId, 1)).words, 6);

	const two = await submitText(database, keys, { ...draft, file: await aFile('Words to be erased.', 'three.txt') }, author);
	const erase = () => inTransaction(database, (transaction) => eraseWords(transaction, topicId, [two.contributionId], null));
	await extractTexts(database, readingWhile(erase), topicId, two.contributionId);
	const { rows } = await database.query('select words from submissions where contribution_id = $1', [two.contributionId]);
	assert.deepEqual(rows, [{ words: 0 }]);
});

test('two tabs do not overwrite each other, and what was imported or is over is not changed', async () => {
	const { topicId, contributionId, seen } = await aSubmission('changing-twice');
	const change = { title: 'Our view', text: 'A first change.', file: null };
	await changeSubmission(database, seen(1), change, author);
	await assert.rejects(changeSubmission(database, seen(1), { ...change, text: 'A second.' }, author), {
		code: 'changed-meanwhile'
	});
	await assert.rejects(changeSubmission(database, seen(2), { ...change, text: ' ' }, author), { code: 'unusable-text' });
	await someSubmissions(database, topicId, [{}]);
	const imported = (await submissionsOf(database, topicId))[1]!;
	await assert.rejects(changeSubmission(database, { ...imported, seen: 1 }, change, author), { code: 'not-allowed' });

	const [stage] = await stagesOf(database, topicId);
	const times = { opensAt: stage!.opensAt, closesAt: new Date(Date.now() + anHour) };
	await moveStage(database, topicId, stage!.stageId, { ...times, note: { en: 'It ends early.' } }, job);
	const later = { ...database, clockShift: 2 * anHour };
	await assert.rejects(changeSubmission(later, { topicId, contributionId, seen: 2 }, change, author), {
		code: 'stage-closed'
	});
});

test('a change is held where the rule says so, and whoever had read the text is to read it again', async () => {
	const { topicId, contributionId, seen } = await aSubmission('changing-what-was-read');
	await markRead(database, { topicId, contributionId, outcome: 'done' }, aRapporteur(topicId));
	await changeSubmission(database, seen(1), { title: 'Our view', text: 'A change.', file: null }, author);
	assert.equal((await readingOf(database, topicId, contributionId))!.outcome, 'reopened');
	await setModerationRule(database, topicId, 'all-held', job);
	await changeSubmission(database, seen(2), { title: 'Our view', text: 'Another.', file: null }, author);
	await assert.rejects(submissionNumbered(database, topicId, 1), { code: 'not-found' });
});

test('before its file is kept, a change is refused for all that it would be refused for after', async () => {
	const { topicId } = await aSubmission('refused-before-it-is-kept');
	const topic = await topicOf(database, topicId);
	const [now, muchLater] = [new Date(), new Date(Date.now() + 86_400_000)];
	const change = { seen: 1, title: 'Our view', text: '' };
	refuseUnchangeable(topic, { version: 1 }, change, now);
	const code = (expected: string) => ({ code: expected });
	assert.throws(() => refuseUnchangeable(topic, { version: 1 }, { ...change, title: '' }, now), code('unusable-text'));
	assert.throws(() => refuseUnchangeable(topic, { version: 1 }, change, muchLater), code('stage-closed'));
	assert.throws(() => refuseUnchangeable(topic, null, change, now), code('not-allowed'));
	assert.throws(() => refuseUnchangeable(topic, { version: 2 }, change, now), code('changed-meanwhile'));
});
