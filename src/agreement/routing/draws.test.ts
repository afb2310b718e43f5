import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { seededRandom } from '#agreement/routing/random.ts';
import { Routing } from '#agreement/routing/routing.server.ts';
import { joinParticipant, Opinions } from '#ideas/opinions/opinions.server.ts';
import { erasePerson } from '#ideas/erasing.server.ts';
import { keepDraws } from '#ideas/opinions/draws.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { anAccount } from '#people/examples.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

/** A process of its own: it knows what it reads. */
const aProcess = ({ now = () => 0, seed = 1 }: { now?: () => number; seed?: number } = {}) =>
	new Routing(database, { now, random: seededRandom(seed) });

async function topicInLanguages(languages: readonly string[]) {
	const { topicId } = await anOpenTopic(database);
	for (const language of languages) await submitIdea(database, keys, anIdeaDraft(topicId, { language }), aVisitor('author'));
	return topicId;
}

/** What is kept of draws: participant, idea, probability. */
async function draws(topicId: string) {
	const { rows } = await database.query<{ participant: number; idea: number; probability: number }>(
		`select participant, idea, probability
		from opinion_draws, unnest(participant_numbers, idea_numbers, probabilities) as draw (participant, idea, probability)
		where topic_id = $1
		order by participant, idea`,
		[topicId]
	);
	return rows;
}

test('how probable a draw was is kept with the opinion on it, from the first one on; of an idea that somebody chose nothing is', async () => {
	const topicId = await topicInLanguages(['en', 'en', 'en', 'en']);
	const opinions = new Opinions(database, keys, aProcess());
	const reader = aVisitor('drawn for');
	const stated = { reads: ['en'], groups: [] };
	const first = (await opinions.next(topicId, reader, null, stated))!;
	assert.equal(await opinions.next(topicId, reader, null, stated), first);
	const { participant, next } = await opinions.give(topicId, reader, { ideaNumber: first, opinion: 'agree', seen: null });
	const chosen = [1, 2, 3, 4].find((number) => number !== first && number !== next)!;
	assert.equal((await opinions.give(topicId, reader, { ideaNumber: chosen, opinion: 'pass', seen: null })).next, next);
	const last = await opinions.give(topicId, reader, { ideaNumber: next!, opinion: 'disagree', seen: null });
	// said otherwise later: it was drawn once
	await opinions.give(topicId, reader, { ideaNumber: next!, opinion: 'agree', seen: null });
	await opinions.close();
	assert.deepEqual(
		await draws(topicId),
		[
			{ participant, idea: first, probability: 0.25 },
			{ participant, idea: next!, probability: 0.33333334 }
		].sort((one, other) => one.idea - other.idea)
	);
	assert.equal([1, 2, 3, 4].includes(last.next!), true);
});

test('draws are the account’s after its holder signs in, and go when a person is erased', async () => {
	const topicId = await topicInLanguages(['en', 'en', 'en']);
	const opinions = new Opinions(database, keys, aProcess());
	const stated = { reads: ['en'], groups: [] };
	const takePart = async (visitor: Actor) => {
		const drawn = (await opinions.next(topicId, visitor, null, stated))!;
		return (await opinions.give(topicId, visitor, { ideaNumber: drawn, opinion: 'agree', seen: null })).participant;
	};
	const browser = aVisitor('a browser');
	const account = anAccount({ visitorId: 'a browser' });
	await takePart(account);
	const browsers = await takePart(browser);
	const other = await takePart(aVisitor('stays'));
	await opinions.close();
	assert.equal((await draws(topicId)).filter(({ participant }) => participant === browsers).length, 1);
	await joinParticipant(database, keys, topicId, account);
	const accounts = (await seenParticipant(database, keys, topicId, account))!.number;
	assert.deepEqual(
		(await draws(topicId)).map(({ participant }) => participant),
		[accounts, accounts, other].sort((one, two) => one - two)
	);
	await inTransaction(database, (transaction) =>
		erasePerson(transaction, keys, topicId, accounts, { kind: 'job', name: 'test' })
	);
	assert.deepEqual(
		(await draws(topicId)).map(({ participant }) => participant),
		[other]
	);
	// what still waited to be written when they were erased
	await inTransaction(database, (transaction) =>
		keepDraws(transaction, topicId, [{ participant: accounts, idea: 1, probability: 1 }])
	);
	assert.equal((await draws(topicId)).length, 1);
});
