import { readFile } from 'node:fs/promises';
import { wrong } from '#cli/console.ts';
import type { Guest } from '#engines/seating/input.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { readSheet } from '#sheets/reading.server.ts';

/** Who is to be seated, as a sheet has it, and by what tables can be mixed; hosts are those of the first tables, beside those of the sheet. */
export async function guestsIn(
	path: string,
	hosts: readonly string[]
): Promise<{ people: (Guest & { name: string })[]; attributes: string[] }> {
	const [headings, ...rows] = (await rowsIn(path)).filter(({ cells }) => cells.some((cell) => cell !== ''));
	const places = placesOf(headings?.cells ?? []);
	const cellsOf = rows.map(({ cells, row }) => ({ row, cell: (name: string) => cells[places.get(name) ?? -1] ?? '' }));
	for (const { row, cell } of cellsOf) if (cell('id') === '') throw wrong(`Row ${row} has no id.`);
	const known = new Set(cellsOf.map(({ cell }) => cell('id')));
	for (const [place, host] of hosts.entries()) {
		if (!known.has(host)) throw wrong(`--hosts names "${host}", who is not in the list.`);
		if (hosts.indexOf(host) !== place) throw wrong(`--hosts names "${host}" twice.`);
	}
	const attributes = ['group', 'region'].filter((name) => cellsOf.some(({ cell }) => cell(name) !== ''));
	const people = cellsOf.map(({ cell }) => ({
		...{ id: cell('id'), name: cell('name'), pins: [] },
		of: attributes.map((name) => cell(name) || null),
		languages: cell('languages')
			.split(/[\s,;/|]+/)
			.filter(Boolean),
		host: hostedBy(cell('id'), cell('host'), hosts)
	}));
	return { people, attributes };
}

async function rowsIn(path: string): Promise<{ row: number; cells: string[] }[]> {
	const { rows, remarks } = await readSheet(await bytesOf(path)).catch((error: unknown) => {
		if (!isRefusal(error)) throw error;
		throw wrong(speakerOf('en')(`refusals.${error.code}`, error.values));
	});
	const open = remarks.find(({ code }) => code === 'quote-open');
	if (open) throw wrong(`In row ${open.row} a quotation mark is opened that nothing closes.`);
	return rows.map((cells, place) => ({ row: place + 1, cells: cells.map((cell) => cell.trim()) }));
}

async function bytesOf(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (error) {
		throw wrong(`The list cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
	}
}

function placesOf(headings: readonly string[]): Map<string, number> {
	const names = headings.map((heading) => heading.toLowerCase());
	if (!names.includes('id')) throw wrong('There is no column "id" in the list.');
	const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place);
	if (twice !== undefined) throw wrong(`The list has two columns "${twice}".`);
	return new Map(names.map((name, place) => [name, place]));
}

/** The place of the table that somebody hosts by the list or by the command line; null: none. */
function hostedBy(id: string, listed: string, hosts: readonly string[]): number | null {
	if (listed !== '' && !/^[1-9]\d{0,5}$/.test(listed))
		throw wrong(`Person ${id} has the host column "${listed}", no number of a table.`);
	const named = hosts.indexOf(id);
	if (named === -1) return listed === '' ? null : Number(listed) - 1;
	if (listed !== '' && Number(listed) - 1 !== named)
		throw wrong(`Person ${id} hosts table ${listed} in the list and table ${named + 1} by --hosts.`);
	return named;
}
