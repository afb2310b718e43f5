import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe } from '#cafes/examples.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { obeyAtTables } from '#cafes/harvest/obeying.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { changeEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();
const staff: Actor = { kind: 'job', name: 'test' };

async function aTableUnder(attribution: Attribution, { isPlanned = false } = {}) {
	const { topicId, eventId } = await anEvent(database, { attribution, isPlanned });
	await aCafe(database, { event: { topicId, eventId } });
	const become = (next: Attribution, basedOn = 1) =>
		changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: next }), basedOn }, aSecretary);
	return { table: { topicId, eventId, tableNumber: 1 }, become };
}

const counted = async (topicId: string, query: string) => (await database.query(query, [topicId])).rowCount;

test('a rule that becomes stricter holds at once for what waits in trays and for what hangs on the wall', async () => {
	for (const [next, groups] of [
		['group', ['academia']],
		['chatham', []]
	] as const) {
		const { table, become } = await aTableUnder('named');
		const { topicId, eventId } = table;
		const cards = [1, 2, 3].map((place) => aCard(table, { place, text: `Card ${place}`, name: 'Ada', group: 'academia' }));
		await takeCards(database, table, cards);
		await closeTables(database, table, staff);
		await takeCards(database, table, [aCard(table, { place: 4, name: 'Ben', group: 'academia' })]);
		await become(next);
		assert.equal(
			await counted(topicId, `select from graphile_worker.jobs where key = 'events.obey-rule ' || '${eventId}' and $1 <> ''`),
			1
		);
		await obeyAtTables(database, table);
		assert.deepEqual(
			(await trayOf(database, table)).map(({ name, group }) => [name, group]),
			[[null, groups[0] ?? null]],
			next
		);
		for (const note of await wallOf(database, topicId, eventId)) assert.deepEqual([note.name, note.groups], [null, groups], next);
		assert.equal(await counted(topicId, 'select from contribution_names where topic_id = $1'), 0);
		if (next === 'group') continue;
		assert.equal(await counted(topicId, 'select from contributions where topic_id = $1 and participant_number is not null'), 0);
		assert.equal(await counted(topicId, 'select from note_keys where topic_id = $1 and contribution_id is not null'), 0);
		assert.equal(await counted(topicId, `select from activity where topic_id = $1 and did = 'wrote'`), 0);
		const { rows } = await database.query<{ moments: number }>(
			`select count(distinct received_at)::int as moments from contributions where topic_id = $1`,
			[topicId]
		);
		assert.deepEqual(rows, [{ moments: 1 }]);
		// what came before the rule became stricter is taken, and known when it comes again
		assert.deepEqual(
			(await takeCards(database, table, cards)).map(({ refused }) => refused),
			[null, null, null]
		);
		await endHarvest(database, table, staff);
		assert.equal((await wallOf(database, topicId, eventId)).length, 4);
	}
});

test('an event that nobody has seen yet promises its rule to whoever wrote a card under it', async () => {
	const { table, become } = await aTableUnder('chatham', { isPlanned: true });
	await become('named');
	await become('chatham', 2);
	await takeCards(database, table, [aCard(table, { isRehearsal: true })]);
	await become('group', 3);
	await become('chatham', 4);
	await takeCards(database, table, [aCard(table)]);
	await assert.rejects(become('named', 5), { code: 'rule-promised' });
});

test('a rule that becomes stricter after the harvest takes the seating with it', async () => {
	const { table, become } = await aTableUnder('group');
	const { topicId } = table;
	await database.query(`insert into cafe_cards values ($1, $2, $3, 1, 'BCDF')`, [topicId, table.eventId, crypto.randomUUID()]);
	await takeCards(database, table, [aCard(table)]);
	await endHarvest(database, table, staff);
	await become('chatham');
	await obeyAtTables(database, table);
	for (const name of ['cafe_cards', 'note_keys'])
		assert.equal(await counted(topicId, `select from ${name} where topic_id = $1`), 0, name);
});
