import { createHash } from 'node:crypto';
import { compareInThread } from '#cafes/harvest/comparing.server.ts';
import { wallOf, type NoteOnWall } from '#cafes/harvest/wall.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { addJob, progressOf } from '#jobs/jobs.server.ts';

const job = 'cafes.compare-notes';
const keyOf = (eventId: string) => `notes alike ${eventId}`;

/** Two notes that probably say the same, as the engine of likeness finds them. */
export interface NotesAlike {
	readonly one: string;
	readonly other: string;
	readonly isSure: boolean;
}

/**
 * Pairs of one question that hang on the wall and do not lie together yet, the surest first, as a job found them; where notes came or were said anew since, the job
 * is asked for, and `isComparing` until it is done. Nothing is compared here, however many notes there are.
 */
export async function notesAlike(
	database: Database,
	{ topicId, eventId }: OfEvent,
	notes: readonly NoteOnWall[],
	most: number
): Promise<{ readonly pairs: readonly NotesAlike[]; readonly isComparing: boolean }> {
	const isComparing = notes.length > 1 && !(await wasCompared(database, { topicId, eventId }, notes));
	if (isComparing) await askForComparison(database, { topicId, eventId });
	const { rows } = await database.query<NotesAlike>(
		`
			select one, other, is_sure as "isSure"
			from harvest_alike
			where topic_id = $1 and event_id = $2
			order by is_sure desc, closeness desc, one, other`,
		[topicId, eventId]
	);
	const onWall = new Map(notes.map((note) => [note.noteId, note]));
	const pairs = rows.filter(({ one, other }) => {
		const [first, second] = [onWall.get(one), onWall.get(other)];
		return first && second && (first.groupId === null || first.groupId !== second.groupId);
	});
	return { pairs: pairs.slice(0, most), isComparing };
}

/** The work of the job: replaces what was found before. The same notes give the same pairs. */
export async function compareNotes(database: Database, { topicId, eventId }: OfEvent, ending?: AbortSignal): Promise<void> {
	const notes = await wallOf(database, topicId, eventId);
	const found = await compareInThread(notes, ending);
	await inTransaction(database, async (transaction) => {
		const of = [topicId, eventId];
		await transaction.query('delete from harvest_alike where topic_id = $1 and event_id = $2', of);
		await transaction.query(
			`
				insert into harvest_alike (topic_id, event_id, one, other, closeness, is_sure)
				select $1, $2, one, other, closeness, "isSure"
				from json_to_recordset($3::json) as found (one uuid, other uuid, closeness float8, "isSure" boolean)`,
			[...of, JSON.stringify(found)]
		);
		await transaction.query(
			`
				insert into harvest_comparisons (topic_id, event_id, wall)
				values ($1, $2, $3)
				on conflict (topic_id, event_id) do update set wall = excluded.wall`,
			[...of, digestOf(notes)]
		);
	});
}

async function wasCompared(queryable: Queryable, { topicId, eventId }: OfEvent, notes: readonly NoteOnWall[]): Promise<boolean> {
	const { rows } = await queryable.query<{ wall: Buffer }>(
		'select wall from harvest_comparisons where topic_id = $1 and event_id = $2',
		[topicId, eventId]
	);
	return rows[0]?.wall.equals(digestOf(notes)) ?? false;
}

/** Once, however often the wall is looked at meanwhile. */
async function askForComparison(database: Database, { topicId, eventId }: OfEvent): Promise<void> {
	const state = (await progressOf(database, topicId, keyOf(eventId)))?.state;
	if (state === 'waiting' || state === 'running') return;
	await inTransaction(database, (transaction) =>
		addJob(transaction, job, { topicId, eventId }, { jobKey: keyOf(eventId), watched: true })
	);
}

/** Of all notes and their wordings, in whichever order they hang. */
function digestOf(notes: readonly NoteOnWall[]): Buffer {
	const wordings = notes.map(({ noteId, version }) => `${noteId} ${version}`);
	return createHash('sha256').update(wordings.sort().join('\n')).digest();
}
