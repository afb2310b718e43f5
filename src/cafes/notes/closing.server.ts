import { randomInt } from 'node:crypto';
import { record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { threadsOf } from '#cafes/notes/note.ts';
import { asTheRuleLets, eventHeld } from '#cafes/notes/rule.server.ts';
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
import { addContributionVersion, withdrawContribution } from '#contributions/receiving.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { refusal } from '#refusals/refusal.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';

/** Whoever has the notebook of a table closes it; what comes from a late phone waits until it is closed once more. @returns how many cards became notes */
export async function closeTable(database: Database | Transaction, table: TableOfCafe): Promise<number> {
	return inTransaction(database, async (transaction) => empty(transaction, table));
}

/** Staff empty all trays: at the end of a café, and once more for what came late. */
export async function closeTables(
	database: Database | Transaction,
	{ topicId, eventId }: Omit<TableOfCafe, 'tableNumber'>,
	actor: Actor
): Promise<number> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		// all at once: whoever empties one tray after the other waits for those whose counters they hold
		await holdTrays(transaction, topicId, eventId);
		let cards = 0;
		for (const { tableNumber, waiting } of await traysOf(transaction, topicId, eventId))
			if (waiting > 0) cards += await empty(transaction, { topicId, eventId, tableNumber });
		return cards;
	});
}

/** A wording that becomes a contribution, with those that led to it. */
interface Settled {
	readonly last: WaitingNote;
	/** the first wording and each that was said in its place; under the Chatham House rule the last alone */
	readonly wordings: readonly WaitingNote[];
	readonly cardId: string;
	readonly round: number;
}

async function empty(transaction: Transaction, table: TableOfCafe): Promise<number> {
	const { topicId, eventId, tableNumber } = table;
	await holdTray(transaction, table);
	if (await isHarvestOver(transaction, topicId, eventId)) throw refusal('harvest-over');
	const event = await eventHeld(transaction, table);
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
		[topicId, eventId, tableNumber, settled.length, transaction.at]
	);
	// the table, never who had its notebook
	await record(transaction, {
		...{ topicId, actor: { kind: 'job', name: 'notes' }, did: 'wrote', kind: 'table', thingId: eventId },
		details: { table: tableNumber, cards: settled.length }
	});
	return settled.length;
}

/** Under the Chatham House rule: nothing but the last wordings, shuffled. A late revision of what was taken before cannot know its card, and stands beside it. */
function settleUnknown(waiting: readonly WaitingNote[]): Settled[] {
	return shuffled(
		threadsOf(waiting).flatMap(({ first, wordings }) => {
			const cardId = uuidv4();
			return wordings.map((last) => ({ last, wordings: [last], cardId, round: first.round }));
		})
	);
}

/** With all wordings; revisions of cards that were taken before become their next versions, or stand beside them where another came first. */
async function settleKnown(transaction: Transaction, table: TableOfCafe, waiting: readonly WaitingNote[]): Promise<Settled[]> {
	const known = new Map(waiting.map((note) => [note.id, note]));
	const settled: Settled[] = [];
	for (const { first, wordings } of threadsOf(waiting)) {
		const taken = first.revises === null ? null : await takenAs(transaction, table.topicId, first.revises);
		if (taken && wordings.length <= 1 && taken.isLast) {
			await goOn(transaction, table.topicId, taken, wordings[0] ?? null, first);
			continue;
		}
		const cardId = taken?.cardId ?? uuidv4();
		for (const last of wordings) {
			const led: WaitingNote[] = [last];
			for (let at = last; at.revises !== null && known.has(at.revises) && led.length <= waiting.length;)
				led.unshift((at = known.get(at.revises)!));
			settled.push({ last, wordings: led.filter(({ text }) => text.trim() !== ''), cardId, round: first.round });
		}
	}
	return settled;
}

interface Taken {
	readonly contributionId: string;
	readonly cardId: string;
	readonly version: number;
	/** nobody said it anew meanwhile */
	readonly isLast: boolean;
}

async function takenAs(transaction: Transaction, topicId: string, noteId: string): Promise<Taken | null> {
	const { rows } = await transaction.query<Taken>(
		`
			select k.contribution_id as "contributionId", n.card_id as "cardId", k.version,
				k.version = (
					select max(version)
					from contribution_versions v
					where v.topic_id = k.topic_id and v.contribution_id = k.contribution_id
				) as "isLast"
			from note_keys k
			join notes n using (topic_id, contribution_id)
			where k.topic_id = $1 and k.note_id = $2`,
		[topicId, noteId]
	);
	return rows[0] ?? null;
}

async function goOn(transaction: Transaction, topicId: string, taken: Taken, last: WaitingNote | null, first: WaitingNote) {
	const { contributionId, version } = taken;
	if (last) {
		const { text, language } = last;
		await addContributionVersion(transaction, { topicId, contributionId, version: version + 1, text, language });
	} else await withdrawContribution(transaction, { topicId, contributionId, reason: '' });
	await transaction.query(
		`insert into note_keys (topic_id, note_id, event_id, contribution_id, version)
		select topic_id, $3, event_id, contribution_id, $4 from notes where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId, (last ?? first).id, version + (last ? 1 : 0)]
	);
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
	const speakers = await speakersOf(transaction, topicId, settled);
	const texts = settled.map(({ wordings, last }): BroughtInText => {
		const { text, language } = wordings[0] ?? last;
		const participant = last.group === null ? null : speakers.get(last.group)!;
		const attribution = last.name !== null ? 'named' : participant ? 'group' : 'anonymous';
		return { participant, attribution, name: last.name, text, language };
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

/** One participant for each group that spoke at the table, linked to nobody: what a group says there counts for it. */
async function speakersOf(transaction: Transaction, topicId: string, settled: readonly Settled[]) {
	const groups = [...new Set(settled.flatMap(({ last }) => last.group ?? []))].sort();
	const participants = await bringInParticipants(
		transaction,
		topicId,
		groups.map((group) => ({ ...nothingStated, groups: [group] }))
	);
	return new Map(groups.map((group, at) => [group, participants[at]!]));
}

/** Midnight at the venue before the event began: the one moment of everything that was said there. */
async function dayOf(transaction: Transaction, { startsAt, zone }: EventOfTopic): Promise<Date> {
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
	keys: readonly { readonly id: string; readonly contribution: string | null; readonly version: number | null }[]
): Promise<void> {
	const rest = waiting.filter(({ id }) => !keys.some((key) => key.id === id));
	const all = [...keys, ...rest.map(({ id }) => ({ id, contribution: null, version: null }))];
	await transaction.query(
		`
			insert into note_keys (topic_id, note_id, event_id, contribution_id, version)
			select $1, id, $2, contribution, version
			from json_to_recordset($3::json) as given (id uuid, contribution uuid, version int)
			on conflict (topic_id, note_id) do nothing`,
		[event.topicId, event.eventId, JSON.stringify(isChatham(event) ? shuffled(all) : all)]
	);
}

/** By lot, every order as likely (Fisher and Yates). */
function shuffled<Thing>(things: readonly Thing[]): Thing[] {
	const order = [...things];
	for (let at = order.length - 1; at > 0; at--) {
		const other = randomInt(at + 1);
		[order[at], order[other]] = [order[other]!, order[at]!];
	}
	return order;
}
