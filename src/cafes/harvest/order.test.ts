import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { appointHost, dismissHost, makeHostLink } from '#cafes/hosts.server.ts';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { mailHostLink } from '#cafes/mailing-hosts.server.ts';
import { closeTable, closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import type { TableOfCafe } from '#cafes/notes/tray.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';

const database = await testDatabase();
const staff: Actor = { kind: 'job', name: 'test' };

async function aTable(attribution: Attribution = 'chatham'): Promise<TableOfCafe> {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	return { topicId, eventId, tableNumber: 1 };
}

/** Cards come one by one, and each time all trays are emptied. */
async function writeOneByOne(table: TableOfCafe, texts: readonly string[]): Promise<void> {
	for (const [at, text] of texts.entries()) {
		await takeCards(database, table, [aCard(table, { text, place: at + 1 })]);
		await closeTables(database, table, staff);
	}
}

const asTheyLie = async ({ topicId }: TableOfCafe) => {
	const { rows } = await database.query<{ text: string }>(
		'select text from contribution_versions where topic_id = $1 order by ctid',
		[topicId]
	);
	return rows.map(({ text }) => text);
};

test('under the Chatham House rule the harvest leaves nothing of the order in which trays were emptied: no row, no time, no number', async () => {
	const said = Array.from({ length: 12 }, (_, at) => `Said as number ${at}`);
	const table = await aTable();
	await writeOneByOne(table, said);
	await endHarvest(database, table, staff);
	const { topicId } = table;
	for (const name of ['contributions', 'contribution_versions', 'notes']) {
		const { rows } = await database.query<{ text: string; wrote: string }>(
			`select v.text, t.xmin::text as wrote
			from ${name} t
			join contribution_versions v using (topic_id, contribution_id)
			where topic_id = $1
			order by t.ctid`,
			[topicId]
		);
		assert.notDeepEqual(
			rows.map(({ text }) => text),
			said,
			`${name} lie in their order`
		);
		assert.equal(new Set(rows.map(({ wrote }) => wrote)).size, 1, `${name} were written by several transactions`);
	}
	const closings = await database.query<{ cards: number; isDay: boolean }>(
		`select cards, closed_at = date_trunc('day', closed_at at time zone 'Asia/Makassar') at time zone 'Asia/Makassar' as "isDay"
		from note_closings
		where topic_id = $1`,
		[topicId]
	);
	assert.deepEqual(
		closings.rows.map(({ cards }) => cards),
		[12]
	);
	const acts = await database.query(`select from activity where topic_id = $1 and did = 'wrote'`, [topicId]);
	assert.equal(acts.rowCount, 0, 'what a table wrote has a time of its own in the record');
});

test('where people speak openly notes lie in the order in which they came, and the record tells how many a table wrote', async () => {
	const said = ['One', 'Two', 'Three'];
	const table = await aTable('group');
	await writeOneByOne(table, said);
	await endHarvest(database, table, staff);
	assert.deepEqual(await asTheyLie(table), said);
	const acts = await database.query(`select from activity where topic_id = $1 and did = 'wrote'`, [table.topicId]);
	assert.equal(acts.rowCount, 3);
});

test('under the Chatham House rule nobody empties a single tray, and nobody any while a round is on', async () => {
	const table = await aTable();
	const round = { ...table, roundNumber: 1 };
	await takeCards(database, table, [aCard(table)]);
	await assert.rejects(closeTable(database, table), { code: 'trays-together' });
	await beginRound(database, round, staff);
	await assert.rejects(closeTables(database, table, staff), { code: 'trays-together' });
	await endRound(database, table, staff);
	assert.equal(await closeTables(database, table, staff), 1);
	// a rehearsal is no round, and an open event may be harvested at any time
	const open = await aTable('named');
	await beginRound(database, { ...open, roundNumber: 1 }, staff);
	await takeCards(database, open, [aCard(open)]);
	assert.equal(await closeTable(database, open), 1);
});

test('the harvest ends also while a round is on: what it forgets is not kept for want of a click', async () => {
	const table = await aTable();
	await beginRound(database, { ...table, roundNumber: 1 }, staff);
	await takeCards(database, table, [aCard(table)]);
	await endHarvest(database, table, staff);
	assert.equal((await asTheyLie(table)).length, 1);
});

test('under the Chatham House rule the mails that told hosts their table are forgotten with them', async () => {
	const table = await aTable();
	const { topicId, eventId } = table;
	const appoint = async (email: string) => {
		const hostId = await appointHost(database, { topicId, eventId, host: aHost({ email }) }, staff);
		const { secret, host } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
		await inTransaction(database, (transaction) =>
			mailHostLink(transaction, { topicId, eventId }, { host, secret, origin: 'https://talks.example' })
		);
		return hostId;
	};
	const left = async () =>
		(
			await database.query(`select from mails where topic_id = $1 and kind = 'host-link' and (to_address <> '' or body <> '')`, [
				topicId
			])
		).rowCount;
	await appoint('amina@example.org');
	const dismissed = await appoint('ben@example.org');
	assert.equal(await left(), 2);
	await dismissHost(database, { topicId, eventId, hostId: dismissed }, staff);
	assert.equal(await left(), 1, 'who hosts no more');
	await endHarvest(database, table, staff);
	assert.equal(await left(), 0);
});
