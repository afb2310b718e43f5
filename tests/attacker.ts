// Cafés under the Chatham House rule, and somebody who has everything that is left of them and wants to know who said what.
import { closeTable } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { Random } from '#engines/seating/random.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';

const staff = { kind: 'job', name: 'attacker' } as const;
const [people, tables, rounds, cards] = [8, 2, 2, 3] as const;

interface Played {
	readonly topicId: string;
	/** who said each card, by its text */
	readonly said: ReadonlyMap<string, number>;
}

export interface Wishes {
	readonly attribution?: Attribution;
	/** false: the attacker comes before the harvest has ended */
	readonly ends?: boolean;
}

/** Eight people at two tables; the first two host. Each says points in an order by lot, on the phone of the host or on the second one. */
async function play(database: Database, random: Random, { attribution = 'chatham', ends = true }: Wishes): Promise<Played> {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId }, tables, rounds });
	// they are known to the talk, in the order in which they came
	await inTransaction(database, (transaction) =>
		bringInParticipants(
			transaction,
			topicId,
			Array.from({ length: people }, () => nothingStated)
		)
	);
	for (const tableNumber of [1, 2]) {
		const host = aHost({ tableNumber, name: nameOf(tableNumber - 1) });
		const hostId = await appointHost(database, { topicId, eventId, host }, staff);
		await makeHostLink(database, { topicId, eventId, hostId }, staff);
	}
	const said = new Map<string, number>();
	const places = [0, 0];
	for (let round = 1; round <= rounds; round++) {
		const guests = random.shuffle(Array.from({ length: people - tables }, (_, at) => at + tables));
		for (let at = 0; at < tables; at++) {
			const table = { topicId, eventId, tableNumber: at + 1 };
			const here = [at, ...guests.slice((at * guests.length) / tables, ((at + 1) * guests.length) / tables)];
			for (let card = 0; card < cards; card++) {
				const speaker = here[random.below(here.length)]!;
				const text = `Point ${random.below(1e9)} of ${round} ${at} ${card}`;
				said.set(text, speaker);
				const phone = `00000000-0000-4000-8000-00000000000${random.below(2)}`;
				const name = nameOf(speaker);
				await takeCards(database, table, [aCard(table, { text, round, place: (places[at]! += 1), phone, name })]);
			}
		}
	}
	for (let tableNumber = 1; tableNumber <= tables; tableNumber++) await closeTable(database, { topicId, eventId, tableNumber });
	if (ends) await endHarvest(database, { topicId, eventId }, staff);
	return { topicId, said };
}

function nameOf(person: number): string {
	return `Person ${person}`;
}

type Row = Readonly<Record<string, unknown>>;

/** Every row of every table of the topic as it lies there, with its place on the disk and the transaction that wrote it. */
async function dump(database: Database, topicId: string): Promise<Map<string, Row[]>> {
	const { rows } = await database.query<{ name: string }>(
		`select table_name as name from information_schema.columns
		where table_schema = 'public' and column_name = 'topic_id'
		order by table_name`
	);
	const dumped = new Map<string, Row[]>();
	for (const { name } of rows) {
		const found = await database.query<Row>(
			`select to_jsonb(t) || jsonb_build_object('ctid', t.ctid::text, 'xmin', t.xmin::text) as row from ${name} t where topic_id = $1 order by ctid`,
			[topicId]
		);
		if (found.rowCount > 0)
			dumped.set(
				name,
				found.rows.map(({ row }) => row as Row)
			);
	}
	return dumped;
}

interface Note {
	readonly id: string;
	readonly text: string;
	readonly table: number;
}

/** For each note, in the order given, who is thought to have said it. */
type Guess = (dumped: ReadonlyMap<string, readonly Row[]>, notes: readonly Note[]) => number[];

const inTurn = (rank: number) => rank % people;
const ranked = (key: (row: Row, at: number) => string | number, of: string): Guess => {
	return (dumped, notes) => {
		const rows = (dumped.get(of) ?? []).map((row, at) => ({ id: row['contribution_id'], key: key(row, at) }));
		rows.sort((one, other) => (one.key < other.key ? -1 : 1));
		return notes.map(({ id }) => inTurn(rows.findIndex((row) => row.id === id)));
	};
};
/** The rank of a note within its table, so that a seat or a turn that shows in an order is seen. */
const rankedAtTable = (key: (row: Row) => string): Guess => {
	return (dumped, notes) =>
		notes.map(({ id, table }) => {
			const rows = (dumped.get('notes') ?? []).filter((row) => row['table_number'] === table);
			const order = rows.sort((one, other) => (key(one) < key(other) ? -1 : 1));
			return inTurn(order.findIndex((row) => row['contribution_id'] === id) + (table - 1) * 4);
		});
};

/** What somebody with the dump can try; which of these is best is learnt from cafés of which the truth came out. */
const guesses: Readonly<Record<string, Guess>> = {
	'one person always': (_, notes) => notes.map(() => 0),
	'order of the notes on the disk': ranked((_, at) => at, 'notes'),
	'order of the contributions on the disk': ranked((_, at) => at, 'contributions'),
	'order of the wordings on the disk': ranked((_, at) => at, 'contribution_versions'),
	'order of ids': ranked((row) => String(row['contribution_id']), 'notes'),
	'order of places': ranked((row) => Number(row['place']), 'notes'),
	'order of times': ranked((row) => String(row['received_at']), 'contributions'),
	'order of writing times': ranked((row) => String(row['written_at']), 'contribution_versions'),
	'order of transactions': ranked((row) => Number(row['xmin']), 'contributions'),
	'order at the table, by disk': rankedAtTable((row) => String(row['ctid'])),
	'order at the table, by card': rankedAtTable((row) => String(row['card_id'])),
	'who hosted the table': (dumped, notes) =>
		notes.map(({ table }) => personIn((dumped.get('cafe_hosts') ?? []).find((row) => row['table_number'] === table))),
	'whatever row names a person and leads to the note in three steps': (dumped, notes) =>
		notes.map(({ id, text }) => personIn(nearest(dumped, [id, text])))
};

function personIn(row: Row | undefined): number {
	return Number(/Person (\d)/.exec(JSON.stringify(row ?? {}))?.[1] ?? 0);
}

/** From the note over values that rows share (ids, words, not what all have) to a row with a name in it. */
function nearest(dumped: ReadonlyMap<string, readonly Row[]>, from: readonly string[]): Row | undefined {
	const rows = [...dumped.values()].flat();
	let values = new Set(from);
	const seen = new Set<Row>();
	for (let step = 0; step < 3; step++) {
		const found = rows.filter((row) => !seen.has(row) && Object.values(row).some((value) => values.has(String(value))));
		const named = found.find((row) => /Person \d/.test(JSON.stringify(row)));
		if (named) return named;
		for (const row of found) seen.add(row);
		const ids = found.flatMap((row) => Object.entries(row).filter(([column]) => !/topic_id|event_id/.test(column)));
		values = new Set(ids.map(([, value]) => String(value)).filter((value) => value.length >= 32));
	}
	return undefined;
}

export interface Attacked {
	/** the way that was best where the truth was known */
	readonly way: string;
	readonly notes: number;
	readonly hits: number;
	/** share of the notes whose author was named */
	readonly rate: number;
	/** what chance gives, and how far from it chance stays with the certainty asked for */
	readonly chance: number;
	readonly most: number;
	readonly least: number;
}

/**
 * Plays so many cafés, learns on the first half which way of guessing is best, and guesses the second.
 * @param deviations of the normal distribution: 2.576 leaves one run of a hundred outside
 */
export async function attack(
	database: Database,
	cafes: number,
	seed: number,
	wishes: Wishes & { deviations?: number } = {}
): Promise<Attacked> {
	const random = new Random(seed);
	const learnt = new Map(Object.keys(guesses).map((way) => [way, 0]));
	const told = new Map(Object.keys(guesses).map((way) => [way, 0]));
	let notes = 0;
	for (let played = 0; played < cafes; played++) {
		const { topicId, said } = await play(database, random, wishes);
		const dumped = await dump(database, topicId);
		const found = notesIn(dumped);
		const isLearning = played < cafes / 2;
		if (!isLearning) notes += found.length;
		for (const [way, guess] of Object.entries(guesses)) {
			const named = guess(dumped, found);
			const hits = found.filter(({ text }, at) => said.get(text) === named[at]).length;
			const counts = isLearning ? learnt : told;
			counts.set(way, counts.get(way)! + hits);
		}
	}
	const [way] = [...learnt].sort(([, one], [, other]) => other - one)[0]!;
	const hits = told.get(way)!;
	const chance = 1 / people;
	const apart = (wishes.deviations ?? 2.576) * Math.sqrt((chance * (1 - chance)) / notes);
	return { way, notes, hits, rate: hits / notes, chance, most: chance + apart, least: chance - apart };
}

function notesIn(dumped: ReadonlyMap<string, readonly Row[]>): Note[] {
	const words = new Map((dumped.get('contribution_versions') ?? []).map((row) => [row['contribution_id'], String(row['text'])]));
	return (dumped.get('notes') ?? []).map((row) => ({
		id: String(row['contribution_id']),
		text: words.get(row['contribution_id'])!,
		table: Number(row['table_number'])
	}));
}
