import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { movesAfter } from '#events/moving.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { addItem, agendaSteps } from '#townhalls/agenda.server.ts';
import { askForAnother, askForFloor, ownPlaces, withdrawFromFloor } from '#townhalls/floor/asking.server.ts';
import { chairOf, doChairsActs, takeChair } from '#townhalls/floor/chairing.server.ts';
import { owedToChannels, proposedNext, usualRule } from '#townhalls/floor/floor.ts';
import { aFloor, asking, visitor } from '#townhalls/floor/examples.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { endFloor, setRule, turnFloor } from '#townhalls/floor/keeping.server.ts';
import { figuresOf } from '#townhalls/floor/showing.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

test('who asks twice waits once, and is told how many are before them until they have the floor', async () => {
	const { event, ask, give } = await aFloor(database, keys);
	await ask('ada');
	assert.equal(await ask('ben', { channel: 'remote' }), 2);
	assert.equal(await ask('ben', { channel: 'remote' }), 2);
	const placesOf = (who: string) => ownPlaces(database, keys, event, visitor(who), new Date());
	assert.deepEqual((await placesOf('ben')).places, [{ number: 2, kind: 'speak', channel: 'remote', before: 1 }]);
	await give(1);
	assert.equal((await placesOf('ada')).places[0]!.before, null);
	assert.equal((await placesOf('ben')).places[0]!.before, 0);
	await give(2);
	assert.deepEqual(await placesOf('ada'), { places: [], hasSpoken: true });
	assert.deepEqual(await placesOf('nobody'), { places: [], hasSpoken: false });
});

test('somebody withdraws their own and nobody else’s', async () => {
	const { event, ask } = await aFloor(database, keys);
	await ask('ada');
	await assert.rejects(withdrawFromFloor(database, keys, event, 1, visitor('ben')), { code: 'not-found' });
	await withdrawFromFloor(database, keys, event, 1, visitor('ada'));
	assert.equal(proposedNext(await floorOf(database, event), Date.now()), null);
	assert.equal(await ask('ada'), 2);
});

test('who has spoken comes after who has not, and may ask for a follow-up', async () => {
	const { event, ask, give } = await aFloor(database, keys);
	await ask('ada');
	await give(1);
	assert.equal(await ask('ada', { kind: 'follow-up' }), 2);
	assert.equal(await ask('ben', { kind: 'follow-up' }), 3);
	const { asked } = await floorOf(database, event);
	assert.deepEqual(
		asked.map(({ kind, isFirst }) => [kind, isFirst]),
		[
			['speak', true],
			['follow-up', false],
			['speak', true]
		]
	);
	await give(3, 3);
	assert.equal(await give(3, 3), 'floor-given');
});

test('who signs in after having asked waits once, finds their place, and is no first-timer again', async () => {
	const { event, ask, give, act } = await aFloor(database, keys);
	await ask('ada');
	const signedIn: Actor = { kind: 'account', accountId: randomUUID(), visitorId: 'ada', roles: [], secondFactor: false };
	assert.equal(await askForFloor(database, keys, event, asking, signedIn), 1);
	assert.equal((await ownPlaces(database, keys, event, signedIn, new Date())).places.length, 1);
	await give(1);
	await act({ does: 'end' });
	assert.equal(await askForFloor(database, keys, event, asking, signedIn), 2);
	assert.equal((await floorOf(database, event)).asked[1]!.isFirst, false);
	await withdrawFromFloor(database, keys, event, 2, signedIn);
});

test('a point of order is no speech: whoever made one still is a first-timer, and counts as one who spoke', async () => {
	const { event, ask, give, act } = await aFloor(database, keys);
	await ask('ada', { kind: 'point-of-order' });
	await give(1);
	await act({ does: 'end' });
	assert.equal(await ask('ada', { kind: 'follow-up' }), 2);
	const { kind, isFirst } = (await floorOf(database, event)).asked[1]!;
	assert.deepEqual([kind, isFirst], ['speak', true]);
	await give(2);
	await act({ does: 'end' });
	await endFloor(database, event, aSecretary);
	assert.equal((await figuresOf(database, event))!.people, 1);
});

test('nobody asks where the floor is not open', async () => {
	const event = await anEvent(database, { kind: 'town-hall' });
	const ask = () => askForFloor(database, keys, event, asking, visitor('ada'));
	await assert.rejects(ask(), { code: 'floor-closed' });
	await turnFloor(database, event, 'open', aSecretary);
	await ask();
	await turnFloor(database, event, 'queue-closed', aSecretary);
	await assert.rejects(askForFloor(database, keys, event, asking, visitor('ben')), { code: 'floor-closed' });
	await endFloor(database, event, aSecretary);
	await assert.rejects(turnFloor(database, event, 'open', aSecretary), { code: 'floor-closed' });
});

test('another choice than the one proposed needs a reason, which is kept', async () => {
	const { event, ask, give } = await aFloor(database, keys);
	await ask('ada');
	await ask('ben');
	assert.equal(await give(2, 1), 'reason-missing');
	assert.equal(await give(2, 1, 'is about to lose the line'), 'done');
	const { rows } = await database.query(
		`select proposed_number as proposed, reason from floor_overrides where topic_id = $1 and event_id = $2`,
		[event.topicId, event.eventId]
	);
	assert.deepEqual(rows, [{ proposed: 1, reason: 'is about to lose the line' }]);
});

test('acts sent again change nothing, and what was done without network stands at its own time and in its order', async () => {
	const { event, chair, idOf } = await aFloor(database, keys);
	const before = { ...database, clockShift: -600_000 };
	for (const who of ['ada', 'ben']) await askForFloor(before, keys, event, asking, visitor(who));
	const [ada, ben] = [await idOf(1), await idOf(2)];
	const acts = [
		{ actId: randomUUID(), ago: 300_000, deed: { does: 'give', requestId: ada, proposed: ada, reason: '' } },
		{ actId: randomUUID(), ago: 200_000, deed: { does: 'end' } },
		{ actId: randomUUID(), ago: 190_000, deed: { does: 'give', requestId: ben, proposed: ben, reason: '' } },
		{ actId: randomUUID(), ago: 100_000, deed: { does: 'end' } }
	] as const;
	const send = () => doChairsActs(database, event, { chair, acts }, aSecretary);
	const done = await send();
	assert.deepEqual(
		done.map(({ outcome }) => outcome),
		['done', 'done', 'done', 'done']
	);
	const standing = await floorOf(database, event);
	assert.deepEqual(await send(), done);
	assert.deepEqual(await floorOf(database, event), standing);
	const lengths = standing.turns.map(({ beganAt, endedAt }) => Math.round((endedAt! - beganAt) / 10_000));
	assert.deepEqual(lengths, [10, 9]);
	assert.equal(proposedNext(standing, Date.now()), null);
});

test('a second chair takes over: what the first does then is refused, and of two who take it at once one has it', async () => {
	const { event, act, ask, give } = await aFloor(database, keys);
	await ask('ada');
	const take = () => takeChair(database, event, { deviceId: randomUUID(), over: 1 }, aSecretary);
	const taken = await Promise.allSettled([take(), take()]);
	assert.deepEqual(taken.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
	assert.equal((await chairOf(database, event))!.number, 2);
	assert.equal(await give(1), 'chair-elsewhere');
	assert.equal(await act({ does: 'end' }), 'chair-elsewhere');
	assert.deepEqual((await floorOf(database, event)).turns, []);
});

test('of many acts at once each is done once, nobody has the floor beside another, and the moves are without gaps', async () => {
	const { event, chair, ask, idOf } = await aFloor(database, keys);
	const numbers = await Promise.all(Array.from({ length: 12 }, (_, at) => ask(`person ${at}`)));
	const ids = await Promise.all(numbers.map(idOf));
	const acts = ids.map((requestId) => ({
		actId: randomUUID(),
		ago: 0,
		deed: { does: 'give', requestId, proposed: requestId, reason: '' } as const
	}));
	await Promise.all([...acts, ...acts].map((act) => doChairsActs(database, event, { chair, acts: [act] }, aSecretary)));
	const { turns } = await floorOf(database, event);
	assert.equal(turns.length, 12);
	assert.equal(turns.filter(({ endedAt }) => endedAt === null).length, 1);
	const moves = await movesAfter(database, event.topicId, event.eventId, 0, 1000);
	assert.deepEqual(
		moves.map(({ number }) => number),
		moves.map((_, at) => at + 1)
	);
});

test('the agenda is called by the chair, and late acts never stand before earlier ones', async () => {
	const { event, act } = await aFloor(database, keys);
	const item = { minutes: 10, speakers: '', documents: [], texts: { title: { en: 'Opening' } } };
	const first = await addItem(database, event, item, aSecretary);
	const second = await addItem(database, event, { ...item, texts: { title: { en: 'Floor' } } }, aSecretary);
	await act({ does: 'begin-item', itemId: first });
	await act({ does: 'begin-item', itemId: second }, 60_000);
	const steps = await agendaSteps(database, event);
	assert.deepEqual(
		steps.map(({ itemId, step }) => [itemId, step]),
		[
			[first, 'begun'],
			[first, 'ended'],
			[second, 'begun']
		]
	);
	assert.ok(steps[0]!.at <= steps[2]!.at);
});

test('what was spoken is charged by the rule that held then', async () => {
	const { event, ask, give, act } = await aFloor(database, keys);
	for (const [who, channel] of [
		['ada', 'room'],
		['ben', 'remote'],
		['cem', 'room'],
		['dua', 'remote']
	] as const)
		await ask(who, { channel });
	await give(1);
	const later = { ...database, clockShift: 60_000 };
	const rule = { ...usualRule, channels: { room: 9, remote: 1, hub: 1 } };
	await setRule(later, event, { ...rule, basedOn: 0 }, aSecretary);
	await setRule({ ...database, clockShift: 61_000 }, event, { ...usualRule, basedOn: 1 }, aSecretary);
	const floor = await floorOf(database, event);
	assert.deepEqual([floor.earlier!.map((one) => one.rule), floor.rule, floor.ruleVersion], [[usualRule, rule], usualRule, 2]);
	const owed = owedToChannels(floor, floor.earlier![0]!.until);
	assert.deepEqual([Math.round(owed.room / 10), Math.round(owed.remote / 10)], [-3, 3]);
	await act({ does: 'end' });
});

test('what is put down by staff is put down once', async () => {
	const { event } = await aFloor(database, keys);
	const requestId = randomUUID();
	const put = () =>
		askForAnother(database, event, { ...asking, channel: 'hub', name: 'Hub of Nairobi', isFirst: true, requestId }, aSecretary);
	await Promise.all([put(), put()]);
	assert.equal((await floorOf(database, event)).asked.length, 1);
	await assert.rejects(askForAnother(database, event, { ...asking, isFirst: true, requestId: randomUUID() }, visitor('ada')), {
		code: 'not-allowed'
	});
});

test('the time of the server decides, whatever the clock of a test says', async () => {
	const { event, chair, ask, give } = await aFloor(database, keys);
	await ask('ada');
	await give(1);
	const later = { ...database, clockShift: 90_000 };
	await doChairsActs(later, event, { chair, acts: [{ actId: randomUUID(), ago: 0, deed: { does: 'end' } }] }, aSecretary);
	const [turn] = (await floorOf(database, event)).turns;
	assert.equal(Math.round((turn!.endedAt! - turn!.beganAt) / 10_000), 9);
});
