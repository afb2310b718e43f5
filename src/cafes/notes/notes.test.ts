import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe } from '#cafes/examples.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTable, closeTables } from '#cafes/notes/closing.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import type { Card } from '#cafes/notes/note.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { trayOf, traysOf, type TableOfCafe } from '#cafes/notes/tray.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase, atOnce } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';

const database = await testDatabase();
const staff: Actor = { kind: 'job', name: 'test' };

async function aTable(attribution: Attribution = 'named'): Promise<TableOfCafe> {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	return { topicId, eventId, tableNumber: 1 };
}

const codes = async (table: TableOfCafe, ...cards: unknown[]) =>
	(await takeCards(database, table, cards)).map(({ refused }) => refused?.code ?? 'accepted');
const wall = async ({ topicId, eventId }: TableOfCafe) => wallOf(database, topicId, eventId);

test('the same card is kept once, however often and in whatever company it comes, and is answered the same way', async () => {
	const table = await aTable();
	const [one, two] = [aCard(table), aCard(table, { place: 2, text: 'Two' })];
	assert.deepEqual(await codes(table, one), ['accepted']);
	assert.deepEqual(await codes(table, two, one, { ...one, text: 'altered' }), ['accepted', 'accepted', 'accepted']);
	assert.deepEqual(
		(await trayOf(database, table)).map(({ text }) => text),
		[one.text, 'Two']
	);
	await closeTable(database, table);
	assert.deepEqual(await codes(table, one), ['accepted'], 'also after the table was closed');
	assert.equal((await trayOf(database, table)).length, 0);
});

test('two phones that send the same cards at once keep each once', async () => {
	const table = await aTable();
	const cards = Array.from({ length: 20 }, (_, at) => aCard(table, { place: at + 1, text: `Card ${at}` }));
	const took = await atOnce(database, [
		(transaction) => takeCards(transaction, table, cards),
		(transaction) => takeCards(transaction, table, [...cards].reverse())
	]);
	assert.deepEqual(took, ['done', 'done']);
	assert.deepEqual(
		(await trayOf(database, table)).map(({ text }) => text),
		cards.map(({ text }) => text)
	);
});

test('a card that cannot be taken is answered by name and spoils no other', async () => {
	const table = await aTable();
	const other = { ...table, tableNumber: 2 };
	assert.deepEqual(
		await codes(
			table,
			aCard(table, { text: 'x'.repeat(501) }),
			aCard(table, { text: '  ' }),
			aCard(table, { text: 'a\0b' }),
			aCard(table, { round: 4 }),
			aCard(table, { language: 'not a language' }),
			aCard(other),
			aCard(table)
		),
		['unusable-text', 'unusable-text', 'unusable-text', 'note-of-no-round', 'unknown-language', 'note-of-other-table', 'accepted']
	);
	assert.deepEqual(await codes(table, aCard(table), 'no card at all'), ['accepted']);
	await assert.rejects(takeCards(database, table, ['no card at all']), { code: 'unreadable' });
	await assert.rejects(takeCards(database, table, Array(101).fill(aCard(table))), { code: 'too-large' });
});

test('a card is of one table: under the id of another table it is refused', async () => {
	const table = await aTable();
	const card = aCard(table);
	await takeCards(database, table, [card]);
	const other = { ...table, tableNumber: 2 };
	assert.deepEqual(await codes(other, { ...card, table: `${table.eventId}/2` }), ['note-of-other-table']);
});

test('a rehearsal is answered like the real thing, and nothing of it is kept', async () => {
	const table = await aTable();
	assert.deepEqual(await codes(table, aCard(table, { isRehearsal: true }), aCard(table, { isRehearsal: true, text: '' })), [
		'accepted',
		'unusable-text'
	]);
	assert.equal((await trayOf(database, table)).length, 0);
});

test('revisions become versions of the card; of two that knew nothing of each other both stand, and are marked', async () => {
	const table = await aTable();
	const [card, twice] = [aCard(table), aCard(table, { place: 2, text: 'Twice' })];
	const phone = uuidv4();
	await takeCards(database, table, [
		aCard(table, { revises: twice.id, place: 4, text: 'Twice, mine' }),
		card,
		twice,
		aCard(table, { revises: twice.id, place: 4, text: 'Twice, yours', phone }),
		aCard(table, { revises: card.id, place: 3, text: 'Better' })
	]);
	assert.equal(await closeTable(database, table), 3);
	const notes = await wall(table);
	assert.deepEqual(
		notes.map(({ text, version, hasTwin }) => [text, version, hasTwin]),
		[
			['Better', 2, false],
			['Twice, mine', 2, true],
			['Twice, yours', 2, true]
		]
	);
	const { rows } = await database.query<{ text: string }>(
		'select text from contribution_versions where topic_id = $1 and contribution_id = $2 order by version',
		[table.topicId, notes[0]!.noteId]
	);
	assert.deepEqual(
		rows.map(({ text }) => text),
		[card.text, 'Better']
	);
});

test('a revision that comes after the table was closed is the next version, a second one of the same stands beside it', async () => {
	const table = await aTable();
	const card = aCard(table);
	await takeCards(database, table, [card]);
	await closeTable(database, table);
	const next = aCard(table, { revises: card.id, place: 2, text: 'Next' });
	await takeCards(database, table, [next]);
	assert.equal(await closeTables(database, table, staff), 0, 'no new card');
	await takeCards(database, table, [aCard(table, { revises: card.id, place: 3, text: 'From a late phone' })]);
	await closeTable(database, table);
	assert.deepEqual(
		(await wall(table)).map(({ text, version, hasTwin }) => [text, version, hasTwin]),
		[
			['Next', 2, true],
			['From a late phone', 1, true]
		]
	);
	await takeCards(database, table, [aCard(table, { revises: next.id, place: 9, text: '' })]);
	await closeTable(database, table);
	assert.deepEqual(
		(await wall(table)).map(({ text }) => text),
		['From a late phone'],
		'taken back'
	);
});

test('a card says who spoke as far as the rule lets, and not a word more', async () => {
	const said = { name: ' Ada ', group: 'academia' };
	for (const [attribution, name, groups, rows] of [
		['named', 'Ada', ['academia'], 1],
		['group', null, ['academia'], 0],
		['chatham', null, [], 0]
	] as const) {
		const table = await aTable(attribution);
		await takeCards(database, table, [aCard(table, said), aCard(table, { group: 'no such group', text: 'Other', place: 2 })]);
		const waiting = await trayOf(database, table);
		assert.deepEqual([waiting[0]!.name, waiting[0]!.group, waiting[1]!.group], [name, groups[0] ?? null, null]);
		await closeTables(database, table, staff);
		const note = (await wall(table)).find(({ text }) => text !== 'Other')!;
		assert.deepEqual([note.name, note.groups], [name, groups]);
		const named = await database.query('select from contribution_names where topic_id = $1', [table.topicId]);
		assert.equal(named.rowCount, rows);
	}
});

test('late phones are taken until the harvest ends; then nothing is, and no key of a card is left', async () => {
	const table = await aTable('chatham');
	const card = aCard(table);
	await takeCards(database, table, [card]);
	await closeTables(database, table, staff);
	assert.deepEqual(await codes(table, card, aCard(table, { text: 'Late' })), ['accepted', 'accepted']);
	await endHarvest(database, table, staff);
	assert.deepEqual((await wall(table)).map(({ text }) => text).sort(), ['Late', card.text].sort());
	assert.deepEqual(await codes(table, aCard(table)), ['harvest-over']);
	for (const kept of ['waiting_notes', 'note_keys'])
		assert.equal((await database.query(`select from ${kept} where topic_id = $1`, [table.topicId])).rowCount, 0, kept);
	await assert.rejects(endHarvest(database, table, staff), { code: 'harvest-over' });
	await assert.rejects(closeTables(database, table, staff), { code: 'harvest-over' });
});

test('a harvest does not end while a card is being taken: it is in the notes, or refused', async () => {
	const table = await aTable();
	const [first, second] = await atOnce(database, [
		(transaction) => takeCards(transaction, table, [aCard(table)]),
		(transaction) => endHarvest(transaction, table, staff)
	]);
	assert.deepEqual([first, second], ['done', 'done']);
	assert.equal((await wall(table)).length, 1);
	assert.equal((await trayOf(database, table)).length, 0);
});

test('only who works for the talk empties the trays of all tables', async () => {
	const table = await aTable();
	const nobody: Actor = { kind: 'visitor', visitorId: 'x' };
	await assert.rejects(closeTables(database, table, nobody), { code: 'not-allowed' });
	await assert.rejects(endHarvest(database, table, nobody), { code: 'not-allowed' });
});

test('three hundred notes of one table within a minute are all taken', async () => {
	const table = await aTable();
	const cards = Array.from({ length: 300 }, (_, at): Card => aCard(table, { place: at + 1, text: `Card ${at}` }));
	for (let begun = 0; begun < 300; begun += 50) await takeCards(database, table, cards.slice(begun, begun + 50));
	assert.deepEqual(await traysOf(database, table.topicId, table.eventId), [
		{ tableNumber: 1, waiting: 300, taken: 0, closings: 0 }
	]);
	assert.equal(await closeTables(database, table, staff), 300);
	assert.deepEqual(await traysOf(database, table.topicId, table.eventId), [
		{ tableNumber: 1, waiting: 0, taken: 300, closings: 1 }
	]);
	assert.deepEqual(
		(await wall(table)).map(({ text }) => text),
		cards.map(({ text }) => text)
	);
});
