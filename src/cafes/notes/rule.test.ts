import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe } from '#cafes/examples.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTable, closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { holdTray, type TableOfCafe } from '#cafes/notes/tray.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { someoneWaits, testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { cancelEvent, changeEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();
const staff: Actor = { kind: 'job', name: 'test' };

async function aTable(attribution: Attribution = 'named'): Promise<TableOfCafe> {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	return { topicId, eventId, tableNumber: 1 };
}

test('a rule that became stricter holds for the cards that wait already', async () => {
	for (const [next, groups] of [
		['group', ['academia']],
		['chatham', []]
	] as const) {
		const table = await aTable('named');
		const { topicId, eventId } = table;
		await takeCards(database, table, [aCard(table, { name: 'Ada', group: 'academia' })]);
		await changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: next }), basedOn: 1 }, aSecretary);
		await closeTables(database, table, staff);
		const [note] = await wallOf(database, topicId, eventId);
		assert.deepEqual([note!.name, note!.groups], [null, groups], next);
		const kept = await database.query(
			`select attribution, participant_number is null as "isNobody", exists (select from contribution_names n where n.topic_id = c.topic_id) as "isNamed"
			from contributions c
			where topic_id = $1`,
			[topicId]
		);
		const isNobody = next === 'chatham';
		assert.deepEqual(kept.rows, [{ attribution: isNobody ? 'anonymous' : 'group', isNobody, isNamed: false }], next);
	}
});

test('staff close all tables while one is being closed: one waits for the other, and both go through', async () => {
	const table = await aTable('group');
	const other = { ...table, tableNumber: 2 };
	for (const one of [table, other]) await takeCards(database, one, [aCard(one, { group: 'academia' })]);
	const { all, own } = await inTransaction(database, async (transaction) => {
		await holdTray(transaction, other);
		const all = closeTables(database, table, staff).catch((error: { code?: string }) => error.code);
		await someoneWaits(database);
		return { all, own: await closeTable(transaction, other) };
	});
	assert.deepEqual([await all, own], [1, 1]);
});

test('an event that was cancelled takes no cards any more, and knows those that it took', async () => {
	const table = await aTable();
	const card = aCard(table);
	await takeCards(database, table, [card]);
	await cancelEvent(database, table.topicId, table.eventId, { en: 'A storm' }, aSecretary);
	const answers = await takeCards(database, table, [card, aCard(table, { place: 2 })]);
	assert.deepEqual(
		answers.map(({ refused }) => refused?.code ?? 'accepted'),
		['accepted', 'event-cancelled']
	);
});
