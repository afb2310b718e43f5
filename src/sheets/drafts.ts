import type { Attribution } from '#contributions/contribution.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { limits } from '#ideas/idea.ts';
import type { OrganisationKind } from '#people/organisations/organisation.ts';
import type { Columns } from '#sheets/columns.ts';
import { fieldsOf, type Field } from '#sheets/fields.ts';
import { RowReader, type SheetRow } from '#sheets/rows.ts';
import type { Remark, SheetKind } from '#sheets/sheet.ts';

/** What words in a sheet mean in this topic and institution, in any of the six languages; null where nobody knows. */
export interface Here {
	readonly group: (text: string) => string | null;
	readonly place: (text: string) => { readonly country: string | null; readonly region: string | null } | null;
	readonly question: (text: string) => { readonly questionId: string; readonly number: number } | null;
	/** a BCP 47 tag or the name of a language */
	readonly language: (text: string) => string | null;
	readonly role: (text: string) => 'participant' | 'moderator' | 'rapporteur' | null;
	readonly organisationKind: (text: string) => OrganisationKind | null;
	readonly membership: (text: string) => string | null;
	readonly email: (text: string) => string | null;
	readonly foldedName: (text: string) => string;
}

interface Stated {
	readonly groups: readonly string[];
	readonly country: string | null;
	readonly region: string | null;
	/** as written; empty: none */
	readonly organisation: string;
}

interface Said extends Stated {
	readonly question: { readonly questionId: string; readonly number: number } | null;
	/** null: to be told from the text */
	readonly language: string | null;
	readonly attribution: Attribution;
	readonly name: string | null;
}

export interface IdeaOfSheet extends Said {
	readonly kind: 'ideas';
	readonly point: string;
	readonly explanation: string;
	readonly sources: string;
}

export interface SubmissionOfSheet extends Said {
	readonly kind: 'submissions';
	readonly title: string;
	readonly text: string;
	readonly abstract: string;
	readonly keywords: string;
}

export interface InvitationOfSheet extends Omit<Stated, 'country'> {
	readonly kind: 'invitations';
	readonly email: string;
	readonly role: 'participant' | 'moderator' | 'rapporteur';
	readonly language: string | null;
}

export interface OrganisationOfSheet {
	readonly kind: 'organisations';
	readonly name: string;
	readonly aliases: readonly string[];
	readonly organisationKind: OrganisationKind | null;
	readonly country: string | null;
	readonly parent: string;
	readonly memberships: readonly string[];
}

export type Thing = IdeaOfSheet | SubmissionOfSheet | InvitationOfSheet | OrganisationOfSheet;
export type ThingOf<Kind extends SheetKind> = Extract<Thing, { readonly kind: Kind }>;

export interface Draft<Said extends Thing = Thing> {
	readonly row: number;
	/** the same for the same row of the same sheet brought again: its own id, else what it says */
	readonly identity: string;
	readonly thing: Said;
}

/** What is not there yet, with the key of its row where one is kept: of ideas and submissions. */
export type Fresh<Said extends Thing = Thing> = Draft<Said> & { readonly key: Buffer | null };

/** Every row as it would come in, and whatever keeps one from it. A row that stands there twice comes in once. */
export function draftsOf(
	rows: readonly SheetRow[],
	columns: Columns,
	kind: SheetKind,
	here: Here
): { drafts: Draft[]; remarks: Remark[] } {
	const drafts: Draft[] = [];
	const remarks: Remark[] = [];
	const seen = new Map<string, { row: number; content: string }>();
	for (const row of rows) {
		const reader = new RowReader(row, columns);
		const thing = readers[kind](reader, here);
		const content = JSON.stringify(fieldsOf[kind].map((field: Field) => (field === 'id' ? '' : reader.raw(field).trim())));
		const identity = identityOf(thing, reader.raw('id').trim(), content, here);
		const before = seen.get(identity);
		if (before && before.content !== content) {
			const field = kind === 'invitations' ? 'email' : kind === 'organisations' ? 'name' : 'id';
			reader.wrong(field, 'id-twice', { other: before.row });
		} else if (before) remarks.push({ code: 'row-twice', row: row.row, values: { other: before.row } });
		else seen.set(identity, { row: row.row, content });
		for (const error of reader.errors) remarks.push(error);
		if (!before && reader.errors.length === 0) drafts.push({ row: row.row, identity, thing });
	}
	return { drafts, remarks };
}

/** The same drafts, known to be of their kind: a sheet holds no other. */
export function draftsOfKind<Kind extends SheetKind, One extends Draft>(
	drafts: readonly One[],
	kind: Kind
): (One & Draft<ThingOf<Kind>>)[] {
	return drafts.filter((draft): draft is One & Draft<ThingOf<Kind>> => draft.thing.kind === kind);
}

const readers: { readonly [Kind in SheetKind]: (reader: RowReader, here: Here) => ThingOf<Kind> } = {
	ideas: (reader, here) => ({
		kind: 'ideas',
		point: reader.text('point', limits.point, { isNeeded: true }),
		explanation: reader.text('explanation', limits.explanation),
		sources: reader.text('sources', limits.sources),
		...said(reader, here)
	}),
	submissions: (reader, here) => ({
		kind: 'submissions',
		title: reader.text('title', submissionLimits.title, { isNeeded: true }),
		text: reader.text('text', submissionLimits.text, { isNeeded: true }),
		abstract: reader.text('abstract', submissionLimits.abstract),
		keywords: reader.text('keywords', submissionLimits.field),
		...said(reader, here)
	}),
	invitations(reader, here) {
		const { groups, region, organisation } = stated(reader, here);
		const email = reader.meaning('email', 'email-wrong', here.email);
		if (reader.raw('email').trim() === '') reader.wrong('email', 'cell-empty');
		return {
			kind: 'invitations',
			email: email ?? '',
			role: reader.meaning('role', 'word-unknown', here.role) ?? 'participant',
			language: reader.meaning('language', 'language-unknown', here.language),
			...{ groups, region, organisation }
		};
	},
	organisations: (reader, here) => ({
		kind: 'organisations',
		name: nameOf(reader, here),
		aliases: listed(reader.text('aliases', submissionLimits.field), /[;|\n]/),
		organisationKind: reader.meaning('kind', 'word-unknown', here.organisationKind),
		country: reader.meaning('country', 'place-unknown', (text) => here.place(text)?.country ?? null),
		parent: reader.text('parent', 300).trim(),
		memberships: reader.meaning('memberships', 'word-unknown', (text) => allOf(text, here.membership)) ?? []
	})
};

function said(reader: RowReader, here: Here): Said {
	const own = stated(reader, here);
	const name = reader.text('author', limits.name).trim() || null;
	const saysSomething = own.groups.length > 0 || own.country !== null || own.region !== null || own.organisation !== '';
	return {
		...own,
		question: reader.meaning('question', 'question-unknown', here.question),
		language: reader.meaning('language', 'language-unknown', here.language),
		name,
		attribution: name !== null ? 'named' : saysSomething ? 'group' : 'anonymous'
	};
}

function stated(reader: RowReader, here: Here): Stated {
	const region = reader.meaning('region', 'place-unknown', here.place);
	const country = reader.meaning('country', 'place-unknown', here.place);
	return {
		groups: reader.meaning('groups', 'group-unknown', (text) => allOf(text, here.group)) ?? [],
		country: country?.country ?? region?.country ?? null,
		region: region?.region ?? country?.region ?? null,
		organisation: reader.text('organisation', 300).trim()
	};
}

function nameOf(reader: RowReader, here: Here): string {
	const name = reader.text('name', 300, { isNeeded: true }).trim();
	// "***": nothing by which it could be found again
	if (name !== '' && here.foldedName(name) === '') reader.wrong('name', 'cell-empty');
	return name;
}

/** The whole as one, else each of several: keys as our exports write them, names with a sign between. */
function allOf(text: string, one: (text: string) => string | null): string[] | null {
	const whole = one(text);
	if (whole !== null) return [whole];
	for (const sign of [/[;,|\n]/, /\s+/]) {
		const parts = listed(text, sign).map(one);
		if (parts.length > 1 && parts.every((part) => part !== null)) return [...new Set(parts)];
	}
	return null;
}

function listed(text: string, sign: RegExp): string[] {
	return text
		.split(sign)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function identityOf(thing: Thing, id: string, content: string, here: Here): string {
	if (thing.kind === 'invitations') return `${thing.kind} ${thing.email || content}`;
	if (thing.kind === 'organisations') return `${thing.kind} ${here.foldedName(thing.name) || content}`;
	return id === '' ? `${thing.kind} says ${content}` : `${thing.kind} is ${id}`;
}
