import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { anIdeaDraft, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { sourcesOfIdea } from '#ideas/sources.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { attachQuestion, drawFromQuestion, whereAsked } from '#townhalls/questions/drawing.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const { accountId } = await inTransaction(database, (transaction) =>
	makeAccount(transaction, { email: 'rapporteur@example.org', name: 'Rapporteur', language: 'en' })
);

test('a question from the floor becomes an idea that rests on it word for word, or is attached to one; only what everybody may read does', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const rapporteur: Actor = {
		...{ kind: 'account', accountId, visitorId: null, secondFactor: true },
		roles: [{ role: 'rapporteur', topicId }]
	};
	const questionId = uuidv4();
	const named = { topicId, eventId: event.eventId, questionId };
	const asker = aVisitor('amina');
	await askQuestion(database, keys, event, { questionId, text: 'Who pays for the cables?', language: 'en', name: null }, asker);
	const drawn = { point: 'Cables are paid for by a fund', explanation: '', guidingQuestionId: null };
	await assert.rejects(drawFromQuestion(database, named, drawn, rapporteur), { code: 'not-found' });
	await decideQuestion(database, { ...event, questionId }, { state: 'approved', words: '', seen: 1 }, staff);
	await assert.rejects(drawFromQuestion(database, named, drawn, asker), { code: 'not-allowed' });
	const { number } = await drawFromQuestion(database, named, drawn, rapporteur);
	assert.equal((await drawFromQuestion(database, named, drawn, rapporteur)).number, number, 'pressed twice');
	const other = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('li'));
	await attachQuestion(database, named, other.number, rapporteur);
	await attachQuestion(database, named, other.number, rapporteur);
	const [question] = await questionsOfEvent(database, event);
	assert.deepEqual(question!.ideas, [number, other.number]);
	for (const idea of question!.ideas) {
		const sources = await sourcesOfIdea(database, topicId, idea);
		assert.deepEqual(
			sources.map(({ quote, stance, channel }) => ({ quote, stance, channel })),
			[{ quote: 'Who pays for the cables?', stance: 'raises', channel: 'town hall' }]
		);
		assert.deepEqual(Object.values(await whereAsked(database, topicId, idea)), [
			{ event: event.number, contributionId: question!.contributionId }
		]);
	}
	await assert.rejects(attachQuestion(database, named, 999, rapporteur), { code: 'not-found' });
});
