import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { movesAfter } from '#events/moving.server.ts';
import { cancelEvent, changeEvent, holdEvent } from '#events/planning.server.ts';
import { aVisitor } from '#ideas/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { aFloor } from '#townhalls/floor/examples.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { endFloor, endFloorsLeft } from '#townhalls/floor/keeping.server.ts';
import { stateForRecord } from '#townhalls/floor/stating.server.ts';
import { recordOf, summarise } from '#townhalls/floor/summarising.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

test('an intervention becomes a contribution under the name and group that its event shows', async () => {
	for (const [attribution, shown] of [
		['named', { name: 'Ada of Kenya', group: 'academia' }],
		['group', { name: null, group: 'academia' }]
	] as const) {
		const { event, ask, give, act } = await aFloor(database, keys, attribution);
		await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
		await give(1);
		await act({ does: 'end' });
		await summarise(database, event, { turn: 1, text: 'Spectrum for all.', language: 'en' }, aSecretary);
		await stateForRecord(
			database,
			event,
			{ statementId: uuidv4(), text: 'A statement.', language: 'en', group: 'academia', name: 'Ben' },
			aVisitor('a phone')
		);
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
	const { event, ask, give, act } = await aFloor(database, keys, 'chatham');
	await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
	const requestId = (await floorOf(database, event)).asked[0]!.requestId;
	await give(1);
	await act({ does: 'end' });
	for (const text of ['one', 'two', 'three'])
		await stateForRecord(
			database,
			event,
			{ statementId: uuidv4(), text, language: 'en', group: 'academia', name: 'Ada' },
			aVisitor('a phone')
		);
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
		const { event, ask, give, act } = await aFloor(database, keys, 'named');
		await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
		await give(1);
		await act({ does: 'end' });
		await summarise(database, event, { turn: 1, text: 'Spectrum for all.', language: 'en' }, aSecretary);
		await stateForRecord(
			database,
			event,
			{ statementId: uuidv4(), text: 'A statement.', language: 'en', group: 'academia', name: 'Ben' },
			aVisitor('a phone')
		);
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
		const { rowCount } = await database.query(`select from event_voices where topic_id = $1`, [topicId]);
		assert.equal(rowCount, attribution === 'chatham' ? 0 : 1);
	}
});

test('a floor that nobody ended is ended after its event, and forgets; one that was called off may be ended by its chair, too', async () => {
	const begun = async () => {
		const { event, ask, give } = await aFloor(database, keys, 'chatham');
		await ask('ada', { group: 'academia', name: 'Ada of Kenya' });
		await give(1);
		await stateForRecord(
			database,
			event,
			{ statementId: uuidv4(), text: 'A statement.', language: 'en', group: null, name: '' },
			aVisitor('a phone')
		);
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
		...['floor_overrides', 'floor_acts', 'floor_tray', 'event_voices', 'intervention_contributions']
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
