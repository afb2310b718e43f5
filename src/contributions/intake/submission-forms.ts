/**
 * The web form of a submission as it was saved in a text file: a title, fields each after its name, the abstract and the document under a
 * line of their own. Text cut from PDF breaks a field over several lines and glues a name to the text before it ("perspectiveArea:",
 * "doc 1Abstract"); both are read.
 */
export interface SubmissionForm {
	readonly title: string;
	readonly area: string;
	readonly entitledBy: string;
	readonly region: string;
	readonly organization: string;
	readonly sector: string;
	readonly keywords: readonly string[];
	/** number of files that were attached to the form */
	readonly attached: number;
	/** as written, with its line breaks; empty where there is none */
	readonly abstract: string;
	/** as written, with its line breaks; empty where there is none */
	readonly document: string;
}

/** The form that a text holds, or undefined where the text is something else. */
export function submissionForm(text: string): SubmissionForm | undefined {
	const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
	const { header, abstract, document } = parts(plain);
	const names = fieldNames(header);
	// three different names of the form: fewer may stand in any text
	if (new Set(names.map((found) => found.field)).size < 3) return undefined;
	const values = new Map<Field, string>();
	let attached = 0;
	names.forEach((name, index) => {
		const value = oneLine(header.slice(name.end, names[index + 1]?.start ?? header.length));
		if (name.field === 'attached') attached += 1;
		else if (!values.has(name.field)) values.set(name.field, withoutOwnName(name.field, value));
	});
	return {
		title: oneLine(header.slice(0, names[0]?.start ?? 0)),
		area: values.get('area') ?? '',
		entitledBy: values.get('entitledBy') ?? '',
		region: values.get('region') ?? '',
		organization: values.get('organization') ?? '',
		sector: values.get('sector') ?? '',
		keywords: keywords(values.get('keywords') ?? ''),
		attached,
		abstract,
		document
	};
}

/** The files of one submission: `014A.txt` is its form, `014B.txt` its attached document, anything else stands alone. */
export function submissionsInFiles(paths: readonly string[]): { key: string; form: string; attached?: string }[] {
	const byKey = new Map<string, { form?: string; attached?: string }>();
	for (const path of [...paths].sort(byCodeUnit)) {
		const name = /^(.*\d)([AB])\.[^./]+$/iu.exec(path);
		const key = name?.[1] ?? path;
		const found = byKey.get(key) ?? {};
		byKey.set(key, name?.[2]?.toUpperCase() === 'B' ? { ...found, attached: path } : { ...found, form: path });
	}
	return [...byKey].map(([key, { form, attached }]) => {
		if (form !== undefined) return attached === undefined ? { key, form } : { key, form, attached };
		return { key, form: attached ?? key };
	});
}

type Field = 'area' | 'entitledBy' | 'region' | 'organization' | 'sector' | 'keywords' | 'attached';

const fields: Readonly<Record<string, Field>> = {
	area: 'area',
	'entitled by': 'entitledBy',
	region: 'region',
	organization: 'organization',
	organisation: 'organization',
	sector: 'sector',
	keywords: 'keywords',
	'doc attached': 'attached'
};

/** The header ends where a line is, or ends in, "Abstract" or (where there is no abstract) is "Document". */
function parts(text: string): { header: string; abstract: string; document: string } {
	const opening = /(^|Click here to see the doc \d+ ?)Abstract:?[ \t]*$/mu.exec(text);
	const rest = opening ? text.slice(opening.index + opening[0].length) : text;
	const heading = /^Document[.:]?[ \t]*$/mu.exec(rest);
	const document = heading ? trimmed(rest.slice(heading.index + heading[0].length)) : '';
	const before = heading ? rest.slice(0, heading.index) : rest;
	if (opening) return { header: text.slice(0, opening.index) + opening[1], abstract: trimmed(before), document };
	return { header: before, abstract: '', document };
}

/**
 * Where a name of a field stands: at the beginning of a line, or glued to a small letter before it; always with its colon and in this
 * spelling, so that "the region: …" in a title is not taken for one.
 */
function fieldNames(header: string): { field: Field; start: number; end: number }[] {
	const name = /(^|(?<=\p{Ll}))(Area|Entitled [Bb]y|Region|Organi[sz]ation|Sector|Keywords|Doc Attached)[ \t]*:/gmu;
	return [...header.matchAll(name)].flatMap((found) => {
		const field = fields[(found[2] ?? '').toLowerCase()];
		return field ? [{ field, start: found.index, end: found.index + found[0].length }] : [];
	});
}

/** "Region: Region - Global with …": what a person typed again in the field. */
function withoutOwnName(field: Field, value: string): string {
	return value.replace(new RegExp(`^${field}\\s*[-–:]\\s*`, 'iu'), '');
}

function keywords(value: string): string[] {
	return value
		.split(/[;,]/u)
		.map((keyword) => keyword.trim().replace(/\.$/u, ''))
		.filter((keyword) => keyword !== '');
}

function oneLine(text: string): string {
	return text.replaceAll(/\s+/gu, ' ').trim();
}

function trimmed(text: string): string {
	return text.replace(/^\s*\n/u, '').trimEnd();
}

function byCodeUnit(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
