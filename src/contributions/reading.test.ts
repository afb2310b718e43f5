import assert from 'node:assert/strict';
import test from 'node:test';
import { aRapporteur, someSubmissions } from '#contributions/examples.server.ts';
import { topicForImport } from '#contributions/intake/importing.server.ts';
import { quote } from '#contributions/passages/passages.server.ts';
import {
	allocateTexts,
	deskProgress,
	deskShares,
	markRead,
	nextText,
	readingOf,
	reopen,
	shareOutTexts,
	textsAtDesk
} from '#contributions/reading.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';

const database = await testDatabase();

async function aDesk(slug: string, lengths: readonly number[]) {
	const { topicId } = await topicForImport(database, slug, { kind: 'job', name: 'test' });
	const texts = await someSubmissions(
		database,
		topicId,
		lengths.map((length, index) => ({ title: `Text ${index + 1}`, document: 'word '.repeat(length) }))
	);
	return { topicId, texts, ada: aRapporteur(topicId, 'a'), ben: aRapporteur(topicId, 'b') };
}

test('texts are shared out by their length, and only what nobody has', async () => {
	const { topicId, texts, ada, ben } = await aDesk('shared-out', [100, 50, 40, 10, 5]);
	await allocateTexts(database, topicId, [texts[4]!.contributionId], ben.accountId, ada);
	assert.equal(await shareOutTexts(database, topicId, [ada.accountId, ben.accountId], ada), 4);
	const list = await textsAtDesk(database, topicId, { list: 'all', accountId: null });
	assert.deepEqual(
		list.map(({ number, allocatedTo }) => [number, allocatedTo === ada.accountId ? 'ada' : 'ben']),
		[
			[1, 'ada'],
			[2, 'ben'],
			[3, 'ben'],
			[4, 'ben'],
			[5, 'ben']
		]
	);
	assert.equal(await shareOutTexts(database, topicId, [ada.accountId], ada), 0);
	await assert.rejects(shareOutTexts(database, topicId, [], ada), { code: 'no-rapporteur' });
	await assert.rejects(allocateTexts(database, topicId, [topicId], ada.accountId, ada), { code: 'not-found' });
	await assert.rejects(allocateTexts(database, topicId, [], null, { kind: 'visitor', visitorId: 'v' }), { code: 'not-allowed' });
});

test('two rapporteurs who take the same text at once leave two rows and one holder', async () => {
	const { topicId, texts, ada, ben } = await aDesk('taken-at-once', [5]);
	const { contributionId } = texts[0]!;
	await Promise.all([ada, ben].map((actor) => allocateTexts(database, topicId, [contributionId], actor.accountId, actor)));
	const { rows } = await database.query(`select version from allocations where topic_id = $1 order by version`, [topicId]);
	assert.deepEqual(rows, [{ version: 1 }, { version: 2 }]);
});

test('the desk shows what is read, what holds nothing to draw and what is not cited yet', async () => {
	const { topicId, texts, ada, ben } = await aDesk('progress', [10, 20, 30]);
	const [first, second, third] = texts.map(({ contributionId }) => contributionId);
	await allocateTexts(database, topicId, [first!, second!], ada.accountId, ada);
	await markRead(database, { topicId, contributionId: first!, outcome: 'nothing-to-draw' }, ada);
	await markRead(database, { topicId, contributionId: third!, outcome: 'done' }, ben);
	const place = { topicId, contributionId: third!, part: 1, textVersion: 1 };
	await inTransaction(database, (transaction) => quote(transaction, place, [{ starts: 0, ends: 9 }], ben.accountId));
	assert.deepEqual(await deskProgress(database, topicId), {
		texts: 3,
		allocated: 2,
		read: 2,
		nothingToDraw: 1,
		cited: 1,
		passages: 1,
		words: 66,
		wordsRead: 44
	});
	assert.deepEqual(await deskShares(database, topicId), [{ accountId: ada.accountId, texts: 2, read: 1 }]);
	const numbers = async (list: 'mine' | 'to-read' | 'uncited') =>
		(await textsAtDesk(database, topicId, { list, accountId: ada.accountId })).map(({ number }) => number);
	assert.deepEqual([await numbers('mine'), await numbers('to-read'), await numbers('uncited')], [[1, 2], [2], [1, 2]]);
	assert.equal(await nextText(database, topicId, ada.accountId), 2);
	assert.equal(await nextText(database, topicId, ben.accountId), null);
	await reopen(database, { topicId, contributionId: third! }, ben);
	assert.equal((await readingOf(database, topicId, third!))?.outcome, 'reopened');
	assert.equal(await nextText(database, topicId, ben.accountId), 3);
});
