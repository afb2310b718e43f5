import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, isFollowing } from '#contributions/following.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { editIdea } from '#ideas/editing.server.ts';
import { anIdeaDraft, anOpenTopic, temporaryKeys } from '#ideas/examples.server.ts';
import { whatWasSent } from '#ideas/sent.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { anAccountIn } from '#people/examples.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { joinVisitorEverywhere } from './joining.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const context = { database, keys };
const profile = { groups: [], country: 'KE', region: 'african', organisationId: null, capacity: null, reads: ['sw'] };

test('what a browser did before signing in becomes the account’s in every open talk, and stays in a closed one', async () => {
	const visitorId = uuidv7();
	const visitor = { kind: 'visitor', visitorId } as const;
	const open = [await anOpenTopic(database), await anOpenTopic(database)];
	const closed = await anOpenTopic(database, { closesAt: new Date(Date.now() - 60_000) });
	const all = [...open, closed];
	for (const { topicId } of all) await stateProfile(database, keys, topicId, visitor, profile);

	const account = { ...(await anAccountIn(database, 'Amina')), visitorId };
	// in one of them the account took part already, in another browser
	await stateProfile(database, keys, open[1]!.topicId, { ...account, visitorId: null }, { ...profile, reads: ['en'] });
	await joinVisitorEverywhere(context, account);
	await joinVisitorEverywhere(context, account);

	const elsewhere = { ...account, visitorId: null };
	const [first, second, third] = await Promise.all(all.map(({ topicId }) => seenParticipant(database, keys, topicId, elsewhere)));
	assert.deepEqual([first?.number, second?.number, third], [1, 2, null]);
	const { rows } = await database.query(
		`select participant_number as number, into_number as into from participant_joins where topic_id = $1`,
		[open[1]!.topicId]
	);
	assert.deepEqual(rows, [{ number: 1, into: 2 }]);
	assert.equal((await seenParticipant(database, keys, closed.topicId, visitor))?.number, 1);
});

test('what a browser sent is still its author’s after signing in, followed and all', async () => {
	const visitorId = uuidv7();
	const visitor = { kind: 'visitor', visitorId } as const;
	const { topicId } = await anOpenTopic(database);
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), visitor);
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	await inTransaction(database, (transaction) => follow(transaction, thing, 1));
	const account = { ...(await anAccountIn(database, 'Bela')), visitorId };
	await stateProfile(database, keys, topicId, { ...account, visitorId: null }, profile);
	await joinVisitorEverywhere(context, account);

	const me = (await seenParticipant(database, keys, topicId, account))!;
	assert.equal(me.number, 2);
	const { contribution } = await whatWasSent(database, topicId, receipt.contributionId);
	assert.equal(contribution.participantNumber, 2);
	const claim = { participantNumber: me.number, contributionId: null };
	const wording = { point: 'Build exchange points', explanation: '', sources: '' };
	await editIdea(database, { topicId, number, seen: 1 }, wording, { claim, actor: account });
	assert.equal(await isFollowing(database, thing, me.number), true);
});
