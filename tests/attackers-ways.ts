// What somebody with everything that is left of a café can try in order to know who said what.
import { questionOf, seatsOf, type Guest } from '#cafes/seating/seating.ts';
import type { CafeTable } from '#cafes/cafe.ts';
import { seatEveryone } from '#engines/seating/seating.ts';
import { people, personNamedIn, rounds, tables } from './chatham-cafes.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Note {
	readonly id: string;
	readonly text: string;
	readonly table: number;
	readonly round: number;
}

/** All rows of all tables in the order in which they lie, with what leads from one to another, and one café among those of its topic. */
export interface Remains {
	readonly eventId: string;
	/** of this café, or of its topic where a table names no event */
	readonly rows: (table: string) => readonly Row[];
	/** rows that have a value (an id, words), in whatever column */
	readonly having: (value: string) => readonly Row[];
	readonly notes: readonly Note[];
	/** by the rows of the door, in the order in which they came; as they registered where no door tells */
	readonly came: readonly number[];
}

/** For each note, in the order given, who is thought to have said it. */
type Guess = (remains: Remains) => number[];

const ranked = (table: string, key: (row: Row, at: number) => string | number): Guess => {
	return ({ rows, notes, came }) => {
		const these = new Set(notes.map(({ id }) => id));
		const found = rows(table)
			.map((row, at) => ({ id: String(row['contribution_id']), key: key(row, at) }))
			.filter(({ id }) => these.has(id))
			.sort((one, other) => (one.key < other.key ? -1 : 1));
		return notes.map(({ id }) => came[found.findIndex((row) => row.id === id) % people] ?? 0);
	};
};

/** The rank of a note at its table in its round, so that a turn in which people spoke is seen. */
const rankedAtTable = (key: (row: Row) => string): Guess => {
	return ({ rows, notes, came }) =>
		notes.map(({ id, table, round }) => {
			const found = rows('notes')
				.filter((row) => row['table_number'] === table && row['round_number'] === round)
				.sort((one, other) => (key(one) < key(other) ? -1 : 1));
			return came[found.findIndex((row) => row['contribution_id'] === id) + (table - 1) * (people / tables)] ?? 0;
		});
};

/** Of those who are thought to sit at a table, the first who is named, another for each note. */
const ofThoseThere = (there: (remains: Remains) => (table: number, round: number) => readonly number[]): Guess => {
	return (remains) => {
		const at = there(remains);
		const taken = new Map<string, number>();
		return remains.notes.map(({ table, round }) => {
			const seat = `${table} ${round}`;
			taken.set(seat, (taken.get(seat) ?? -1) + 1);
			const here = at(table, round);
			return here[taken.get(seat)! % Math.max(1, here.length)] ?? 0;
		});
	};
};

const registered = ({ rows }: Remains) =>
	new Map(rows('registrations').map((row) => [String(row['registration_id']), personNamedIn(String(row['name']))]));

const bySeats = (remains: Remains) => {
	const known = registered(remains);
	return (table: number, round: number) =>
		remains
			.rows('cafe_seats')
			.filter((row) => row['table_number'] === table && row['round_number'] === round)
			.flatMap((row) => known.get(String(row['guest_id'])) ?? []);
};

/** The engine answers the same question in the same way: asked once more with who registered, in their order. */
const byEngine = (remains: Remains) => {
	const known = registered(remains);
	const guests = [...remains.rows('registrations')]
		.sort((one, other) => Number(one['registration_number']) - Number(other['registration_number']))
		.map((row): Guest => ({
			...{ guestId: String(row['registration_id']), name: '', group: row['stakeholder_group'] as string },
			...{ region: row['region'] as string, languages: row['languages'] as string[] },
			...{ comes: 'room', hasArrived: true, hosts: null }
		}));
	const planned = Array.from({ length: tables }, (_, at): CafeTable => ({
		tableNumber: at + 1,
		label: '',
		seats: null,
		mode: 'room',
		link: null,
		languages: []
	}));
	const held = Array.from({ length: rounds }, (_, at) => ({
		...{ roundNumber: at + 1, questionId: null, minutes: 20, breakMinutes: 5 }
	}));
	const question = questionOf({ tables: planned, rounds: held }, guests, { pairs: [], pins: [] });
	const seats = seatsOf(seatEveryone(question, { seed: 1, coolings: 1 }).rounds);
	return (table: number, round: number) =>
		seats
			.filter((seat) => seat.tableNumber === table && seat.roundNumber === round)
			.flatMap(({ guestId }) => known.get(guestId) ?? []);
};

/** A host of the table by a row or a mail that names both. */
const hostIn = (table: string, isOf: (row: Row, tableNumber: number) => boolean): Guess => {
	return ({ rows, notes }) =>
		notes.map((note) => {
			const row = rows(table).find((one) => isOf(one, note.table) && personNamedIn(JSON.stringify(one)) !== null);
			return row ? personNamedIn(JSON.stringify(row))! : 0;
		});
};

/** Who spoke of the idea that was drawn from a note before anybody else: participants are numbered as they came. */
const byOpinions = (which: 'first' | 'last'): Guess => {
	return ({ rows, notes, came }) =>
		notes.map(({ id }) => {
			const passages = new Set(rows('passages').flatMap((row) => (row['contribution_id'] === id ? [row['passage_id']] : [])));
			const idea = rows('stances').find((row) => passages.has(row['passage_id']))?.['idea_number'];
			const given = rows('opinions')
				.filter((row) => row['idea_number'] === idea && idea !== undefined)
				.sort((one, other) => (Number(one['participant_number']) < Number(other['participant_number']) ? -1 : 1));
			const agreed = given.map((row, at) => ({ at, value: Number(row['value']) })).filter(({ value }) => value > 0);
			const one = which === 'first' ? agreed[0] : agreed.at(-1);
			return came[one?.at ?? 0] ?? 0;
		});
};

/** From the note over values that rows share (ids, words, not what all have) to a row with a name in it. */
function nearest({ having, eventId }: Remains, from: readonly string[]): number | null {
	let values = new Set(from);
	const seen = new Set<Row>();
	for (let step = 0; step < 3; step++) {
		const found = new Set([...values].flatMap((value) => having(value)).filter((row) => !seen.has(row)));
		for (const row of found) {
			const person = row['event_id'] === undefined || row['event_id'] === eventId ? personNamedIn(JSON.stringify(row)) : null;
			if (person !== null) return person;
			seen.add(row);
		}
		values = new Set(
			[...found].flatMap((row) =>
				Object.entries(row)
					.filter(([column, value]) => !/topic_id|event_id/.test(column) && String(value).length >= 32)
					.map(([, value]) => String(value))
			)
		);
	}
	return null;
}

const text = (column: string) => (row: Row) => String(row[column]);
/** "(12,3)" as a number that grows along the file. */
export const placeOf = (row: Row) => {
	const [page, line] = String(row['ctid']).slice(1, -1).split(',').map(Number);
	return page! * 1000 + line!;
};

/** Which of these is best is learnt from cafés of which the truth came out. */
export const guesses: Readonly<Record<string, Guess>> = {
	'one person always': ({ notes }) => notes.map(() => 0),
	'who came first': ({ notes, came }) => notes.map(() => came[0] ?? 0),
	'who came, in turn': ({ notes, came }) => notes.map((_, at) => came[at % people] ?? 0),
	'order of the notes on the disk': ranked('notes', placeOf),
	'order of the contributions on the disk': ranked('contributions', placeOf),
	'order of the wordings on the disk': ranked('contribution_versions', placeOf),
	'order of ids': ranked('notes', text('contribution_id')),
	'order of places': ranked('notes', (row) => Number(row['place'])),
	'order of times': ranked('contributions', text('received_at')),
	'order of writing times': ranked('contribution_versions', text('written_at')),
	'order of transactions': ranked('contributions', (row) => Number(row['xmin'])),
	'order of commitments': ranked('contribution_versions', text('commitment')),
	'order at the table, by disk': rankedAtTable((row) => String(placeOf(row)).padStart(12, '0')),
	'order at the table, by card': rankedAtTable(text('card_id')),
	'order at the table, by id': rankedAtTable(text('contribution_id')),
	'order at the table, by place': rankedAtTable((row) => String(row['place']).padStart(12, '0')),
	'who hosted the table': hostIn('cafe_hosts', (row, table) => row['table_number'] === table),
	'whom a mail told of the table': hostIn('mails', (row, table) => new RegExp(`\\b${table}\\b`).test(String(row['subject']))),
	'who sat there, by the rows of seats': ofThoseThere(bySeats),
	'who sat there, worked out again': ofThoseThere(byEngine),
	'who agreed first with its idea': byOpinions('first'),
	'who agreed last with its idea': byOpinions('last'),
	'whatever row names a person and leads to the note in three steps': (remains) =>
		remains.notes.map(({ id, text: words }) => nearest(remains, [id, words]) ?? 0)
};
