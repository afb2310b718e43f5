import type { Actor } from '#activity/actor.ts';
import { mayRunCafe } from '#cafes/may.ts';
import type { Cafe } from '#cafes/cafe.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Squares of the picture of a room. */
export const roomColumns = 12;
export const mostRoomRows = 60;

export interface Place {
	readonly tableNumber: number;
	/** from 1 */
	readonly row: number;
	readonly column: number;
}

/** Where each table stands. One that nobody placed stands in rows of four, in the order of the numbers, where a square is free. */
export async function placesOf(queryable: Queryable, { topicId, eventId, tables }: Cafe): Promise<Place[]> {
	const { rows } = await queryable.query<Place>(
		`select table_number as "tableNumber", room_row as "row", room_column as "column"
		from cafe_table_places
		where topic_id = $1 and event_id = $2`,
		[topicId, eventId]
	);
	const placed = new Map(rows.map((place) => [place.tableNumber, place]));
	const taken = new Set(rows.map(({ row, column }) => `${row} ${column}`));
	return tables.map(({ tableNumber }) => {
		const known = placed.get(tableNumber);
		if (known) return known;
		const free = usualPlaces.find(({ row, column }) => !taken.has(`${row} ${column}`)) ?? { row: 1, column: 1 };
		taken.add(`${free.row} ${free.column}`);
		return { tableNumber, ...free };
	});
}

const usualPlaces = Array.from({ length: 480 }, (_, place) => ({
	row: 1 + 2 * Math.floor(place / 4),
	column: 2 + 3 * (place % 4)
})).filter(({ row }) => row <= mostRoomRows);

/** Puts a table into a square of the picture, and whichever stands there into the one that it leaves. */
export async function placeTable(
	database: Database | Transaction,
	{ cafe, tableNumber, row, column }: { cafe: Cafe } & Place,
	actor: Actor
): Promise<void> {
	const { topicId, eventId } = cafe satisfies OfEvent;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	const within = (number: number, most: number) => Math.min(most, Math.max(1, Math.round(number) || 1));
	const wanted = { tableNumber, row: within(row, mostRoomRows), column: within(column, roomColumns) };
	await inTransaction(database, async (transaction) => {
		const places = await placesOf(transaction, cafe);
		const left = places.find((place) => place.tableNumber === tableNumber);
		if (!left) throw refusal('cafe-no-such-table', { table: tableNumber, tables: cafe.tables.length });
		const other = places.find((place) => place.row === wanted.row && place.column === wanted.column);
		const after = [wanted, ...(other && other.tableNumber !== tableNumber ? [{ ...left, tableNumber: other.tableNumber }] : [])];
		// whoever moves one settles where all stand: what is placed by itself would give way
		const settled = places.map((place) => after.find((one) => one.tableNumber === place.tableNumber) ?? place);
		await transaction.query(
			`insert into cafe_table_places (topic_id, event_id, table_number, room_row, room_column)
			select $1, $2, "tableNumber", "row", "column"
			from json_to_recordset($3::json) as given ("tableNumber" int, "row" int, "column" int)
			on conflict (topic_id, event_id, table_number) do update
			set room_row = excluded.room_row, room_column = excluded.room_column`,
			[topicId, eventId, JSON.stringify(settled)]
		);
	});
}
