import assert from 'node:assert/strict';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import type { Actor } from '#activity/actor.ts';
import { aSubmissionDraft, aTopicOpenForSubmissions, temporaryFiles } from '#contributions/examples.server.ts';
import { extractTexts } from '#contributions/extracting.server.ts';
import { aDocx, aPdf, pdfPicture, wordParagraph } from '#contributions/intake/example-files.ts';
import { keepExtractedText, partsOf } from '#contributions/parts.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { refuseUnsendable, submitText, type SubmissionDraft } from '#contributions/submitting.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { topicOf } from '#topics/reading.server.ts';

const database = await testDatabase();
const files = await temporaryFiles(database);
const { topicId, keys } = await aTopicOpenForSubmissions(database, 'submitting');
const author: Actor = { kind: 'visitor', visitorId: 'author' };

const aDraft = (changes: Partial<SubmissionDraft> = {}) => aSubmissionDraft(topicId, changes);

async function sentFile(bytes: Uint8Array, name: string) {
	const { sha256 } = await files.put([bytes], { mediaType: 'application/octet-stream', limit: 1_000_000 });
	return { sha256, name };
}

test('a text is taken with its receipt, numbered and counted; a double click takes it once', async () => {
	const draft = aDraft({ requestKey: 'one' });
	const [first, second] = await Promise.all([
		submitText(database, keys, draft, author),
		submitText(database, keys, draft, author)
	]);
	assert.equal(first.contributionId, second.contributionId);
	assert.equal(first.receipt.receiptId, second.receipt.receiptId);
	const { title, words, attribution, name } = await submissionNumbered(database, topicId, 1);
	assert.deepEqual([title, words, attribution, name], ['Our view', 3, 'anonymous', null]);
	assert.deepEqual(await countsOf(database, topicId), { submissions: 1 });
});

test('a file is kept byte for byte, read by the job, and read once', async () => {
	const file = await sentFile(aDocx(wordParagraph('Read by the job')), 'view.docx');
	const { contributionId } = await submitText(
		database,
		keys,
		aDraft({ text: '', file, attribution: 'named', name: 'Ada' }),
		author
	);
	const waiting = await database.query<{ payload: unknown }>(`select identifier from graphile_worker._private_tasks`);
	assert.deepEqual(waiting.rows, [{ identifier: 'contributions.extract' }]);
	assert.deepEqual(
		(await partsOf(database, topicId, contributionId)).map(({ part, textVersion, text }) => [part, textVersion, text]),
		[[1, 0, '']]
	);
	await extractTexts(database, files, topicId, contributionId);
	await extractTexts(database, files, topicId, contributionId);
	const parts = await partsOf(database, topicId, contributionId);
	assert.deepEqual(
		parts.map(({ part, textVersion, text, extractor, file: kept }) => [
			part,
			textVersion,
			text,
			extractor,
			kept?.name,
			kept?.sha256
		]),
		[[1, 1, 'Read by the job', 'docx-1', 'view.docx', file.sha256]]
	);
	assert.equal((await submissionNumbered(database, topicId, 2)).words, 4);
});

test('a file that cannot be read stays, with the reason beside it; what was typed is shown first', async () => {
	const file = await sentFile(aPdf([pdfPicture]), 'scan.pdf');
	const { contributionId } = await submitText(database, keys, aDraft({ file }), author);
	await extractTexts(database, files, topicId, contributionId);
	assert.deepEqual(
		(await partsOf(database, topicId, contributionId)).map(({ part, text, refusal }) => [part, text, refusal]),
		[
			[0, 'Governments should listen.', null],
			[1, '', 'file-of-pictures']
		]
	);
});

test('a later reading by another extractor is another version, and the old one stays', async () => {
	const file = await sentFile(aDocx(wordParagraph('Words')), 'a.docx');
	const { contributionId } = await submitText(database, keys, aDraft({ text: '', file }), author);
	await extractTexts(database, files, topicId, contributionId);
	const later = { topicId, contributionId, part: 1, extractor: 'docx-2', encoding: null, text: 'Better words', refusal: null };
	await keepExtractedText(database, later, new Date());
	await keepExtractedText(database, later, new Date());
	const { rows } = await database.query(
		`select text_version, text from extracted_texts where topic_id = $1 and contribution_id = $2 order by text_version`,
		[topicId, contributionId]
	);
	assert.deepEqual(rows, [
		{ text_version: 1, text: 'Words' },
		{ text_version: 2, text: 'Better words' }
	]);
	assert.equal((await partsOf(database, topicId, contributionId))[0]?.text, 'Better words');
});

test('nothing to read, no title, a name that is missing and texts that cannot be kept are refused', async () => {
	for (const changes of [
		{ text: ' ' },
		{ title: '' },
		{ attribution: 'named' as const },
		{ text: 'a\0b' },
		{ text: '\ud800' },
		{ text: 'x'.repeat(500_001) }
	]) {
		await assert.rejects(
			submitText(database, keys, aDraft(changes), author),
			{ code: 'unusable-text' },
			JSON.stringify(changes).slice(0, 60)
		);
	}
	await assert.rejects(submitText(database, keys, aDraft({ questionId: topicId }), author), { code: 'not-found' });
});

test('a right-to-left override is kept as it came', async () => {
	const text = 'This is \u202eesrever\u202c text';
	const { contributionId } = await submitText(database, keys, aDraft({ text }), author);
	assert.equal((await partsOf(database, topicId, contributionId))[0]?.text, text);
});

test('a stage that closed one second ago takes nothing more', async () => {
	const { rows } = await database.query<{ closes: Date }>(`select max(closes_at) as closes from stages where topic_id = $1`, [
		topicId
	]);
	const shift = +rows[0]!.closes - Date.now();
	const at = (milliseconds: number) => ({ ...database, clockShift: shift + milliseconds });
	await assert.rejects(submitText(at(1000), keys, aDraft(), author), { code: 'stage-closed' });
	assert.equal((await submitText(at(-5000), keys, aDraft(), author)).isNew, true);
});

test('before its file is kept, a submission is refused for all that it would be refused for after', async () => {
	const topic = await topicOf(database, topicId);
	const [now, muchLater] = [new Date(), new Date(Date.now() + 86_400_000)];
	const file = { size: 1 };
	refuseUnsendable(topic, { ...aDraft({ text: '' }), file }, author, now);
	const refused = (changes: Partial<SubmissionDraft>, at = now, who = author) => {
		try {
			refuseUnsendable(topic, { ...aDraft(changes), file }, who, at);
			return null;
		} catch (error) {
			return (error as { code: string }).code;
		}
	};
	assert.equal(refused({ title: ' ' }), 'unusable-text');
	assert.equal(refused({ attribution: 'named', name: '' }), 'unusable-text');
	assert.equal(refused({ language: 'french' }), 'unknown-language');
	assert.equal(refused({}, muchLater), 'stage-closed');
	assert.equal(refused({}, now, { kind: 'visitor', visitorId: null }), 'no-visitor');
});
