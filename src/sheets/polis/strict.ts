import { printable } from '#languages/printable.ts';
import { csvRows } from '#sheets/csv.ts';

/** The opinions of a conversation as Polis exports it, for computing: nothing is left out in silence. Ids are those of the files. */
export interface PolisOpinions {
	/** ascending; `isHidden`: moderators rejected it */
	readonly ideas: readonly { readonly id: number; readonly isHidden: boolean }[];
	/** everybody in votes.csv and participants-votes.csv, ascending */
	readonly people: readonly number[];
	/** rows of votes.csv, as they stand there; person and idea are places in the two lists */
	readonly person: Uint32Array;
	readonly idea: Uint32Array;
	readonly value: Int8Array;
	/** milliseconds; 0 where the file tells none */
	readonly time: Float64Array;
}

/** What in a file cannot be understood, and where. */
export class UnreadableFile extends Error {
	readonly file: string;
	/** from 1, as editors count; null where it is not one line */
	readonly line: number | null;

	constructor(file: string, line: number | null, what: string) {
		super(`${file}${line === null ? '' : `, line ${line}`}: ${what}`);
		this.file = file;
		this.line = line;
	}
}

/**
 * @param files by name; comments.csv and votes.csv are needed
 * @throws UnreadableFile at the first line that cannot be counted: cut off, no number where one belongs, a vote that is none of 1, 0 and -1,
 * or one on a comment that is not there. Texts are not looked at; a row that stands twice counts once.
 */
export function opinionsIn(files: Readonly<Partial<Record<string, string>>>): PolisOpinions {
	const ideas = ideasIn(files['comments.csv'] ?? '');
	const placeOfIdea = new Map(ideas.map(({ id }, place) => [id, place]));
	const votes = tableIn('votes.csv', files['votes.csv'] ?? '', ['comment-id', 'voter-id', 'vote']);
	const count = votes.rows.length;
	const person = new Float64Array(count);
	const [idea, value, time] = [new Uint32Array(count), new Int8Array(count), new Float64Array(count)];
	for (let row = 0; row < count; row++) {
		const place = placeOfIdea.get(votes.whole(row, 'comment-id'));
		if (place === undefined) throw votes.unreadable(row, `there is no comment ${votes.cell(row, 'comment-id')} in comments.csv`);
		idea[row] = place;
		person[row] = votes.whole(row, 'voter-id');
		value[row] = opinionAt(votes, row);
		time[row] = votes.cell(row, 'timestamp') === '' ? 0 : votes.whole(row, 'timestamp');
	}
	const people = ascending([...person, ...listedIn(files['participants-votes.csv'])]);
	const placeOfPerson = new Map(people.map((id, place) => [id, place]));
	return { ideas, people, person: Uint32Array.from(person, (id) => placeOfPerson.get(id)!), idea, value, time };
}

function ideasIn(csv: string): PolisOpinions['ideas'] {
	const comments = tableIn('comments.csv', csv, ['comment-id']);
	const hidden = new Map<number, boolean>();
	comments.rows.forEach((_, row) => {
		const id = comments.whole(row, 'comment-id');
		const moderated = comments.cell(row, 'moderated');
		if (!['1', '0', '-1', ''].includes(moderated))
			throw comments.unreadable(row, `moderated is ${shown(moderated)}, none of 1, 0 and -1`);
		const isHidden = moderated === '-1';
		if (hidden.has(id) && hidden.get(id) !== isHidden) throw comments.unreadable(row, `comment ${id} is both rejected and not`);
		hidden.set(id, isHidden);
	});
	return ascending(hidden.keys()).map((id) => ({ id, isHidden: hidden.get(id)! }));
}

/** The people of participants-votes.csv, who need not have voted. */
function listedIn(csv: string | undefined): number[] {
	if (csv === undefined) return [];
	const listed = tableIn('participants-votes.csv', csv, ['participant']);
	return listed.rows.map((_, row) => listed.whole(row, 'participant'));
}

function opinionAt(votes: Table, row: number): 1 | 0 | -1 {
	const said = votes.cell(row, 'vote');
	if (said === '1') return 1;
	if (said === '0') return 0;
	if (said === '-1') return -1;
	throw votes.unreadable(row, `the vote is ${shown(said)}, none of 1, 0 and -1`);
}

interface Table {
	readonly rows: readonly (readonly string[])[];
	/** '' where there is no such column */
	cell(row: number, name: string): string;
	whole(row: number, name: string): number;
	unreadable(row: number, what: string): UnreadableFile;
}

function tableIn(file: string, csv: string, needed: readonly string[]): Table {
	const { rows: all, openedAt } = csvRows(csv.replace(/^\ufeff/, ''), ',');
	if (openedAt !== null)
		throw new UnreadableFile(file, lineOf(all, openedAt - 1), 'a quotation mark is opened and not closed: the file is cut off');
	const [headings = [], ...below] = all;
	const places = new Map(headings.map((heading, place) => [heading.trim(), place]));
	for (const name of needed) if (!places.has(name)) throw new UnreadableFile(file, 1, `there is no column "${name}"`);
	const kept = below.map((_, at) => at + 1).filter((at) => all[at]!.length > 0);
	const unreadable = (row: number, what: string) => new UnreadableFile(file, lineOf(all, kept[row]!), what);
	const table: Table = {
		rows: kept.map((at) => all[at]!),
		cell: (row, name) => (table.rows[row]![places.get(name) ?? -1] ?? '').trim(),
		whole(row, name) {
			const cell = table.cell(row, name);
			const number = /^-?\d+$/.test(cell) ? Number(cell) : NaN;
			// larger ones would not be told apart
			if (!Number.isSafeInteger(number)) throw unreadable(row, `${name} is ${shown(cell)}, no whole number below 2^53`);
			return number;
		},
		unreadable
	};
	table.rows.forEach(({ length }, row) => {
		if (length !== headings.length)
			throw unreadable(
				row,
				`${length} cells under ${headings.length} headings: the file is cut off or a quotation mark is missing`
			);
	});
	return table;
}

/** The line at which a row begins: cells hold line ends of their own. */
function lineOf(rows: readonly (readonly string[])[], row: number): number {
	let line = row + 1;
	for (let before = 0; before < row; before++) for (const cell of rows[before]!) line += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
	return line;
}

/** A cell as a sentence shows it: short, and without what a terminal would obey. */
function shown(cell: string): string {
	return `"${printable(cell.slice(0, 40))}${cell.length > 40 ? '…' : ''}"`;
}

function ascending(ids: Iterable<number>): number[] {
	return [...new Set(ids)].sort((one, other) => one - other);
}
