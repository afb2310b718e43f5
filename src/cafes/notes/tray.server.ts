import type { Marker } from '#cafes/notes/note.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';

/** A table of a café: whose tray it is. */
export interface TableOfCafe {
	readonly topicId: string;
	readonly eventId: string;
	readonly tableNumber: number;
}

/** A card in the tray, its revisions beside it as cards of their own. */
export interface WaitingNote {
	readonly id: string;
	readonly round: number;
	readonly place: number;
	readonly phone: string;
	readonly marker: Marker;
	readonly language: string;
	readonly text: string;
	readonly revises: string | null;
	readonly group: string | null;
	readonly name: string | null;
}

/** All that waits in the tray of a table, in the order of its phones; whoever asks lays revisions on their cards (`threadsOf`). */
export async function trayOf(queryable: Queryable, { topicId, eventId, tableNumber }: TableOfCafe): Promise<WaitingNote[]> {
	const { rows } = await queryable.query<WaitingNote>({
		name: 'notes-tray',
		text: `
			select note_id as id, round_number as round, place, phone, marker, language, text, revises,
				said_by_group as "group", said_by_name as name
			from waiting_notes
			where topic_id = $1 and event_id = $2 and table_number = $3
			order by place, phone, note_id`,
		values: [topicId, eventId, tableNumber]
	});
	return rows;
}

/** Of each table how many cards wait, and how many became contributions; tables without any are left out. One query. */
export interface TrayInBrief {
	readonly tableNumber: number;
	readonly waiting: number;
	readonly taken: number;
	/** how often it was closed */
	readonly closings: number;
}

export async function traysOf(queryable: Queryable, topicId: string, eventId: string): Promise<TrayInBrief[]> {
	const { rows } = await queryable.query<TrayInBrief>(
		`
			select table_number as "tableNumber", sum(waiting)::int as waiting, sum(taken)::int as taken, sum(closings)::int as closings
			from (
				select table_number, count(*) as waiting, 0 as taken, 0 as closings
				from waiting_notes
				where topic_id = $1 and event_id = $2
				group by 1
				union all
				select table_number, 0, 0, count(*)
				from note_closings
				where topic_id = $1 and event_id = $2
				group by 1
				union all
				select table_number, 0, count(*), 0
				from notes
				where topic_id = $1 and event_id = $2
				group by 1
			) as counted
			group by table_number
			order by table_number`,
		[topicId, eventId]
	);
	return rows;
}

export async function isHarvestOver(queryable: Queryable, topicId: string, eventId: string): Promise<boolean> {
	const { rowCount } = await queryable.query({
		name: 'harvest-is-over',
		text: 'select from harvest_ends where topic_id = $1 and event_id = $2',
		values: [topicId, eventId]
	});
	return rowCount > 0;
}

/** Nobody else writes to this tray, or empties it, until the transaction ends; nor does the harvest end meanwhile. */
export async function holdTray(transaction: Transaction, { topicId, eventId, tableNumber }: TableOfCafe): Promise<void> {
	await transaction.query(`select pg_advisory_xact_lock_shared(hashtextextended($1, 0))`, [`trays ${topicId} ${eventId}`]);
	await transaction.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`tray ${topicId} ${eventId} ${tableNumber}`]);
}

/** Nobody writes to any tray of the café until the transaction ends. */
export async function holdTrays(transaction: Transaction, topicId: string, eventId: string): Promise<void> {
	await transaction.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`trays ${topicId} ${eventId}`]);
}
