import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { textsOf, writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { moved, type Direction } from '#topics/order.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { AgendaItem, AgendaStep } from '#townhalls/agenda.ts';
import { mayKeepFloor } from '#townhalls/may.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

/** What is planned of an item, as a form sends it. */
export interface WrittenItem {
	readonly minutes: number;
	readonly speakers: string;
	readonly documents: readonly string[];
	/** title */
	readonly texts: WrittenTexts;
}

/** code points */
const longestSpeakers = 1000;
const mostItems = 100;

/** The agenda of an event in its order. */
export async function agendaOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<AgendaItem[]> {
	const { rows } = await queryable.query<Omit<AgendaItem, 'texts'>>({
		name: 'agenda-of-event',
		text: `
			select item_id as "itemId", version, place, minutes, speakers, documents
			from (
				select distinct on (item_id) *
				from agenda_versions
				where topic_id = $1 and event_id = $2
				order by item_id, version desc
			) as latest
			where not is_removed
			order by place, item_id`,
		values: [topicId, eventId]
	});
	const texts = await textsOf(
		queryable,
		topicId,
		rows.map(({ itemId }) => ({ kind: 'agenda-item', thingId: itemId }))
	);
	return rows.map((row) => ({ ...row, texts: texts.get(row.itemId) ?? {} }));
}

/** What became of it, in order. */
export async function agendaSteps(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<AgendaStep[]> {
	const { rows } = await queryable.query<AgendaStep>({
		name: 'agenda-steps',
		text: `
			select item_id as "itemId", step, at
			from agenda_steps
			where topic_id = $1 and event_id = $2
			order by step_number`,
		values: [topicId, eventId]
	});
	return rows;
}

/** Adds an item at the end. */
export async function addItem(
	database: Database | Transaction,
	of: OfEvent,
	{ itemId = uuidv7(), ...item }: WrittenItem & { readonly itemId?: string },
	actor: Actor
): Promise<string> {
	return changingAgenda(database, of, actor, async (transaction, items) => {
		if (items.length >= mostItems) throw refusal('agenda-full', { most: mostItems });
		const { rowCount } = await transaction.query(
			`
				insert into agenda_items (topic_id, event_id, item_id, made_at, made_by)
				values ($1, $2, $3, $4, $5)
				on conflict do nothing`,
			[of.topicId, of.eventId, itemId, transaction.at, accountOf(actor)]
		);
		// the same form sent twice
		if (rowCount === 0) return itemId;
		const place = Math.max(0, ...items.map((other) => other.place)) + 1;
		await writeItem(transaction, of, { itemId, version: 0, place }, item, actor);
		return itemId;
	});
}

export async function changeItem(
	database: Database | Transaction,
	of: OfEvent,
	{ itemId, basedOn, ...item }: WrittenItem & { readonly itemId: string; readonly basedOn: number },
	actor: Actor
): Promise<void> {
	await changingAgenda(database, of, actor, async (transaction, items) => {
		const standing = items.find((other) => other.itemId === itemId);
		if (!standing) throw refusal('not-found');
		if (standing.version !== basedOn) throw refusal('changed-meanwhile');
		await writeItem(transaction, of, standing, item, actor);
	});
}

/** Puts an item a place further up or down. */
export async function moveItem(
	database: Database | Transaction,
	of: OfEvent,
	itemId: string,
	direction: Direction,
	actor: Actor
): Promise<void> {
	await changingAgenda(database, of, actor, async (transaction, items) => {
		const order = moved(
			items.map((item) => item.itemId),
			itemId,
			direction
		);
		if (!order) return;
		await transaction.query(
			`
				insert into agenda_versions (topic_id, event_id, item_id, version, place, minutes, speakers, documents, is_removed, changed_at, changed_by)
				select $1, $2, latest.item_id, latest.version + 1, given.place, latest.minutes, latest.speakers, latest.documents, false, $4, $5
				from unnest($3::uuid[]) with ordinality as given (item_id, place)
				join lateral (
					select *
					from agenda_versions
					where agenda_versions.topic_id = $1 and agenda_versions.event_id = $2 and agenda_versions.item_id = given.item_id
					order by agenda_versions.version desc
					limit 1
				) as latest on latest.place <> given.place`,
			[of.topicId, of.eventId, order, transaction.at, accountOf(actor)]
		);
		await noteAgenda(transaction, of, itemId, 'moved', actor);
	});
}

export async function removeItem(database: Database | Transaction, of: OfEvent, itemId: string, actor: Actor): Promise<void> {
	await changingAgenda(database, of, actor, async (transaction, items) => {
		const standing = items.find((item) => item.itemId === itemId);
		if (!standing) return;
		await writeVersion(transaction, of, { ...standing, isRemoved: true }, actor);
		await noteAgenda(transaction, of, itemId, 'removed', actor);
	});
}

/**
 * Calls an item, or says that it is over. Calling one ends what went on. An act of the chair: whoever has the chair has been asked.
 * @param at of the clock of the server, not before the step before
 */
export async function stepAgenda(transaction: Transaction, of: OfEvent, { itemId, step, at }: AgendaStep): Promise<void> {
	if (!(await agendaOf(transaction, of)).some((item) => item.itemId === itemId)) throw refusal('not-found');
	const steps = await agendaSteps(transaction, of);
	const last = steps.at(-1);
	const under = last?.step === 'begun' ? last.itemId : null;
	// called or ended twice
	if (step === 'begun' ? under === itemId : under !== itemId) return;
	const both: AgendaStep[] = under !== null && step === 'begun' ? [{ itemId: under, step: 'ended', at }] : [];
	await transaction.query(
		`
			insert into agenda_steps (topic_id, event_id, step_number, item_id, step, at)
			select $1, $2, $3::int + place, item_id, step, $6
			from unnest($4::uuid[], $5::text[]) with ordinality as given (item_id, step, place)`,
		[
			...[of.topicId, of.eventId, steps.length],
			[...both.map((other) => other.itemId), itemId],
			[...both.map((other) => other.step), step],
			at
		]
	);
	await move(transaction, of, 'agenda', itemId);
}

async function changingAgenda<T>(
	database: Database | Transaction,
	of: OfEvent,
	actor: Actor,
	work: (transaction: Transaction, items: AgendaItem[]) => Promise<T>
): Promise<T> {
	if (!mayKeepFloor(actor, of.topicId)) throw refusal('not-allowed');
	return inMeeting(database, of, async (transaction) => work(transaction, await agendaOf(transaction, of)));
}

async function writeItem(
	transaction: Transaction,
	of: OfEvent,
	standing: { readonly itemId: string; readonly version: number; readonly place: number },
	{ minutes, speakers, documents, texts }: WrittenItem,
	actor: Actor
): Promise<void> {
	if (!Object.values(texts['title'] ?? {}).some((text) => text.trim() !== '')) throw refusal('title-missing');
	usableText(speakers, { max: longestSpeakers, what: 'speakers', mayBeEmpty: true });
	const library = new Set((await topicOf(transaction, of.topicId)).documents.map(({ documentId }) => documentId));
	if (documents.some((documentId) => !library.has(documentId))) throw refusal('not-found');
	const { itemId } = standing;
	await writeVersion(transaction, of, { ...standing, minutes, speakers, documents, isRemoved: false }, actor);
	await writeTexts(transaction, { topicId: of.topicId, kind: 'agenda-item', thingId: itemId }, texts, accountOf(actor));
	await noteAgenda(transaction, of, itemId, standing.version === 0 ? 'added' : 'changed', actor);
}

async function writeVersion(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	item: Omit<AgendaItem, 'texts'> & { readonly isRemoved: boolean },
	actor: Actor
): Promise<void> {
	const { itemId, version, place, minutes, speakers, documents, isRemoved } = item;
	await transaction.query(
		`
			insert into agenda_versions (topic_id, event_id, item_id, version, place, minutes, speakers, documents, is_removed, changed_at, changed_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		[topicId, eventId, itemId, version + 1, place, minutes, speakers, documents, isRemoved, transaction.at, accountOf(actor)]
	);
}

async function noteAgenda(transaction: Transaction, of: OfEvent, itemId: string, did: string, actor: Actor): Promise<void> {
	await record(transaction, { topicId: of.topicId, actor, did, kind: 'agenda-item', thingId: itemId });
	await move(transaction, of, 'agenda', itemId);
}
