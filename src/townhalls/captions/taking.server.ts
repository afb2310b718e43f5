import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { isChatham, showsNames, type EventOfTopic } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { relyOnRule } from '#events/promising.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { captionLimits, type Cue, type CueProblem } from '#townhalls/captions/cue.ts';
import { cuesIn } from '#townhalls/captions/reading-cues.ts';
import { spokenIn, type Spoken } from '#townhalls/captions/spoken.ts';
import { mayRunRoom } from '#townhalls/room.ts';

/** Makes an address to which a captioner's program sends lines. Its secret is told here and never again. */
export async function makeStream(database: Database, event: OfEvent, language: string, actor: Actor): Promise<{ token: string }> {
	const tag = languageTag(language);
	if (tag === null) throw refusal('unknown-language', { tag: language.slice(0, 40) });
	const streamId = uuidv7();
	const secret = randomBytes(24);
	await running(database, event, actor, async (transaction, { topicId, eventId, state }) => {
		if (state === 'cancelled') throw refusal('event-cancelled');
		await transaction.query(
			`
				insert into caption_streams (topic_id, stream_id, event_id, secret_hash, language, made_at, made_by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, streamId, eventId, hashOf(secret), tag, transaction.at, accountOf(actor)]
		);
		await record(transaction, { topicId, actor, did: 'made', kind: 'caption-stream', thingId: streamId });
	});
	return { token: Buffer.concat([bytesOf(event.topicId), bytesOf(streamId), secret]).toString('base64url') };
}

/** It takes no more lines, from this moment on. */
export async function endStream(database: Database | Transaction, event: OfEvent, streamId: string, actor: Actor): Promise<void> {
	await running(database, event, actor, async (transaction, { topicId, eventId }) => {
		const { rowCount } = await transaction.query(
			`
				insert into caption_stream_ends (topic_id, stream_id, at, by)
				select topic_id, stream_id, $4, $5
				from caption_streams
				where topic_id = $1 and event_id = $2 and stream_id = $3
				on conflict do nothing`,
			[topicId, eventId, streamId, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) throw refusal('nothing-to-undo');
		await record(transaction, { topicId, actor, did: 'ended', kind: 'caption-stream', thingId: streamId });
	});
}

export interface CaptionStream {
	readonly streamId: string;
	readonly language: string;
	readonly madeAt: Date;
	readonly lines: number;
}

/** Streams that take lines. */
export async function streamsOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<CaptionStream[]> {
	const { rows } = await queryable.query<CaptionStream>(
		`
			select stream_id as "streamId", language, made_at as "madeAt", (
				select count(*)::int
				from caption_lines l
				where l.topic_id = $1 and l.event_id = $2 and l.source_id = s.stream_id
			) as lines
			from caption_streams s
			where topic_id = $1 and event_id = $2
				and not exists (select from caption_stream_ends e where e.topic_id = s.topic_id and e.stream_id = s.stream_id)
			order by made_at`,
		[topicId, eventId]
	);
	return rows;
}

/**
 * Takes lines of a stream. The same sequence number is the same line, so a program may send again. A line without times stands at the moment of its arrival; one
 * whose number is lower than that of a line that is there stands before that. Refuses `captions-unknown`, `no-captions`.
 * @returns how many are new
 */
export async function takeCaptions(
	database: Database | Transaction,
	token: string,
	{ body, sequence, language }: { body: string; sequence: number | null; language: string | null }
): Promise<{ taken: number; problems: readonly CueProblem[] }> {
	const { topicId, streamId, secret } = partsOf(token);
	const tag = language === null ? null : languageTag(language);
	if (language !== null && tag === null) throw refusal('unknown-language', { tag: language.slice(0, 40) });
	const { lines, problems } = spokenIn(usableText(body, { max: captionLimits.file, what: 'text' }), sequence !== null);
	if (lines.length === 0 && problems.length === 0) throw refusal('no-captions');
	return inTransaction(database, async (transaction) => {
		const stream = await streamOpen(transaction, topicId, streamId, secret);
		const event = await eventOf(transaction, topicId, stream.eventId);
		await requireOpenTopic(transaction, topicId);
		if (event.state === 'cancelled') throw refusal('event-cancelled');
		if (sequence !== null && (await wasTaken(transaction, event, streamId, sequence))) return { taken: 0, problems };
		const taken = await writeLines(transaction, event, { sourceId: streamId, sequence, language: tag ?? stream.language }, lines);
		return { taken, problems };
	});
}

/** Brings in a file of captions. What cannot be read is kept with the import, by its line. */
export async function importCaptions(
	database: Database,
	event: OfEvent,
	{ fileName, file, language, beginsMs }: { fileName: string; file: string; language: string; beginsMs: number },
	actor: Actor
): Promise<{ importId: string; lines: number; problems: readonly CueProblem[] }> {
	const tag = languageTag(language);
	if (tag === null) throw refusal('unknown-language', { tag: language.slice(0, 40) });
	const { cues, problems } = cuesIn(usableText(file, { max: captionLimits.file, what: 'file' }));
	if (cues.length === 0) throw refusal('no-captions');
	const importId = uuidv7();
	return running(database, event, actor, async (transaction, planned) => {
		const { topicId, eventId } = event;
		if (planned.state === 'cancelled') throw refusal('event-cancelled');
		await transaction.query(
			`
				insert into caption_imports (topic_id, import_id, event_id, file_name, language, lines, problems, at, by)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[
				...[topicId, importId, eventId, usableText(fileName, { max: 255, what: 'file' }), tag, cues.length],
				...[JSON.stringify(problems.slice(0, 200)), transaction.at, accountOf(actor)]
			]
		);
		const later = cues.map((cue: Cue) => ({ ...cue, startsMs: cue.startsMs + beginsMs, endsMs: cue.endsMs + beginsMs }));
		await writeLines(transaction, planned, { sourceId: importId, sequence: null, language: tag }, later);
		await record(transaction, {
			...{ topicId, actor, did: 'imported', kind: 'captions', thingId: importId },
			details: { lines: cues.length, problems: problems.length }
		});
		return { importId, lines: cues.length, problems };
	});
}

/** Takes an import back: its lines are shown no more. */
export async function removeImport(database: Database, event: OfEvent, importId: string, actor: Actor): Promise<void> {
	await running(database, event, actor, async (transaction, { topicId, eventId }) => {
		const { rowCount } = await transaction.query(
			`
				insert into caption_import_removals (topic_id, import_id, at, by)
				select topic_id, import_id, $4, $5
				from caption_imports
				where topic_id = $1 and event_id = $2 and import_id = $3
				on conflict do nothing`,
			[topicId, eventId, importId, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) throw refusal('nothing-to-undo');
		await record(transaction, { topicId, actor, did: 'removed', kind: 'captions', thingId: importId });
	});
}

export interface CaptionImport {
	readonly importId: string;
	readonly fileName: string;
	readonly lines: number;
	readonly problems: readonly CueProblem[];
	readonly at: Date;
}

/** Imports that stand, the newest first. */
export async function captionImports(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<CaptionImport[]> {
	const { rows } = await queryable.query<CaptionImport>(
		`
			select import_id as "importId", file_name as "fileName", lines, problems, at
			from caption_imports i
			where topic_id = $1 and event_id = $2
				and not exists (select from caption_import_removals r where r.topic_id = i.topic_id and r.import_id = i.import_id)
			order by at desc`,
		[topicId, eventId]
	);
	return rows;
}

/** ms that a line of captions can stand behind the beginning of its event: 24 days */
const latest = 2 ** 31 - 1;

/** Who spoke is written where names may stand; under the Chatham House rule neither is when, and no move keeps the time for them. */
async function writeLines(
	transaction: Transaction,
	event: EventOfTopic,
	{ sourceId, sequence, language }: { sourceId: string; sequence: number | null; language: string },
	lines: readonly Spoken[]
): Promise<number> {
	if (lines.length === 0) return 0;
	const { topicId, eventId } = event;
	await relyOnRule(transaction, event);
	const hides = isChatham(event);
	// a stream that was never ended and goes on for weeks stands at the end of what can be told
	const within = (ms: number | null) => ms && Math.min(Math.max(0, Math.round(ms)), latest);
	const now = within(transaction.at.getTime() - event.startsAt.getTime());
	// the row is locked: whoever sends at the same time gets the numbers after these
	const { rows: counter } = await transaction.query<{ last: number }>(
		`
			select coalesce(max(line_number), 0) as last
			from caption_lines
			where topic_id = $1 and event_id = $2`,
		[topicId, eventId]
	);
	const { rows } = await transaction.query<{ from: number; to: number; taken: number }>(
		`
			with later as (
				select min(starts_ms) as starts_ms
				from caption_lines
				where topic_id = $1 and event_id = $2 and source_id = $3 and sequence > $4
			), taken as (
				insert into caption_lines (topic_id, event_id, line_number, source_id, sequence, starts_ms, ends_ms, speaker, text, language)
				select $1, $2, $5::int + place, $3, case when place = 1 then $4::int end,
					case when not $6 then coalesce(starts, least($7::int, later.starts_ms)) end,
					case when not $6 then greatest(ends, coalesce(starts, least($7::int, later.starts_ms))) end,
					speaker, text, $8
				from later, unnest($9::int[], $10::int[], $11::text[], $12::text[])
					with ordinality as given (starts, ends, speaker, text, place)
				on conflict (topic_id, event_id, source_id, sequence) do nothing
				returning line_number
			)
			select count(*)::int as taken, min(line_number) as from, max(line_number) as to from taken`,
		[
			...[topicId, eventId, sourceId, sequence, counter[0]!.last, hides, now, language],
			lines.map(({ startsMs }) => within(startsMs)),
			lines.map(({ endsMs }) => within(endsMs)),
			lines.map(({ speaker }) => (showsNames(event) ? speaker : null)),
			lines.map(({ text }) => text)
		]
	);
	const { taken, from, to } = rows[0]!;
	if (taken > 0 && !hides) await move(transaction, event, 'captions', null, { from, to });
	return taken;
}

async function streamOpen(
	transaction: Transaction,
	topicId: string,
	streamId: string,
	secret: Buffer
): Promise<{ eventId: string; language: string }> {
	const { rows } = await transaction.query<{ eventId: string; language: string; hash: Buffer }>(
		`
			select event_id as "eventId", language, secret_hash as hash
			from caption_streams
			where topic_id = $1 and stream_id = $2`,
		[topicId, streamId]
	);
	const stream = rows[0];
	if (!stream || !timingSafeEqual(stream.hash, hashOf(secret))) throw refusal('captions-unknown');
	// lines of an event are numbered one after the other, and none comes after the end of its stream
	await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [
		topicId,
		stream.eventId
	]);
	const { rows: ends } = await transaction.query(`select from caption_stream_ends where topic_id = $1 and stream_id = $2`, [
		topicId,
		streamId
	]);
	if (ends.length > 0) throw refusal('captions-unknown');
	return stream;
}

/** Sent again: a body may be several lines, and its first one alone carries the number. */
async function wasTaken(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	streamId: string,
	sequence: number
): Promise<boolean> {
	const { rows } = await transaction.query(
		`select from caption_lines where topic_id = $1 and event_id = $2 and source_id = $3 and sequence = $4`,
		[topicId, eventId, streamId, sequence]
	);
	return rows.length > 0;
}

async function running<T>(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	actor: Actor,
	work: (transaction: Transaction, event: EventOfTopic) => Promise<T>
): Promise<T> {
	if (!mayRunRoom(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
		await requireOpenTopic(transaction, topicId);
		return work(transaction, await eventOf(transaction, topicId, eventId));
	});
}

function partsOf(token: string): { topicId: string; streamId: string; secret: Buffer } {
	const bytes = Buffer.from(token, 'base64url');
	if (bytes.length !== 56) throw refusal('captions-unknown');
	return { topicId: idOf(bytes.subarray(0, 16)), streamId: idOf(bytes.subarray(16, 32)), secret: bytes.subarray(32) };
}

function hashOf(secret: Buffer): Buffer {
	return createHash('sha256').update(secret).digest();
}

function bytesOf(id: string): Buffer {
	return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idOf(bytes: Buffer): string {
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
