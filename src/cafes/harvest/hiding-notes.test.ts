import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCafe } from '#cafes/examples.server.ts';
import { drawFromNotes } from '#cafes/harvest/drawing.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTable } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { aModerator, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { flagThing, shownThing } from '#ideas/moderating/flagging.server.ts';
import { decideOn, wordsOf } from '#ideas/moderating/moderating.server.ts';
import { sourcesOfIdea, stanceTotals } from '#ideas/sources.server.ts';
import { moderationQueue } from '#moderation/queue.server.ts';
import { makeAccount } from '#people/accounts.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const { accountId } = await inTransaction(database, (transaction) =>
	makeAccount(transaction, { email: 'rapporteur@example.org', name: 'Rapporteur', language: 'en' })
);

test('a note is flagged, hidden with a reason and restored as any other text: meanwhile neither the wall nor an idea that rests on it shows it', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	const { eventId } = await anEvent(database, { topicId, attribution: 'group' });
	await aCafe(database, { event: { topicId, eventId } });
	const table = { topicId, eventId, tableNumber: 1 };
	await takeCards(
		database,
		table,
		['Mr Example steals', 'Share the fibre'].map((text, at) => aCard(table, { text, place: at + 1 }))
	);
	const reader = aVisitor('reader');
	const [waiting] = (
		await database.query<{ id: string }>('select note_id as id from waiting_notes where topic_id = $1', [topicId])
	).rows;
	const flagging = { reason: 'personal-data', words: '' } as const;
	await assert.rejects(flagThing(database, keys, { topicId, kind: 'said', contributionId: waiting!.id }, flagging, reader), {
		code: 'not-found'
	});
	await closeTable(database, table);
	const wall = async () => (await wallOf(database, topicId, eventId)).map(({ text }) => text).sort();
	const notes = (await wallOf(database, topicId, eventId)).map(({ noteId }) => noteId);
	const [thingId] = (await wallOf(database, topicId, eventId))
		.filter(({ text }) => text.startsWith('Mr'))
		.map(({ noteId }) => noteId);
	const drawn = { topicId, eventId, notes, point: 'Fibre is shared', explanation: '', questionId: null, requestKey: null };
	const { number } = await drawFromNotes(database, drawn, {
		...{ kind: 'account', accountId, visitorId: null, secondFactor: true },
		roles: [{ role: 'rapporteur', topicId }]
	});
	const sources = async () => (await sourcesOfIdea(database, topicId, number)).map(({ quote }) => quote).sort();
	const both = ['Mr Example steals', 'Share the fibre'];
	assert.deepEqual([await wall(), await sources()], [both, both]);

	const named = { kind: 'said', contributionId: thingId! } as const;
	await flagThing(database, keys, { topicId, ...named }, flagging, reader);
	const queue = (await moderationQueue(database, topicId)).waiting;
	assert.deepEqual(
		queue.map(({ kind, thingId: id, why }) => ({ kind, id, why })),
		[{ kind: 'note', id: thingId, why: 'flagged' }]
	);
	assert.deepEqual(
		(await wordsOf(database, topicId, queue)).map(({ text, channel }) => [text, channel]),
		[[both[0], 'café']]
	);
	const thing = { topicId, kind: 'note', thingId: thingId! } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'personal-data', words: '' }, moderator);
	assert.deepEqual([await wall(), await sources()], [['Share the fibre'], ['Share the fibre']]);
	assert.equal((await stanceTotals(database, topicId, [number])).get(number)!.raises, 1);
	await assert.rejects(shownThing(database, topicId, named), { code: 'not-found' });
	await decideOn(database, thing, { decision: 'restored', words: '' }, moderator);
	assert.deepEqual([await wall(), await sources()], [both, both]);
});
