// For the tests of erasure: where a word is still to be found, of which nothing may be left.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Database } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { toldOf } from '#live/totals.server.ts';
import { feedItemsOf } from '#newsroom/feeds/gathering.server.ts';
import { exported, exportFiles } from '#reports/export/exporting.server.ts';
import { topicOf } from '#topics/reading.server.ts';

/** Where a word is found: in every column of every table, as text or as bytes; jobs and sign-in included. */
export async function inDatabase(database: Database, word: string): Promise<string[]> {
	const { rows } = await database.query<{ schema: string; name: string; column: string }>(
		`select table_schema as schema, table_name as name, column_name as column
		from information_schema.columns
		join information_schema.tables using (table_schema, table_name)
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
		order by table_schema, table_name, column_name`
	);
	const found: string[] = [];
	for (const { schema, name: table, column } of rows) {
		const { rowCount } = await database.query(
			`select from "${schema}"."${table}" as t where t."${column}"::text ilike any ($1::text[]) limit 1`,
			[[`%${word}%`, `%${Buffer.from(word).toString('hex')}%`]]
		);
		if (rowCount > 0) found.push(`${table}.${column}`);
	}
	return found;
}

/**
 * Every column that can hold words: text in the order of people, and what is made of text. Text in the order of bytes is codes by the
 * habit of our tables; it counts here where somebody's words stand in it at this moment, which codes never are: they have no spaces.
 */
export async function columnsOfWords(database: Database): Promise<string[]> {
	const { rows } = await database.query<{ schema: string; place: string; table: string; column: string; isCode: boolean }>(
		`select table_schema as schema, table_name as table, column_name as column, table_name || '.' || column_name as place,
			coalesce(collation_name = 'C', false) as "isCode"
		from information_schema.columns
		join information_schema.tables using (table_schema, table_name)
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
			and (data_type in ('text', 'character varying', 'json', 'jsonb', 'tsvector') or udt_name in ('_text', '_varchar'))
		order by table_schema, table_name, column_name`
	);
	const found: string[] = [];
	for (const { schema, table, column, place, isCode } of rows) {
		if (isCode) {
			const { rowCount } = await database.query(
				`select from "${schema}"."${table}" as t where t."${column}"::text ~ '[^[:space:]] [^[:space:]]' limit 1`
			);
			if (rowCount === 0) continue;
		}
		found.push(place);
	}
	return found;
}

/** What lies in the folder, archives unpacked. */
export function inFiles(folder: string, word: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => path.includes(word) || partsOf(readFileSync(path)).some((part) => part.includes(word)));
}

/** Exports, feeds and live figures as everybody gets them. */
export async function inPublic(database: Database, topicId: string, word: string): Promise<string[]> {
	const topic = await topicOf(database, topicId);
	const found: string[] = [];
	for (const file of exportFiles) {
		const wishes = { say: speakerOf('en'), showsResults: true, origin: 'https://talks.example.org', at: new Date() };
		const pieces: Buffer[] = [];
		for await (const piece of exported(database, topic, file, wishes).pieces) pieces.push(Buffer.from(piece));
		if (partsOf(Buffer.concat(pieces)).some((part) => part.includes(word))) found.push(file);
	}
	for (const search of [null, word]) {
		const items = await feedItemsOf(database, topicId, { questionId: null, search });
		if (JSON.stringify(items).includes(word)) found.push(`feed of ${search ?? 'all'}`);
	}
	if (JSON.stringify(await toldOf(database, topicId)).includes(word)) found.push('live figures');
	return found;
}

/** The server writes what failed; values of statements are none of it. */
export async function inLogs(database: Database, word: string): Promise<string[]> {
	const { rows } = await database.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
	const place = dirname(rows[0]!.folder);
	return readdirSync(place, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => readFileSync(path).includes(word));
}

function partsOf(bytes: Buffer): Buffer[] {
	return bytes.subarray(0, 2).toString() === 'PK' ? Object.values(unzipSync(bytes)).map((part) => Buffer.from(part)) : [bytes];
}
