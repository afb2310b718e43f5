import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { bringIn } from '#sheets/bringing-in.server.ts';
import { prepareSheet } from '#sheets/preparing.server.ts';
import { topicForImport } from '#contributions/intake/importing.server.ts';
import { figure, type Figure } from '../talk/figures.ts';
import { openGround } from '../talk/shipped.ts';
import { writeWorkbook } from '#files/workbook.server.ts';

const actor: Actor = { kind: 'job', name: 'bench' };
const howMany = 50_000;
const groups = ['governments', 'Private sector', 'société civile', 'academia', ''];
const places = ['Kenya', 'Brasil', 'FR', 'Japan', ''];

/** 50,000 ideas from a CSV file and from a workbook: looked through, and brought in whole, in one transaction. */
export async function sheet(): Promise<Figure[]> {
	const ground = await openGround();
	const { database, keys } = ground;
	const figures: Figure[] = [];
	try {
		for (const [format, bytes] of [
			['csv', csv()],
			['xlsx', await workbook()]
		] as const) {
			const slug = `sheet-${format}`;
			const { topicId } = await topicForImport(database, slug, actor);
			const wanted = { topicId, kind: 'ideas', slug } as const;
			let begun = performance.now();
			const { fresh, errors } = await prepareSheet(database, keys, wanted, bytes);
			const preview = (performance.now() - begun) / 1000;
			if (fresh.length !== howMany || errors.length > 0) throw new Error(`${fresh.length} rows, ${errors.length} errors`);
			begun = performance.now();
			// the job looks anew at what it brings in
			const again = await prepareSheet(database, keys, wanted, bytes);
			const added = await inTransaction(database, (transaction) =>
				bringIn(transaction, { topicId, kind: 'ideas', origin: '' }, again.fresh, actor)
			);
			const importing = (performance.now() - begun) / 1000;
			if (added !== howMany) throw new Error(`${added} rows came in`);
			const megabytes = Math.round(bytes.length / 1e5) / 10;
			const about = { format, rows: howMany, megabytes };
			figures.push(
				figure({ bench: 'sheet', value: preview, unit: 's for the preview', baseline: null, must: '≤ 5' }, about),
				figure({ bench: 'sheet', value: importing, unit: 's for the import', baseline: null, must: '≤ 60' }, about)
			);
		}
		return figures;
	} finally {
		await ground.close();
	}
}

const headings = ['No', 'Point', 'Explanation', 'Stakeholder group', 'Country', 'Organisation', 'Language'];

function* rows(): Generator<string[]> {
	for (let index = 0; index < howMany; index++) {
		yield [
			String(index + 1),
			`Idea ${index + 1}: connect school ${index % 977} and library ${index % 331} to the open network`,
			`It costs ${index % 89} a month, "so to speak", and everybody in district ${index % 613} would gain from it; nobody would lose.`,
			groups[index % groups.length]!,
			places[index % places.length]!,
			index % 3 === 0 ? `Organisation ${index % 200}` : '',
			'en'
		];
	}
}

export function csv(): Uint8Array {
	const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
	return Buffer.from([headings, ...rows()].map((row) => `${row.map(quoted).join(',')}\r\n`).join(''));
}

export async function workbook(): Promise<Uint8Array> {
	async function* following() {
		for (const row of rows()) yield await Promise.resolve(row);
	}
	const stream = writeWorkbook('Ideas', headings, following()) as ReadableStream<Uint8Array<ArrayBuffer>>;
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
