import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { isWebAddress } from '#topics/library.server.ts';
import { mayWriteMinutes } from '#townhalls/room.ts';
import { mayBecome, minuteLimits, type MinuteSection, type MinuteState } from '#townhalls/minutes/minutes.ts';

/** The minutes of an event as they stand. */
export interface Minutes {
	readonly version: number;
	readonly at: Date;
	readonly sections: readonly MinuteSection[];
	readonly state: MinuteState;
	readonly stateVersion: number;
	readonly until: Date | null;
}

/** Null: nobody has begun them. */
export async function minutesOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Minutes | null> {
	const { rows } = await queryable.query<Omit<Minutes, 'sections'> & { sections: MinuteSection[] | null }>(
		`
			select v.version, v.at, s.state, s.version as "stateVersion", s.until, (
				select json_agg(json_build_object('place', place, 'heading', heading, 'text', text) order by place)
				from minute_sections m
				where m.topic_id = $1 and m.event_id = $2 and m.version = v.version
			) as sections
			from minute_versions v
			cross join lateral (
				select state, version, until
				from minute_states
				where minute_states.topic_id = v.topic_id and minute_states.event_id = v.event_id
				order by version desc
				limit 1
			) s
			where v.topic_id = $1 and v.event_id = $2
			order by v.version desc
			limit 1`,
		[topicId, eventId]
	);
	return rows[0] ? { ...rows[0], sections: rows[0].sections ?? [] } : null;
}

/** Begins the minutes with a draft; what was begun before stays as it is. */
export async function beginMinutes(
	database: Database | Transaction,
	event: OfEvent,
	draft: (transaction: Transaction, event: EventOfTopic) => Promise<readonly MinuteSection[]>,
	actor: Actor
): Promise<void> {
	await writing(database, event, actor, async (transaction, planned, before) => {
		if (before) throw refusal('changed-meanwhile');
		await writeState(transaction, event, 1, { state: 'draft', until: null }, actor);
		await writeVersion(transaction, event, 1, await draft(transaction, planned), actor);
		await record(transaction, { topicId: event.topicId, actor, did: 'made', kind: 'minutes', thingId: event.eventId });
	});
}

/** Writes them anew. Refuses `changed-meanwhile` where somebody did since they were read, `minutes-closed` once they are final. */
export async function writeMinutes(
	database: Database | Transaction,
	event: OfEvent,
	{ sections, seen }: { sections: readonly Omit<MinuteSection, 'place'>[]; seen: number },
	actor: Actor
): Promise<void> {
	const usable = sections.map(({ heading, text }, at) => ({
		place: at + 1,
		heading: usableText(heading, { max: minuteLimits.heading, what: `heading-${at + 1}` }).trim(),
		text: usableText(text, { max: minuteLimits.text, what: `text-${at + 1}`, mayBeEmpty: true }).trim()
	}));
	await writing(database, event, actor, async (transaction, _, before) => {
		if (!before) throw refusal('not-found');
		if (before.state === 'final') throw refusal('minutes-closed');
		if (before.version !== seen) throw refusal('changed-meanwhile');
		if (usable.length < before.sections.length || usable.length > minuteLimits.sections) throw refusal('invalid-request');
		if (JSON.stringify(usable) === JSON.stringify(before.sections)) return;
		await writeVersion(transaction, event, before.version + 1, usable, actor);
		const details = { version: before.version + 1 };
		await record(transaction, {
			topicId: event.topicId,
			actor,
			did: 'changed',
			kind: 'minutes',
			thingId: event.eventId,
			details
		});
	});
}

/** Opens them for corrections until a moment, takes them back to the desk, or makes them final. */
export async function turnMinutes(
	database: Database | Transaction,
	event: OfEvent,
	{ state, until }: { state: MinuteState; until: Date | null },
	actor: Actor
): Promise<void> {
	await writing(database, event, actor, async (transaction, _, before) => {
		if (!before) throw refusal('not-found');
		if (!mayBecome(before.state, state)) throw refusal('minutes-closed');
		if (state === 'corrected' && (until === null || until <= transaction.at)) throw refusal('time-past');
		await writeState(transaction, event, before.stateVersion + 1, { state, until: state === 'corrected' ? until : null }, actor);
		const did = state === 'final' ? 'published' : state === 'corrected' ? 'opened' : 'took-back';
		await record(transaction, { topicId: event.topicId, actor, did, kind: 'minutes', thingId: event.eventId });
		await move(transaction, event, `minutes-${state}`, null, {});
	});
}

export interface Recording {
	readonly address: string;
	/** as typed: a line each */
	readonly chapters: string;
	readonly version: number;
}

export async function recordingOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Recording | null> {
	const { rows } = await queryable.query<Recording>(
		`
			select address, chapters, version
			from minute_recordings
			where topic_id = $1 and event_id = $2
			order by version desc
			limit 1`,
		[topicId, eventId]
	);
	return rows[0]?.address ? rows[0] : null;
}

/** Says where the recording is; an empty address takes it back. */
export async function setRecording(
	database: Database | Transaction,
	event: OfEvent,
	{ address, chapters }: { address: string; chapters: string },
	actor: Actor
): Promise<void> {
	const where = address.trim();
	if (where !== '' && !isWebAddress(where)) throw refusal('web-address-unusable');
	const typed = usableText(chapters, { max: minuteLimits.chapters, what: 'chapters', mayBeEmpty: true });
	await writing(database, event, actor, async (transaction, { topicId, eventId }) => {
		await transaction.query(
			`
				insert into minute_recordings (topic_id, event_id, version, address, chapters, at, by)
				select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6
				from minute_recordings
				where topic_id = $1 and event_id = $2`,
			[topicId, eventId, where, typed, transaction.at, accountOf(actor)]
		);
		await record(transaction, { topicId, actor, did: 'changed', kind: 'minutes', thingId: eventId });
	});
}

/** What changes the minutes of an event waits for what changed them before. */
export async function writing<T>(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	actor: Actor,
	work: (transaction: Transaction, event: EventOfTopic, before: Minutes | null) => Promise<T>
): Promise<T> {
	if (!mayWriteMinutes(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
		await requireOpenTopic(transaction, topicId);
		return work(transaction, await eventOf(transaction, topicId, eventId), await minutesOf(transaction, { topicId, eventId }));
	});
}

export async function writeVersion(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	version: number,
	sections: readonly MinuteSection[],
	actor: Actor
): Promise<void> {
	await transaction.query(`insert into minute_versions (topic_id, event_id, version, at, by) values ($1, $2, $3, $4, $5)`, [
		...[topicId, eventId, version, transaction.at, accountOf(actor)]
	]);
	const columns = [sections.map(({ place }) => place), sections.map(({ heading }) => heading), sections.map(({ text }) => text)];
	await transaction.query(
		`
			insert into minute_sections (topic_id, event_id, version, place, heading, text)
			select $1, $2, $3, given.place, given.heading, given.text
			from unnest($4::int[], $5::text[], $6::text[]) as given (place, heading, text)`,
		[topicId, eventId, version, ...columns]
	);
}

async function writeState(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	version: number,
	{ state, until }: { state: MinuteState; until: Date | null },
	actor: Actor
): Promise<void> {
	await transaction.query(
		`insert into minute_states (topic_id, event_id, version, state, until, at, by) values ($1, $2, $3, $4, $5, $6, $7)`,
		[topicId, eventId, version, state, until, transaction.at, accountOf(actor)]
	);
}
