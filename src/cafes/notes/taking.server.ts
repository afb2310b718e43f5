import { cafeOf } from '#cafes/reading.server.ts';
import { cardFrom, faultOf, longestCard, placeOf, type Card } from '#cafes/notes/note.ts';
import { asTheRuleLets, eventHeld } from '#cafes/notes/rule.server.ts';
import { holdTray, isHarvestOver, type TableOfCafe } from '#cafes/notes/tray.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { relyOnRule } from '#events/promising.server.ts';
import { languageTag } from '#languages/languages.ts';
import { isBlank } from '#languages/usable.ts';
import { refusal, type Refusal } from '#refusals/refusal.ts';

/** The server's word about a card: taken, now or before, or why not. */
export interface CardAnswered {
	readonly id: string;
	readonly refused: Refusal | null;
}

/** At once. */
export const mostCards = 100;
/** In the tray of a table: a number that no table writes, and a disk survives. */
const mostWaiting = 5000;

/**
 * Takes cards into the tray of a table, in any order and as often as they come: the same id is the same card, and is answered the same way. Each
 * is answered for itself; one that cannot be taken spoils no other.
 * @returns a word for each that has an id, in the order given
 */
export async function takeCards(
	database: Database | Transaction,
	table: TableOfCafe,
	sent: readonly unknown[]
): Promise<CardAnswered[]> {
	if (sent.length > mostCards) throw refusal('too-large');
	const cards = sent.flatMap((input) => cardFrom(input) ?? []);
	if (cards.length < sent.length && cards.length === 0) throw refusal('unreadable');
	return inTransaction(database, async (transaction) => {
		await holdTray(transaction, table);
		const event = await eventHeld(transaction, table);
		await requireOpenTopic(transaction, table.topicId);
		const { rounds } = await cafeOf(transaction, table.topicId, table.eventId);
		const groups = await groupsKnown(transaction);
		const isOver = await isHarvestOver(transaction, table.topicId, table.eventId);
		const isCancelled = event.state === 'cancelled';
		const known = await knownOf(transaction, table, cards);
		const answers: CardAnswered[] = [];
		const taken: Card[] = [];
		let room = mostWaiting - known.waiting;
		for (const card of cards) {
			const before = known.at.get(card.id);
			let refused: Refusal | null = null;
			if (card.table !== placeOf(table)) refused = refusal('note-of-other-table');
			else if (before === undefined) refused = refusedOf(card, { rounds: rounds.length, isCancelled, isOver, room });
			else if (!before) refused = refusal('note-of-other-table');
			answers.push({ id: card.id, refused });
			if (refused || before !== undefined || card.isRehearsal) continue;
			known.at.set(card.id, true);
			taken.push(asTheRuleLets(event, asKept(card, groups)));
			room -= 1;
		}
		if (taken.length > 0) await relyOnRule(transaction, table);
		await lay(transaction, table, taken);
		return answers;
	});
}

function refusedOf(
	card: Card,
	{
		rounds,
		isCancelled,
		isOver,
		room
	}: { readonly rounds: number; readonly isCancelled: boolean; readonly isOver: boolean; readonly room: number }
): Refusal | null {
	const fault = faultOf(card);
	if (fault) return refusal('unusable-text', { reason: fault, what: 'text', max: longestCard });
	if (card.round > rounds) return refusal('note-of-no-round', { round: card.round });
	if (languageTag(card.language) === null) return refusal('unknown-language', { tag: card.language.slice(0, 60) });
	if (isCancelled) return refusal('event-cancelled');
	if (isOver && !card.isRehearsal) return refusal('harvest-over');
	return room <= 0 ? refusal('tray-full') : null;
}

function asKept(card: Card, groups: ReadonlySet<string>): Card {
	const name = card.name !== null && !isBlank(card.name) ? card.name.trim() : null;
	const group = card.group !== null && groups.has(card.group) ? card.group : null;
	return { ...card, name, group, language: languageTag(card.language)! };
}

async function groupsKnown(transaction: Transaction): Promise<Set<string>> {
	const { rows } = await transaction.query<{ key: string }>('select group_key as key from stakeholder_groups');
	return new Set(rows.map(({ key }) => key));
}

/** Which cards are known: of this table (true), or of another (false). */
async function knownOf(
	transaction: Transaction,
	{ topicId, eventId, tableNumber }: TableOfCafe,
	cards: readonly Card[]
): Promise<{ at: Map<string, boolean>; waiting: number }> {
	const { rows } = await transaction.query<{ id: string; isHere: boolean }>(
		`
			select note_id as id, event_id = $2 and table_number = $3 as "isHere"
			from waiting_notes
			where topic_id = $1 and note_id = any ($4::uuid[])
			union all
			select note_id, event_id = $2
			from note_keys
			where topic_id = $1 and note_id = any ($4::uuid[])`,
		[topicId, eventId, tableNumber, cards.map(({ id }) => id)]
	);
	const counted = await transaction.query<{ waiting: number }>(
		'select count(*) as waiting from waiting_notes where topic_id = $1 and event_id = $2 and table_number = $3',
		[topicId, eventId, tableNumber]
	);
	return { at: new Map(rows.map(({ id, isHere }) => [id, isHere])), waiting: counted.rows[0]!.waiting };
}

async function lay(
	transaction: Transaction,
	{ topicId, eventId, tableNumber }: TableOfCafe,
	cards: readonly Card[]
): Promise<void> {
	if (cards.length === 0) return;
	await transaction.query(
		`
			insert into waiting_notes (topic_id, note_id, event_id, table_number, round_number, place, phone, marker, language, text, revises,
				said_by_group, said_by_name)
			select $1, id, $2, $3, round, place, phone, marker, language, text, revises, "group", name
			from json_to_recordset($4::json) as given (id uuid, round int, place int, phone uuid, marker text, language text, text text,
				revises uuid, "group" text, name text)
			on conflict (topic_id, note_id) do nothing`,
		[topicId, eventId, tableNumber, JSON.stringify(cards)]
	);
}
