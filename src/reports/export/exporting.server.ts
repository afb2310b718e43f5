import { licenceOfContributions } from '#contributions/receiving.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { csvLine } from '#files/csv.ts';
import type { Say } from '#languages/speaking.ts';
import { refusal } from '#refusals/refusal.ts';
import { rowsOf, type Row } from '#reports/export/rows.server.ts';
import { isTableName, resultTables, tableNames, tables, type Column, type TableName } from '#reports/export/tables.ts';
import type { Topic } from '#topics/topic.ts';

/** The files that everybody may take: each table, the dictionary of their columns, and one file with all of it. */
export const exportFiles: readonly string[] = [...tableNames.map((name) => `${name}.csv`), 'dictionary.csv', 'topic.json'];

export interface Export {
	readonly mediaType: string;
	/** for the browser that keeps it */
	readonly fileName: string;
	/** pieces of some thousand characters, made as they are taken */
	readonly pieces: AsyncIterable<string>;
}

export interface ExportWishes {
	/** words the dictionary */
	readonly say: Say;
	/** false while opinions are blind: columns that tell them are empty then, the table of cells too */
	readonly showsResults: boolean;
}

/** A file of the topic as it is now. Refuses `not-found` for any other name. */
export function exported(queryable: Queryable, topic: Topic, file: string, wishes: ExportWishes): Export {
	const [name = '', ending] = file.split('.');
	const named = (mediaType: string, pieces: AsyncIterable<string>): Export => ({
		mediaType,
		fileName: `${topic.slug}-${file}`,
		pieces: inLargerPieces(pieces)
	});
	if (file === 'topic.json') return named('application/json', json(queryable, topic, wishes));
	if (ending !== 'csv' || file.split('.').length !== 2) throw refusal('not-found');
	if (name === 'dictionary') return named('text/csv', dictionaryCsv(wishes.say));
	if (!isTableName(name)) throw refusal('not-found');
	return named('text/csv', csv(queryable, topic, name, wishes));
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
	for await (const row of shownRows(queryable, topic, table, showsResults)) {
		yield csvLine(columns.map(({ name, type }) => ({ value: row[name] ?? null, isText: type === 'text' })));
	}
}

async function* dictionaryCsv(say: Say): AsyncGenerator<string> {
	yield await Promise.resolve(
		byteOrderMark + csvLine(['table', 'column', 'type', 'meaning'].map((value) => ({ value, isText: false })))
	);
	for (const { table, column, type, meaning } of dictionary(say)) {
		yield csvLine([table, column, type, meaning].map((value) => ({ value, isText: true })));
	}
}

/** What each column of each table says. */
export function dictionary(say: Say): { table: TableName; column: string; type: string; meaning: string }[] {
	return tableNames.flatMap((table) =>
		(tables[table] as readonly Column[]).map(({ name, type, about }) => ({ table, column: name, type, meaning: say(about) }))
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
		for await (const row of shownRows(queryable, topic, table, showsResults)) {
			yield `${isFirst ? '' : ','}\n${JSON.stringify(ordered(row, table))}`;
			isFirst = false;
		}
		yield ']';
	}
	yield '}\n';
}

async function* shownRows(queryable: Queryable, topic: Topic, table: TableName, showsResults: boolean): AsyncGenerator<Row> {
	if (!showsResults && resultTables.includes(table)) return;
	const hidden = showsResults
		? []
		: (tables[table] as readonly Column[]).filter(({ isResult }) => isResult).map(({ name }) => name);
	for await (const row of rowsOf(queryable, topic, table)) {
		yield hidden.length === 0 ? row : { ...row, ...Object.fromEntries(hidden.map((name) => [name, null])) };
	}
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

/** A network packet for each row would cost more than the row. */
async function* inLargerPieces(pieces: AsyncIterable<string>): AsyncGenerator<string> {
	let waiting = '';
	for await (const piece of pieces) {
		waiting += piece;
		if (waiting.length < 32_768) continue;
		yield waiting;
		waiting = '';
	}
	if (waiting !== '') yield waiting;
}
