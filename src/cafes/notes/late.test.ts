import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCafe } from '#cafes/examples.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { closeTable } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import type { Card } from '#cafes/notes/note.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import type { TableOfCafe } from '#cafes/notes/tray.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';

const database = await testDatabase();

async function aTable(topicId?: string): Promise<TableOfCafe> {
	const event = await anEvent(database, { attribution: 'named', ...(topicId && { topicId }) });
	await aCafe(database, { event });
	return { topicId: event.topicId, eventId: event.eventId, tableNumber: 1 };
}

/** Cards come, and the table is closed. */
async function write(table: TableOfCafe, ...cards: Card[]): Promise<void> {
	const answers = await takeCards(database, table, cards);
	assert.ok(answers.every(({ refused }) => refused === null));
	await closeTable(database, table);
}

const wall = async ({ topicId, eventId }: TableOfCafe) =>
	(await wallOf(database, topicId, eventId)).map(({ text, version, hasTwin }) => [text, version, hasTwin]);

test('what another phone said anew stands, although the card was taken back meanwhile', async () => {
	const table = await aTable();
	const card = aCard(table);
	await write(table, card);
	await write(table, aCard(table, { revises: card.id, place: 2, text: '' }));
	assert.deepEqual(await wall(table), []);
	await write(table, aCard(table, { revises: card.id, place: 3, text: 'Said better by another phone', phone: uuidv4() }));
	assert.deepEqual(await wall(table), [['Said better by another phone', 1, false]]);
	await write(table, aCard(table, { revises: card.id, place: 4, text: '', phone: uuidv4() }));
	assert.deepEqual(
		await wall(table),
		[['Said better by another phone', 1, false]],
		'taken back once more by who did not know of it'
	);
});

test('what was erased does not come back with a phone that is late', async () => {
	const table = await aTable();
	const card = aCard(table);
	await write(table, card);
	const { noteId } = (await wallOf(database, table.topicId, table.eventId))[0]!;
	await inTransaction(database, (transaction) => eraseTexts(transaction, table.topicId, [noteId], { kind: 'job', name: 'test' }));
	await write(table, aCard(table, { revises: card.id, place: 2, text: `${card.text}, I said` }));
	assert.deepEqual(await wall(table), []);
	const { rows } = await database.query('select distinct text from contribution_versions where topic_id = $1', [table.topicId]);
	assert.deepEqual(rows, [{ text: '' }]);
});

test('no table changes or takes back what another one wrote, nor what was written in another café', async () => {
	const table = await aTable();
	const card = aCard(table);
	await write(table, card);
	const other = { ...table, tableNumber: 2 };
	const elsewhere = await aTable(table.topicId);
	for (const [at, place] of [
		[other, 2],
		[elsewhere, 3]
	] as const) {
		await write(at, aCard(at, { revises: card.id, place, text: `Said by ${place}` }));
		await write(at, aCard(at, { revises: card.id, place: place + 2, text: '' }));
	}
	assert.deepEqual(await wall(table), [
		[card.text, 1, false],
		['Said by 2', 1, false]
	]);
	assert.deepEqual(await wall(elsewhere), [['Said by 3', 1, false]]);
});

test('each wording that came late is kept, as are its marker and who said it; each can be said anew', async () => {
	const table = await aTable();
	const card = aCard(table);
	await write(table, card);
	const second = aCard(table, { revises: card.id, place: 2, text: 'Second', marker: 'concern' });
	const third = aCard(table, { revises: second.id, place: 3, text: 'Third', marker: 'question', name: 'Ada', group: 'academia' });
	await write(table, second, third);
	const { rows } = await database.query<{ text: string }>(
		'select text from contribution_versions where topic_id = $1 order by version',
		[table.topicId]
	);
	assert.deepEqual(
		rows.map(({ text }) => text),
		[card.text, 'Second', 'Third']
	);
	const [note] = await wallOf(database, table.topicId, table.eventId);
	assert.deepEqual([note!.marker, note!.name, note!.groups], ['question', 'Ada', ['academia']]);
	await write(table, aCard(table, { revises: second.id, place: 4, text: 'Rival of the third' }));
	assert.deepEqual(await wall(table), [
		['Third', 3, true],
		['Rival of the third', 1, true]
	]);
	await write(table, aCard(table, { revises: third.id, place: 5, text: 'Fourth' }));
	assert.deepEqual(await wall(table), [
		['Fourth', 4, true],
		['Rival of the third', 1, true]
	]);
});

test('a card that was taken is not refused when its phone sends it once more after the harvest; one that was not is', async () => {
	const table = await aTable();
	const [closed, waited] = [aCard(table), aCard(table, { place: 2, text: 'Waited until the end' })];
	await write(table, closed);
	await takeCards(database, table, [waited]);
	await endHarvest(database, table, { kind: 'job', name: 'test' });
	const answers = await takeCards(database, table, [closed, waited, aCard(table, { place: 3, text: 'Never came' })]);
	assert.deepEqual(
		answers.map(({ refused }) => refused?.code ?? 'accepted'),
		['accepted', 'accepted', 'harvest-over']
	);
});
