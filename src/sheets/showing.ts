import type { Draft } from '#sheets/drafts.ts';
import type { Field } from '#sheets/fields.ts';

/** A row as it will be: keys of groups, regions, countries and languages for a page to name. */
export interface ShownRow {
	readonly row: number;
	readonly cells: Readonly<Partial<Record<Field, string | readonly string[]>>>;
}

const shownRows = 5;
const longest = 300;

export function firstRows(drafts: readonly Draft[]): ShownRow[] {
	return drafts.slice(0, shownRows).map((draft) => ({ row: draft.row, cells: cut(cellsOf(draft)) }));
}

function cellsOf({ thing }: Draft): Partial<Record<Field, string | readonly string[] | null>> {
	switch (thing.kind) {
		case 'ideas':
		case 'submissions': {
			const { groups, country, region, organisation, question, language, name } = thing;
			const words =
				thing.kind === 'ideas'
					? { point: thing.point, explanation: thing.explanation, sources: thing.sources }
					: { title: thing.title, text: thing.text, abstract: thing.abstract, keywords: thing.keywords };
			const asked = question ? String(question.number) : null;
			return { ...words, question: asked, language, author: name, organisation, groups, country, region };
		}
		case 'invitations': {
			const { email, role, groups, region, organisation, language } = thing;
			return { email, role, groups, region, organisation, language };
		}
		case 'organisations': {
			const { name, aliases, organisationKind, country, parent, memberships } = thing;
			return { name, aliases, kind: organisationKind, country, parent, memberships };
		}
	}
}

function cut(cells: Partial<Record<Field, string | readonly string[] | null>>): ShownRow['cells'] {
	const kept: Partial<Record<Field, string | readonly string[]>> = {};
	for (const [field, value] of Object.entries(cells) as [Field, string | readonly string[] | null][]) {
		if (value === null || value.length === 0) continue;
		kept[field] = typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
	}
	return kept;
}
