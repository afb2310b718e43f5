import { valueAt, type Json } from '#agreement/canonical.ts';
import type { Span } from '#contributions/passages/passage.ts';
import type { ParagraphKind, SourceKind } from '#reports/paragraph.ts';

/** A published report, whole, as it was published: the page shows this and reads nothing else but whether sources can still be seen. */
export type Edition = {
	readonly form: 1;
	readonly language: string;
	readonly title: string;
	/** IANA: in which it tells times */
	readonly zone: string;
	readonly snapshot: { readonly snapshotId: string; readonly takenAt: string; readonly sha256: string };
	readonly paragraphs: readonly EditionParagraph[];
	/** numbered from 1 in the order in which the text comes to them */
	readonly notes: readonly Note[];
	/** what the check found and why it was published all the same */
	readonly waivers: readonly {
		readonly paragraph: number;
		readonly remark: string;
		readonly words: string;
		readonly reason: string;
	}[];
};

export type EditionParagraph = {
	readonly number: number;
	readonly section: string;
	readonly kind: Exclude<ParagraphKind, 'removed'>;
	readonly text: string;
	readonly language: string;
	/** which note belongs under which words */
	readonly marks: readonly Mark[];
	/** of a table: where it stands in the snapshot, and what */
	readonly table: { readonly pointer: string; readonly value: Json } | null;
};

export type Mark = Span & {
	readonly note: number;
	readonly isQuote: boolean;
	/** of a figure: where it stands in the snapshot, and the number there */
	readonly pointer: string | null;
	readonly value: number | null;
};

export type Note = {
	readonly number: number;
	readonly kind: SourceKind;
	readonly thingId: string;
	/** of the idea, submission, comment */
	readonly thingNumber: number | null;
	readonly title: string | null;
	readonly language: string | null;
	readonly organisation: string | null;
	readonly groups: readonly string[];
	readonly quote: string | null;
	/** of figures: what they are about (`/ideas/14`); one note for all of it */
	readonly pointer: string | null;
	readonly path: string | null;
};

export interface EditionMatter {
	readonly language: string;
	readonly title: string;
	readonly zone: string;
	readonly snapshot: Edition['snapshot'];
	readonly figures: Json;
	readonly paragraphs: readonly {
		readonly number: number;
		readonly section: string;
		readonly kind: ParagraphKind;
		readonly text: string;
		readonly language: string;
		readonly sources: readonly (Span & {
			readonly kind: SourceKind;
			readonly thingId: string;
			readonly pointer: string | null;
			readonly quote: string | null;
		})[];
	}[];
	readonly sourceOf: (source: { kind: SourceKind; thingId: string }) => {
		readonly number: number | null;
		readonly title: string | null;
		readonly language: string | null;
		readonly organisation: string | null;
		readonly groups: readonly string[];
		readonly path: string | null;
	} | null;
	readonly waivers: Edition['waivers'];
}

/** Sets an edition: the same thing quoted twice is one note. */
export function setEdition({ language, title, zone, snapshot, figures, paragraphs, sourceOf, waivers }: EditionMatter): Edition {
	const notes: Note[] = [];
	const noteOf = (source: EditionMatter['paragraphs'][number]['sources'][number]): number => {
		const { kind, thingId } = source;
		const pointer = source.pointer === null ? null : subjectOf(source.pointer);
		const known = notes.find((note) => note.kind === kind && note.thingId === thingId && note.pointer === pointer);
		if (known) return known.number;
		const found = sourceOf(source);
		notes.push({
			number: notes.length + 1,
			...{ kind, thingId, pointer },
			thingNumber: found?.number ?? null,
			title: found?.title ?? null,
			language: found?.language ?? null,
			organisation: found?.organisation ?? null,
			groups: found?.groups ?? [],
			quote: source.quote,
			path: found?.path ?? null
		});
		return notes.length;
	};
	const set = paragraphs.flatMap(({ number, section, kind, text, language: own, sources }): EditionParagraph[] => {
		if (kind === 'removed') return [];
		const inOrder = [...sources].sort((one, other) => one.ends - other.ends || one.starts - other.starts);
		const pointer = kind === 'figures' ? (sources.find((source) => source.pointer !== null)?.pointer ?? null) : null;
		const value = pointer === null ? undefined : valueAt(figures, pointer);
		const marks = inOrder.map((source) => ({
			starts: source.starts,
			ends: source.ends,
			note: noteOf(source),
			isQuote: source.quote !== null,
			pointer: source.pointer,
			value: numberAt(figures, source.pointer)
		}));
		return [
			{
				number,
				section,
				kind,
				text,
				language: own,
				marks,
				table: pointer !== null && value !== undefined ? { pointer, value } : null
			}
		];
	});
	return { form: 1, language, title, zone, snapshot, paragraphs: set, notes, waivers };
}

/**
 * What a figure is about: `/ideas/14/agree` → `/ideas/14`, `/ideas/14/cells/group/academia/agree` → `/ideas/14/cells/group`,
 * `/overall/people` → `/overall`.
 */
function subjectOf(pointer: string): string {
	const steps = pointer.split('/');
	if (steps[1] === 'ideas' && steps[3] === 'cells') return steps.slice(0, 5).join('/');
	return steps.slice(0, steps[1] === 'overall' ? 2 : 3).join('/');
}

function numberAt(figures: Json, pointer: string | null): number | null {
	const value = pointer === null ? undefined : valueAt(figures, pointer);
	return typeof value === 'number' ? value : null;
}
