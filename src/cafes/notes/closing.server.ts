import { randomInt } from 'node:crypto';
import { record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { roundNow } from '#cafes/leading.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { asTheRuleLets, eventHeld } from '#cafes/notes/rule.server.ts';
import { insertKeys, settleKnown, settleUnknown, shuffled, type KeyOfNote, type Settled } from '#cafes/notes/settling.server.ts';
import { keepSources } from '#cafes/notes/sources.server.ts';
import { saidBy, speakersOf } from '#cafes/notes/speaking.server.ts';
import {
	holdTray,
	holdTrays,
	isHarvestOver,
	trayOf,
	traysOf,
	type TableOfCafe,
	type WaitingNote
} from '#cafes/notes/tray.server.ts';
import { bringInTexts, type BroughtInText } from '#contributions/bringing-in.server.ts';
import { addContributionVersion } from '#contributions/receiving.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * Whoever has the notebook of a table closes it; what comes from a late phone waits until it is closed once more. Under the Chatham House rule nobody does: whoever
 * closed a table after each card would tell in which order they were said. @returns how many cards became notes
 */
export async function closeTable(database: Database | Transaction, table: TableOfCafe): Promise<number> {
	return inTransaction(database, async (transaction) => {
		await holdTray(transaction, table);
		const event = await eventThatCloses(transaction, table);
		if (isChatham(event)) throw refusal('trays-together');
		return empty(transaction, event, table);
	});
}

/** Staff empty all trays: at the end of a café, and once more for what came late. Under the Chatham House rule not while a round is on. */
export async function closeTables(
	database: Database | Transaction,
	{ topicId, eventId }: Omit<TableOfCafe, 'tableNumber'>,
	actor: Actor
): Promise<number> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdTrays(transaction, topicId, eventId);
		const event = await eventThatCloses(transaction, { topicId, eventId });
		const on = isChatham(event) ? await roundNow(transaction, topicId, eventId) : null;
		if (on && !on.isRehearsal) throw refusal('trays-together');
		return emptyAll(transaction, event);
	});
}

async function eventThatCloses(transaction: Transaction, of: Omit<TableOfCafe, 'tableNumber'>): Promise<EventOfTopic> {
	const event = await eventHeld(transaction, of);
	await requireOpenTopic(transaction, of.topicId);
	if (event.state === 'cancelled') throw refusal('event-cancelled');
	if (await isHarvestOver(transaction, of.topicId, of.eventId)) throw refusal('harvest-over');
	return event;
}

/** All at once, whoever holds them: one tray after the other would wait for those whose counters they hold. */
export async function emptyAll(transaction: Transaction, event: EventOfTopic): Promise<number> {
	const { topicId, eventId } = event;
	let cards = 0;
	for (const { tableNumber, waiting } of await traysOf(transaction, topicId, eventId))
		if (waiting > 0) cards += await empty(transaction, event, { topicId, eventId, tableNumber });
	return cards;
}

async function empty(transaction: Transaction, event: EventOfTopic, table: TableOfCafe): Promise<number> {
	const { topicId, eventId, tableNumber } = table;
	const waiting = (await trayOf(transaction, table)).map((card) => asTheRuleLets(event, card));
	const settled = isChatham(event) ? settleUnknown(waiting) : await settleKnown(transaction, table, waiting);
	const notes = await write(transaction, event, table, settled);
	const keys = isChatham(event)
		? waiting.map(({ id }) => ({ id, contribution: null, version: null }))
		: settled.flatMap(({ wordings }, at) =>
				wordings.map(({ id }, before) => ({ id, contribution: notes[at]!, version: before + 1 }))
			);
	await rememberKeys(transaction, event, waiting, keys);
	await transaction.query('delete from waiting_notes where topic_id = $1 and event_id = $2 and table_number = $3', [
		...[topicId, eventId, tableNumber]
	]);
	await transaction.query(
		`insert into note_closings (topic_id, event_id, table_number, closing, cards, closed_at)
		select $1, $2, $3, coalesce(max(closing), 0) + 1, $4, $5
		from note_closings
		where topic_id = $1 and event_id = $2 and table_number = $3`,
		[topicId, eventId, tableNumber, settled.length, isChatham(event) ? await dayOf(transaction, event) : transaction.at]
	);
	// a row of the record has a time
	if (isChatham(event)) return settled.length;
	// the table, never who had its notebook
	await record(transaction, {
		...{ topicId, actor: { kind: 'job', name: 'notes' }, did: 'wrote', kind: 'table', thingId: eventId },
		details: { table: tableNumber, cards: settled.length }
	});
	return settled.length;
}

/** @returns their contributions, in the order given */
async function write(
	transaction: Transaction,
	event: EventOfTopic,
	{ topicId, eventId, tableNumber }: TableOfCafe,
	settled: readonly Settled[]
): Promise<string[]> {
	if (settled.length === 0) return [];
	const { rounds } = await cafeOf(transaction, topicId, eventId);
	const speakers = await speakersOf(
		transaction,
		{ topicId, eventId },
		settled.map(({ last }) => last)
	);
	const texts = settled.map(({ wordings, last }): BroughtInText => {
		const { text, language } = wordings[0] ?? last;
		return { ...saidBy(speakers, last), text, language };
	});
	const asOf = isChatham(event) ? await dayOf(transaction, event) : null;
	const ids = await bringInTexts(transaction, topicId, 'note', texts, { channel: 'café', asOf });
	for (const [at, { wordings }] of settled.entries())
		for (const [before, { text, language }] of wordings.slice(1).entries())
			await addContributionVersion(transaction, { topicId, contributionId: ids[at]!, version: before + 2, text, language });
	await transaction.query(
		`
			insert into notes (topic_id, contribution_id, event_id, table_number, round_number, question_id, marker, place, card_id)
			select $1, id, $2, $3, round, question, marker, place, card
			from json_to_recordset($4::json) as given (id uuid, round int, question uuid, marker text, place int, card uuid)`,
		[
			...[topicId, eventId, tableNumber],
			JSON.stringify(
				settled.map(({ last, cardId, round }, at) => ({
					...{ id: ids[at], round, marker: last.marker, card: cardId },
					...{ question: rounds[round - 1]?.questionId ?? null, place: isChatham(event) ? randomInt(2 ** 31) : last.place }
				}))
			)
		]
	);
	return ids;
}

/** Midnight at the venue before the event began: under the Chatham House rule the one moment of everything that was said there. */
export async function dayOf(transaction: Transaction, { startsAt, zone }: EventOfTopic): Promise<Date> {
	const { rows } = await transaction.query<{ day: Date }>(
		`select date_trunc('day', $1::timestamptz at time zone $2) at time zone $2 as day`,
		[startsAt, zone]
	);
	return rows[0]!.day;
}

async function rememberKeys(
	transaction: Transaction,
	event: EventOfTopic,
	waiting: readonly WaitingNote[],
	keys: readonly KeyOfNote[]
): Promise<void> {
	const rest = waiting.filter(({ id }) => !keys.some((key) => key.id === id));
	const all = [...keys, ...rest.map(({ id }) => ({ id, contribution: null, version: null }))];
	await keepSources(transaction, event, all);
	await insertKeys(transaction, event, isChatham(event) ? shuffled(all) : all);
}
