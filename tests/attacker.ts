// Cafés under the Chatham House rule, and somebody who has everything that is left of them and wants to know who said what.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { fileStore } from '#files/store.server.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { guesses, type Note, type Remains, type Row } from './attackers-ways.ts';
import { people, personNamedIn, play, type House, type Played, type Wishes } from './chatham-cafes.ts';

export interface Attacked {
	/** the way that was best where the truth was known */
	readonly way: string;
	/** how many ways were tried */
	readonly ways: number;
	readonly notes: number;
	readonly hits: number;
	/** share of the notes whose author was named */
	readonly rate: number;
	/** what chance gives, and how far from it chance stays with the certainty asked for */
	readonly chance: number;
	readonly most: number;
	readonly least: number;
}

/** So many cafés are held in one topic, one after the other; so many topics at once. */
const [ofTopic, atOnce] = [10, 4] as const;

/**
 * Plays so many cafés, then takes a dump of all tables; learns on the first half of the cafés which way of guessing is best, and guesses the second.
 * @param deviations of the normal distribution: 2.576 leaves one run of a hundred outside
 */
export async function attack(
	database: Database,
	cafes: number,
	seed: number,
	{ deviations = 2.576, ...wishes }: Wishes & { readonly deviations?: number } = {}
): Promise<Attacked> {
	const folder = await mkdtemp(join(tmpdir(), 'open-talks-attacker-'));
	try {
		const keys = await temporaryKeys();
		const email = `rapporteur-${seed}@example.org`;
		const { accountId } = await inTransaction(database, (transaction) =>
			makeAccount(transaction, { email, name: 'Rapporteur', language: 'en' })
		);
		const opinions = new OpinionBatcher(database, keys);
		const house = { database, keys, files: fileStore(database, folder), opinions, accountId };
		return await guess(database, await playAll(house, cafes, seed, wishes), deviations);
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function playAll(house: House, cafes: number, seed: number, wishes: Wishes): Promise<Played[]> {
	const played: Played[] = [];
	const topics = Math.ceil(cafes / ofTopic);
	let next = 0;
	const oneAfterTheOther = async () => {
		for (let topic = next++; topic < topics; topic = next++) {
			const { topicId } = await anOpenTopic(house.database);
			for (let cafe = topic * ofTopic; cafe < Math.min(cafes, (topic + 1) * ofTopic); cafe++)
				played[cafe] = await play(house, topicId, seed * 1_000_000 + cafe, wishes);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
	return played;
}

async function guess(database: Database, played: readonly Played[], deviations: number): Promise<Attacked> {
	const [learnt, told] = [new Map<string, number>(), new Map<string, number>()];
	let notes = 0;
	let place = 0;
	const shared = await Promise.all((await tablesOf(database, false)).map((table) => rowsOf(database, table)));
	const ownTables = await tablesOf(database, true);
	for (const cafes of Map.groupBy(played, ({ topicId }) => topicId).values()) {
		const dump = new Map<string, Row[]>();
		for (const table of ownTables) dump.set(table, await rowsOf(database, table, cafes[0]!.topicId));
		const having = indexOf([...dump.values(), ...shared].flat());
		for (const { eventId, said } of cafes) {
			const isLearning = place++ < played.length / 2;
			const remains = remainsOf(dump, having, eventId);
			if (!isLearning) notes += remains.notes.length;
			const counts = isLearning ? learnt : told;
			for (const [way, guessed] of Object.entries(guesses)) {
				const named = guessed(remains);
				const hits = remains.notes.filter(({ text }, at) => said.get(text) === named[at]).length;
				counts.set(way, (counts.get(way) ?? 0) + hits);
			}
		}
	}
	const [way] = [...learnt].sort(([, one], [, other]) => other - one)[0]!;
	const hits = told.get(way)!;
	const chance = 1 / people;
	const apart = deviations * Math.sqrt((chance * (1 - chance)) / notes);
	return { way, ways: learnt.size, notes, hits, rate: hits / notes, chance, most: chance + apart, least: chance - apart };
}

/** All tables that have anything in them: of a topic, or of the whole installation. */
async function tablesOf(database: Database, isOfTopic: boolean): Promise<string[]> {
	const { rows } = await database.query<{ name: string }>(
		`select table_name as name
		from information_schema.tables t
		where table_schema = 'public' and table_type = 'BASE TABLE' and $1 = exists (
			select from information_schema.columns c
			where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'topic_id')
		order by table_name`,
		[isOfTopic]
	);
	const filled: string[] = [];
	for (const { name } of rows) if ((await database.query(`select from "${name}" limit 1`)).rowCount > 0) filled.push(name);
	return filled;
}

/** Every row as it lies there, with its place on the disk and the transaction that wrote it. */
async function rowsOf(database: Database, table: string, topicId: string | null = null): Promise<Row[]> {
	const { rows } = await database.query<{ row: Row }>(
		`select to_jsonb(t) || jsonb_build_object('ctid', t.ctid::text, 'xmin', t.xmin::text) as row
		from "${table}" t ${topicId === null ? '' : 'where topic_id = $1'}
		order by t.ctid`,
		topicId === null ? [] : [topicId]
	);
	return rows.map(({ row }) => row);
}

function indexOf(rows: readonly Row[]): Remains['having'] {
	const index = new Map<string, Row[]>();
	for (const row of rows)
		for (const value of Object.values(row).map(String)) {
			if (value.length < 12) continue;
			const before = index.get(value);
			if (before) before.push(row);
			else index.set(value, [row]);
		}
	return (value) => index.get(value) ?? [];
}

function remainsOf(dump: ReadonlyMap<string, readonly Row[]>, having: Remains['having'], eventId: string): Remains {
	const rows = (table: string) => (dump.get(table) ?? []).filter((row) => (row['event_id'] ?? eventId) === eventId);
	const words = new Map((dump.get('contribution_versions') ?? []).map((row) => [row['contribution_id'], String(row['text'])]));
	const notes = rows('notes').map((row): Note => ({
		...{ id: String(row['contribution_id']), text: words.get(row['contribution_id'])! },
		...{ table: Number(row['table_number']), round: Number(row['round_number']) }
	}));
	const arrived = new Map(rows('arrivals').map((row) => [row['registration_id'], String(row['arrived_at'])]));
	const came = [...rows('registrations')]
		.sort((one, other) => ((arrived.get(one['registration_id']) ?? '') < (arrived.get(other['registration_id']) ?? '') ? -1 : 1))
		.flatMap((row) => personNamedIn(String(row['name'])) ?? []);
	return { eventId, rows, having, notes, came };
}
