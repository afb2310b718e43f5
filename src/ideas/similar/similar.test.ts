import assert from 'node:assert/strict';
import test from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { SimilarIdeas } from '#ideas/similar/similar.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { rewordIdea } from '#ideas/writing.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

const points: readonly [language: string, point: string][] = [
	['en', 'Every school in rural districts needs an affordable connection to the Internet'],
	['en', 'Governments publish the minutes of their meetings within ten days'],
	['fr', 'Les écoles des régions rurales doivent avoir un accès abordable à l’Internet'],
	['zh', '农村学校应当接入负担得起的互联网'],
	['ar', 'ينبغي أن تحصل المدارس الريفية على إنترنت ميسور التكلفة'],
	['ru', 'Сельские школы должны иметь доступный интернет'],
	['es', 'Las escuelas rurales necesitan una conexión asequible a Internet']
];

async function aTopicWith(ideas: typeof points): Promise<string> {
	const { topicId } = await anOpenTopic(database);
	for (const [language, point] of ideas)
		await submitIdea(database, keys, anIdeaDraft(topicId, { language, point }), aVisitor('author'));
	return topicId;
}

test('half a sentence finds the ideas that say it, in any of the six languages', async () => {
	const topicId = await aTopicWith(points);
	const similar = new SimilarIdeas(database);
	const first = async (typed: string) => (await similar.to(topicId, typed))[0]?.number;
	assert.deepEqual(
		await Promise.all(
			['Rural schools need', 'les écoles rurales', '学校接入互联网', 'للمدارس الريفية', 'сельским школам', 'escuela rural'].map(
				first
			)
		),
		[1, 3, 4, 5, 6, 7]
	);
});

test('what has little in common with the words is not shown, nor are words that say nothing looked for', async () => {
	const topicId = await aTopicWith(points);
	const similar = new SimilarIdeas(database);
	assert.deepEqual(await similar.to(topicId, 'A tax on sugar in soft drinks would help hospitals'), []);
	assert.deepEqual(await similar.to(topicId, 'we should not'), []);
	assert.deepEqual(await similar.to(topicId, ' … '), []);
});

test('an idea is found as soon as it is there, and no more once it cannot be seen', async () => {
	const topicId = await aTopicWith(points.slice(0, 1));
	const similar = new SimilarIdeas(database);
	assert.deepEqual(await similar.to(topicId, 'bicycle lanes'), []);
	const point = 'Build bicycle lanes along all bridges';
	await submitIdea(database, keys, anIdeaDraft(topicId, { language: 'en', point }), aVisitor('author'));
	assert.deepEqual(await similar.to(topicId, 'bicycle lanes'), [{ number: 2, point, language: 'en' }]);
	await database.query(
		`insert into concealments (topic_id, kind, thing_id, why, since)
		select topic_id, 'idea', idea_id, 'hidden', now() from ideas where topic_id = $1 and idea_number = 2`,
		[topicId]
	);
	assert.deepEqual(await similar.to(topicId, 'bicycle lanes'), []);
});

test('an idea that is worded anew is found by its words of now, and what was made unreadable by nothing that it said', async () => {
	const topicId = await aTopicWith([...points, ['en', 'Mend the harbour wall of Oldtown']]);
	const [similar, other] = [new SimilarIdeas(database, 0), new SimilarIdeas(database)];
	const found = async (where: SimilarIdeas, typed: string) => (await where.to(topicId, typed)).map(({ number }) => number);
	for (const where of [similar, other]) assert.deepEqual(await found(where, 'the harbour wall'), [8]);
	const reworded = { topicId, number: 8, language: 'en', version: 2 };
	await inTransaction(database, (transaction) =>
		rewordIdea(transaction, reworded, { point: 'Dredge the estuary', explanation: '', sources: '' })
	);
	for (const where of [similar, other]) assert.deepEqual(await found(where, 'the harbour wall'), [], 'at once');
	for (const until = Date.now() + 5000; (await found(similar, 'dredge estuary')).length === 0 && Date.now() < until;);
	for (const where of [similar, other]) assert.deepEqual(await found(where, 'dredge estuary'), [8]);
	await database.query(`update idea_search set words = '' where topic_id = $1 and idea_number = 8`, [topicId]);
	assert.deepEqual(await found(similar, 'dredge estuary'), []);
});

test('a process that nobody asked by the earlier words learns the new ones, too', async () => {
	const topicId = await aTopicWith([...points, ['en', 'Mend the harbour wall of Oldtown']]);
	const similar = new SimilarIdeas(database, 0);
	assert.deepEqual(await similar.to(topicId, 'dredge estuary'), []);
	const wording = { point: 'Dredge the estuary', explanation: '', sources: '' };
	const reworded = { topicId, number: 8, language: 'en', version: 2 };
	await inTransaction(database, (transaction) => rewordIdea(transaction, reworded, wording));
	for (const until = Date.now() + 5000; (await similar.to(topicId, 'dredge estuary')).length === 0 && Date.now() < until;);
	assert.deepEqual(await similar.to(topicId, 'dredge estuary'), [{ number: 8, point: 'Dredge the estuary', language: 'en' }]);
});

test('the ideas of other topics are not looked at', async () => {
	await aTopicWith(points);
	assert.deepEqual(await new SimilarIdeas(database).to(await aTopicWith([]), 'Rural schools need a connection'), []);
});
