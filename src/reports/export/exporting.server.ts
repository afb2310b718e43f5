import { licenceOfContributions } from '#contributions/receiving.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { csvLine } from '#files/csv.ts';
import type { Say } from '#languages/speaking.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { pagesOf, type Row } from '#reports/export/rows.server.ts';
import {
	isTableName,
	opinionColumns,
	resultTables,
	tableNames,
	tables,
	type Column,
	type TableName
} from '#reports/export/tables.ts';
import { mediaTypeOfWorkbook, workbook } from '#reports/export/workbook.server.ts';
import { zip, type WrittenEntry, type ZipEntry } from '#reports/export/zip.server.ts';
import type { Topic } from '#topics/topic.ts';

/** The files that everybody may take as they are now: each table, the dictionary of their columns, and all of it in one file or the other. */
export const exportFiles: readonly string[] = [
	...tableNames.map((name) => `${name}.csv`),
	...tableNames.map((name) => `${name}.xlsx`),
	'dictionary.csv',
	'topic.json',
	'topic.zip'
];

export interface Export {
	readonly mediaType: string;
	/** for the browser that keeps it */
	readonly fileName: string;
	/** pieces of some thousand characters, made as they are taken */
	readonly pieces: AsyncIterable<string | Uint8Array>;
}

export interface ExportWishes {
	/** words the dictionary */
	readonly say: Say;
	/** false while opinions are blind: columns that tell them are empty then, the table of cells too */
	readonly showsResults: boolean;
	/** https://talks.example.org, for the file that says what the others are */
	readonly origin: string;
	readonly at: Date;
}

/** A file of the topic as it is now. Refuses `not-found` for any other name. */
export function exported(queryable: Queryable, topic: Topic, file: string, wishes: ExportWishes): Export {
	const [name = '', ending] = file.split('.');
	const named = (mediaType: string, pieces: AsyncIterable<string | Uint8Array>): Export => ({
		mediaType,
		fileName: `${topic.slug}-${file}`,
		pieces
	});
	if (file === 'topic.json') return named('application/json; charset=utf-8', json(queryable, topic, wishes));
	if (file === 'topic.zip') return named('application/zip', zip(bundle(queryable, topic, wishes), wishes.at));
	if (file.split('.').length !== 2) throw refusal('not-found');
	if (ending === 'xlsx' && isTableName(name)) {
		return named(
			mediaTypeOfWorkbook,
			workbook(name, () => shownPages(queryable, topic, name, wishes.showsResults))
		);
	}
	if (ending !== 'csv') throw refusal('not-found');
	if (name === 'dictionary') return named('text/csv; charset=utf-8', dictionaryCsv(wishes.say));
	if (!isTableName(name)) throw refusal('not-found');
	return named('text/csv; charset=utf-8', csv(queryable, topic, name, wishes));
}

/**
 * The files of one archive: every table, whatever is given besides, the dictionary, the licence, and at the end what all that is, with its
 * digests.
 * @param besides further tables, which only an archive has
 */
export async function* bundle(
	queryable: Queryable,
	topic: Topic,
	wishes: ExportWishes,
	besides: readonly ZipEntry[] = []
): AsyncGenerator<ZipEntry> {
	const written: WrittenEntry[] = [];
	const noting = (entry: ZipEntry): ZipEntry => ({ ...entry, written: (one) => (written.push(one), entry.written?.(one)) });
	for (const table of tableNames) yield noting({ name: `${table}.csv`, pieces: csv(queryable, topic, table, wishes) });
	for (const entry of besides) yield noting(entry);
	yield noting({ name: 'dictionary.csv', pieces: dictionaryCsv(wishes.say, besides.length > 0) });
	yield noting({ name: 'LICENCE.txt', pieces: one(licenceText) });
	yield { name: 'README.txt', pieces: one(readme(topic, wishes, written, besides.length > 0)) };
	yield { name: 'SHA256SUMS', pieces: one(written.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('')) };
}

const licenceText = `Creative Commons Attribution 4.0 International (CC BY 4.0)
https://creativecommons.org/licenses/by/4.0/legalcode
`;

function readme(
	topic: Topic,
	{ say, origin, at, showsResults }: ExportWishes,
	written: readonly WrittenEntry[],
	hasOpinions: boolean
): string {
	const title = inLanguage(topic.texts['title'], [say.language], topic.defaultLanguage).text;
	const about = (file: string) => {
		const key = `exports.table-${file.split('.')[0]}`;
		return say.knows(key) ? say(key) : '';
	};
	return [
		title,
		`${origin}/topics/${topic.slug}`,
		at.toISOString(),
		'',
		say('exports.licence-text', { licence: licenceOfContributions }),
		say('exports.withheld'),
		say('exports.guard'),
		...(hasOpinions ? [say('exports.persons')] : []),
		...(showsResults ? [] : [say('exports.blind')]),
		'',
		...written.map(({ name }) => [name, about(name)].filter(Boolean).join(': ')),
		''
	].join('\n');
}

async function* one(text: string): AsyncGenerator<string> {
	yield await Promise.resolve(text);
}

// a spreadsheet takes UTF-8 for what it is only with this mark
const byteOrderMark = '\ufeff';

async function* csv(
	queryable: Queryable,
	topic: Topic,
	table: TableName,
	{ showsResults }: ExportWishes
): AsyncGenerator<string> {
	const columns: readonly Column[] = tables[table];
	yield byteOrderMark + csvLine(columns.map(({ name }) => ({ value: name, isText: false })));
	const line = (row: Row) => csvLine(columns.map(({ name, type }) => ({ value: row[name] ?? null, isText: type === 'text' })));
	// a piece for each row would cost more than the row
	for await (const rows of shownPages(queryable, topic, table, showsResults)) yield rows.map(line).join('');
}

function dictionaryCsv(say: Say, withOpinions = false): AsyncGenerator<string> {
	const head = csvLine(['table', 'column', 'type', 'meaning'].map((value) => ({ value, isText: false })));
	const lines = dictionary(say, withOpinions).map(({ table, column, type, meaning }) =>
		csvLine([table, column, type, meaning].map((value) => ({ value, isText: true })))
	);
	return one(byteOrderMark + head + lines.join(''));
}

/** What each column of each table says. */
export function dictionary(say: Say, withOpinions = false): { table: string; column: string; type: string; meaning: string }[] {
	const described: [string, readonly Column[]][] = tableNames.map((table) => [table, tables[table]]);
	if (withOpinions) described.push(['opinions', opinionColumns]);
	return described.flatMap(([table, columns]) =>
		columns.map(({ name, type, about }) => ({ table, column: name, type, meaning: say(about) }))
	);
}

async function* json(queryable: Queryable, topic: Topic, { say, showsResults }: ExportWishes): AsyncGenerator<string> {
	const title = Object.fromEntries((topic.texts['title'] ?? []).map(({ language, text }) => [language, text]));
	const head = {
		licence: licenceOfContributions,
		topic: topic.slug,
		title,
		resultsShown: showsResults,
		dictionary: dictionary(say)
	};
	yield JSON.stringify(head).slice(0, -1);
	for (const table of tableNames) {
		yield `,\n"${table}":[`;
		let isFirst = true;
		for await (const rows of shownPages(queryable, topic, table, showsResults)) {
			if (rows.length === 0) continue;
			yield `${isFirst ? '' : ','}\n${rows.map((row) => JSON.stringify(ordered(row, table))).join(',\n')}`;
			isFirst = false;
		}
		yield ']';
	}
	yield '}\n';
}

async function* shownPages(
	queryable: Queryable,
	topic: Topic,
	table: TableName,
	showsResults: boolean
): AsyncGenerator<readonly Row[]> {
	if (!showsResults && resultTables.includes(table)) return;
	const hidden = showsResults
		? []
		: (tables[table] as readonly Column[]).filter(({ isResult }) => isResult).map(({ name }) => name);
	const blank = Object.fromEntries(hidden.map((name) => [name, null]));
	for await (const rows of pagesOf(queryable, topic, table))
		yield hidden.length === 0 ? rows : rows.map((row) => ({ ...row, ...blank }));
}

/** In the order of the dictionary; a list as a list. */
function ordered(row: Row, table: TableName): Record<string, unknown> {
	return Object.fromEntries(
		(tables[table] as readonly Column[]).map(({ name, type }) => {
			const value = row[name] ?? null;
			return [
				name,
				type === 'list'
					? String(value ?? '')
							.split(' ')
							.filter(Boolean)
					: value
			];
		})
	);
}
