import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { changeSubmission } from '#contributions/changing.server.ts';
import { dropUnnamedFiles } from '#contributions/erasing.server.ts';
import { aSubmissionDraft, aTopicOpenForSubmissions, temporaryFiles } from '#contributions/examples.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { testDatabase } from '#database/test-database.server.ts';

const database = await testDatabase();
const files = await temporaryFiles(database);
const { topicId, keys } = await aTopicOpenForSubmissions(database, 'unnamed-files');
const author: Actor = { kind: 'visitor', visitorId: 'author' };

async function aFile(text: string, hours: number) {
	const { sha256 } = await files.put([Buffer.from(text)], { mediaType: 'text/plain', limit: 1000 });
	await database.query(`update files set stored_at = stored_at - $2 * interval '1 hour' where sha256 = $1`, [
		Buffer.from(sha256, 'hex'),
		hours
	]);
	return { sha256, name: `${text}.txt` };
}

test('after a day a file that nothing names is gone; those of submissions, as they stand and as they were, stay', async () => {
	const [first, second] = [await aFile('first', 48), await aFile('second', 48)];
	const { contributionId } = await submitText(database, keys, aSubmissionDraft(topicId, { file: first }), author);
	const change = { title: 'Our view', text: 'Listen.', file: second };
	await changeSubmission(database, { topicId, contributionId, seen: 1 }, change, author);
	const [old, fresh] = [await aFile('refused yesterday', 25), await aFile('refused today', 23)];

	await dropUnnamedFiles(database, files);
	assert.deepEqual(await Promise.all([first, second, old, fresh].map(({ sha256 }) => files.has(sha256))), [
		...[true, true, false, true]
	]);
	const { rows } = await database.query<{ kept: number }>(`select count(*)::int as kept from files`);
	assert.equal(rows[0]!.kept, 3);
});

test('a file that something names cannot be removed, whoever asks', async () => {
	const named = await aFile('first', 48);
	await files.remove(named.sha256);
	assert.equal(await files.has(named.sha256), true);
});
