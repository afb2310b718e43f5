import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution, EventOfTopic } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { movesAfter } from '#events/moving.server.ts';
import { cancelEvent, changeEvent, holdEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { addItem, agendaSteps } from '#townhalls/agenda.server.ts';
import { askForAnother, askForFloor, ownPlaces, withdrawFromFloor } from '#townhalls/floor/asking.server.ts';
import { chairOf, doChairsActs, takeChair, type Deed } from '#townhalls/floor/chairing.server.ts';
import { owedToChannels, proposedNext, usualRule } from '#townhalls/floor/floor.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { endFloor, endFloorsLeft, setRule, turnFloor } from '#townhalls/floor/keeping.server.ts';
import { figuresOf } from '#townhalls/floor/showing.server.ts';
import { recordOf, stateForRecord, summarise } from '#townhalls/floor/summarising.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const visitor = (visitorId: string): Actor => ({ kind: 'visitor', visitorId });
const asking = { channel: 'room', group: null, kind: 'speak', name: '' } as const;

/** A town hall with an open floor, and somebody in the chair. */
async function aFloor(attribution: Attribution = 'named') {
	const event = await anEvent(database, { kind: 'town-hall', attribution });
	await turnFloor(database, event, 'open', aSecretary);
	const deviceId = randomUUID();
	const chair = await takeChair(database, event, { deviceId, over: 0 }, aSecretary);
	const act = async (deed: Deed, ago = 0, actId = randomUUID()) => {
		const [outcome] = await doChairsActs(database, event, { chair, acts: [{ actId, ago, deed }] }, aSecretary);
		return outcome!.outcome;
	};
	const ask = async (who: string, wishes: Partial<Parameters<typeof askForFloor>[3]> = {}) =>
		askForFloor(database, keys, event, { ...asking, ...wishes }, visitor(who));
	const idOf = async (number: number) => (await floorOf(database, event)).asked[number - 1]!.requestId;
	const give = async (number: number, proposed = number, reason = '', ago = 0) =>
		act({ does: 'give', requestId: await idOf(number), proposed: await idOf(proposed), reason }, ago);
	return { event, chair, deviceId, act, ask, give, idOf };
}

test('who asks twice waits once, and is told how many are before them until they have the floor', async () => {
	const { event, ask, give } = await aFloor();
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
	const { event, ask } = await aFloor();
	await ask('ada');
	await assert.rejects(withdrawFromFloor(database, keys, event, 1, visitor('ben')), { code: 'not-found' });
	await withdrawFromFloor(database, keys, event, 1, visitor('ada'));
	assert.equal(proposedNext(await floorOf(database, event), Date.now()), null);
	assert.equal(await ask('ada'), 2);
});

test('who has spoken comes after who has not, and may ask for a follow-up', async () => {
	const { event, ask, give } = await aFloor();
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
	const { event, ask, give, act } = await aFloor();
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
	const { event, ask, give, act } = await aFloor();
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
	const { event, ask, give } = await aFloor();
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
	const { event, chair, idOf } = await aFloor();
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
	const { event, act, ask, give } = await aFloor();
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
	const { event, chair, ask, idOf } = await aFloor();
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
	const { event, act } = await aFloor();
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

test('an intervention becomes a contribution under the name and group that its event shows', async () => {
	for (const [attribution, shown] of [
		['named', { name: 'Ada of Kenya', group: 'academia' }],
		['group', { name: null, group: 'academia' }]
	] as const) {
		const { event, ask, give, act } = await aFloor(attribution);
		await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
		await give(1);
		await act({ does: 'end' });
		await summarise(database, event, { turn: 1, text: 'Spectrum for all.', language: 'en' }, aSecretary);
		await stateForRecord(database, event, { text: 'A statement.', language: 'en', group: 'academia', name: 'Ben' });
		await endFloor(database, event, aSecretary);
		const said = await recordOf(database, event);
		assert.deepEqual(
			said.map(({ turn, text, name, group }) => ({ turn, text, name, group })),
			[
				{ turn: 1, text: 'Spectrum for all.', ...shown },
				{ turn: null, text: 'A statement.', ...shown, ...(shown.name && { name: 'Ben' }) }
			]
		);
	}
});

test('under the Chatham House rule nothing is left of who asked, spoke or when, and words come in one instant', async () => {
	const { event, ask, give, act } = await aFloor('chatham');
	await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
	const requestId = (await floorOf(database, event)).asked[0]!.requestId;
	await give(1);
	await act({ does: 'end' });
	for (const text of ['one', 'two', 'three'])
		await stateForRecord(database, event, { text, language: 'en', group: 'academia', name: 'Ada' });
	await summarise(database, event, { turn: null, text: 'What was said.', language: 'en' }, aSecretary);
	assert.deepEqual(await recordOf(database, event), []);
	await endFloor(database, event, aSecretary);
	const said = await recordOf(database, event);
	assert.deepEqual(said.map(({ text }) => text).sort(), ['What was said.', 'one', 'three', 'two']);
	assert.ok(said.every(({ name, group, turn }) => name === null && group === null && turn === null));
	const { rows: times } = await database.query<{ at: Date }>(
		`select distinct received_at as at from contributions where topic_id = $1`,
		[event.topicId]
	);
	assert.equal(times.length, 1);
	// what is written afterwards stands among the rest: neither its time nor its id tells when
	for (const text of ['four', 'five']) await summarise(database, event, { turn: null, text, language: 'en' }, aSecretary);
	const { rows: written } = await database.query<{ id: string; at: Date; written: Date }>(
		`
			select contribution_id as id, received_at as at, written_at as written
			from contributions
			join contribution_versions using (topic_id, contribution_id)
			where topic_id = $1`,
		[event.topicId]
	);
	assert.equal(written.length, 6);
	for (const { id, ...moments } of written) {
		assert.deepEqual(moments, { at: event.startsAt, written: event.startsAt });
		assert.equal(id[14], '4', 'an id of random bits');
	}
	// a device that was away sends what its chair did
	assert.equal(await act({ does: 'give', requestId, proposed: requestId, reason: '' }, 300_000), 'floor-closed');
	await leavesNothing(event);
});

test('where the rule became stricter meanwhile, what was said before obeys it when the floor is over', async () => {
	for (const [attribution, shown] of [
		['group', { group: 'academia', attribution: 'group' }],
		['chatham', { group: null, attribution: 'anonymous' }]
	] as const) {
		const { event, ask, give, act } = await aFloor('named');
		await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
		await give(1);
		await act({ does: 'end' });
		await summarise(database, event, { turn: 1, text: 'Spectrum for all.', language: 'en' }, aSecretary);
		await stateForRecord(database, event, { text: 'A statement.', language: 'en', group: 'academia', name: 'Ben' });
		const { topicId, eventId } = event;
		await changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution }), basedOn: event.version }, aSecretary);
		await endFloor(database, event, aSecretary);
		const said = await recordOf(database, event);
		assert.deepEqual(said.map(({ text }) => text).sort(), ['A statement.', 'Spectrum for all.']);
		for (const { contributionId, turn, name, group } of said) {
			const { rows } = await database.query<{ attribution: string }>(
				`select attribution from contributions where topic_id = $1 and contribution_id = $2`,
				[topicId, contributionId]
			);
			assert.deepEqual({ name, group, attribution: rows[0]!.attribution }, { name: null, ...shown });
			if (attribution === 'chatham') assert.equal(turn, null);
		}
		const { rowCount } = await database.query(`select from floor_voices where topic_id = $1`, [topicId]);
		assert.equal(rowCount, attribution === 'chatham' ? 0 : 1);
	}
});

test('a floor that nobody ended is ended after its event, and forgets; one that was called off may be ended by its chair, too', async () => {
	const begun = async () => {
		const { event, ask, give } = await aFloor('chatham');
		await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
		await give(1);
		await stateForRecord(database, event, { text: 'A statement.', language: 'en', group: null, name: '' });
		return event;
	};
	const [goesOn, ended, calledOff, left] = [await begun(), await begun(), await begun(), await begun()];
	await assert.rejects(endFloor(database, goesOn, aSecretary), { code: 'floor-taken' });
	for (const { topicId, eventId } of [ended, calledOff])
		await cancelEvent(database, topicId, eventId, { en: 'An alarm' }, aSecretary);
	await endFloor(database, ended, aSecretary);
	await leavesNothing(ended);
	await holdEvent(database, left.topicId, left.eventId, aSecretary);
	await endFloorsLeft(database);
	for (const event of [calledOff, left]) {
		await leavesNothing(event);
		assert.deepEqual(
			(await recordOf(database, event)).map(({ text }) => text),
			['A statement.']
		);
	}
	assert.equal((await floorOf(database, goesOn)).state, 'open');
	await endFloorsLeft({ ...database, clockShift: 365 * 86_400_000 });
	await leavesNothing(goesOn);
});

/** Of who asked, spoke or when, in the tables and in the moves: they all stand at the planned beginning, but for the last, that it is over. */
async function leavesNothing({ topicId, eventId, startsAt }: EventOfTopic): Promise<void> {
	for (const table of [
		...['floor_requests', 'floor_askers', 'floor_names', 'floor_withdrawals', 'interventions', 'intervention_ends'],
		...['floor_overrides', 'floor_acts', 'floor_tray', 'floor_voices', 'intervention_contributions']
	]) {
		const { rowCount } = await database.query(`select from ${table} where topic_id = $1`, [topicId]);
		assert.equal(rowCount, 0, table);
	}
	const { rowCount } = await database.query(
		`select from event_counters where topic_id = $1 and event_id = $2 and counted in ('floor-requests', 'interventions')`,
		[topicId, eventId]
	);
	assert.equal(rowCount, 0);
	const moves = await movesAfter(database, topicId, eventId, 0, 1000);
	assert.ok(moves.length > 1);
	for (const { at } of moves.slice(0, -1)) assert.equal(at.getTime(), startsAt.getTime());
}

test('what was spoken is charged by the rule that held then', async () => {
	const { event, ask, give, act } = await aFloor();
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
	const { event } = await aFloor();
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
	const { event, chair, ask, give } = await aFloor();
	await ask('ada');
	await give(1);
	const later = { ...database, clockShift: 90_000 };
	await doChairsActs(later, event, { chair, acts: [{ actId: randomUUID(), ago: 0, deed: { does: 'end' } }] }, aSecretary);
	const [turn] = (await floorOf(database, event)).turns;
	assert.equal(Math.round((turn!.endedAt! - turn!.beganAt) / 10_000), 9);
});
