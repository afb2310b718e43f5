import { speakerOf } from '#languages/catalogue.server.ts';
import { directionOf, isLanguage, pathInLanguage, type Language } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';
import { isolated } from '#languages/usable.ts';
import { keyOf } from '#reports/checking.ts';
import type { Edition, EditionParagraph, Mark, Note } from '#reports/edition.ts';
import type { Resolved } from '#reports/sources.server.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import { afterClosing } from './closing.ts';
import { namesIn, shownTable, type Names, type ShownTable } from './report-tables.server.ts';

/** A stretch of a paragraph with the notes that stand at its end. */
export interface Piece {
	readonly text: string;
	/** a figure leads to its note itself; other words bear the number of the note */
	readonly figureOf: number | null;
	/** on paper, where nothing can be followed, the last figure of a note in its paragraph bears the number of the note */
	readonly isLastOfNote: boolean;
	readonly notes: readonly number[];
	/** BCP 47: of words that are quoted within other words; null for these */
	readonly quoted: string | null;
}

export interface ShownParagraph {
	readonly number: number;
	readonly kind: EditionParagraph['kind'];
	readonly lang: string;
	readonly dir: 'ltr' | 'rtl' | 'auto';
	readonly pieces: readonly Piece[];
	readonly table: ShownTable | null;
	/** of a quotation: whose words they are */
	readonly by: string | null;
}

export interface ShownNote {
	readonly number: number;
	readonly text: string;
	/** of the source's own title or words */
	readonly own: { readonly text: string; readonly lang: string } | null;
	readonly href: string | null;
	/** the paragraphs that rest on it */
	readonly usedBy: readonly number[];
	/** said where it was hidden or taken back after the report was published */
	readonly gone: string | null;
}

export interface ShownReport {
	readonly language: Language;
	readonly direction: 'ltr' | 'rtl';
	readonly contents: readonly { readonly number: number; readonly text: string; readonly lang: string }[];
	readonly paragraphs: readonly ShownParagraph[];
	readonly notes: readonly ShownNote[];
	readonly notesTitle: string;
	readonly waivers: readonly { readonly paragraph: number; readonly words: string; readonly reason: string }[];
}

export interface ReportFrame {
	readonly slug: string;
	/** of the report */
	readonly number: number;
	/** of the reader: links stay in it */
	readonly reader: Language;
	readonly institution: Institution;
	/** what the sources are now; absent: not asked */
	readonly states: ReadonlyMap<string, Pick<Resolved, 'isSeen' | 'path'>> | null;
}

/** An edition as a page shows it, all of its own words in the language of the report. */
export function shownReport(edition: Edition, frame: ReportFrame): ShownReport {
	const language = isLanguage(edition.language) ? edition.language : 'en';
	const say = speakerOf(language);
	const names = namesIn(say, frame.institution);
	const paragraphs = edition.paragraphs.map((paragraph) => shownParagraph(paragraph, edition, say, names));
	return {
		language,
		direction: say.direction,
		contents: edition.paragraphs
			.filter(({ kind }) => kind === 'heading')
			.map(({ number, text, language: lang }) => ({ number, text, lang })),
		paragraphs,
		notes: edition.notes.map((note) => shownNote(note, edition, frame, say, names)),
		notesTitle: say('reports.notes'),
		waivers: edition.waivers.map(({ paragraph, words, reason }) => ({ paragraph, words, reason }))
	};
}

function shownParagraph(paragraph: EditionParagraph, edition: Edition, say: Say, names: Names): ShownParagraph {
	const { number, kind, language, table } = paragraph;
	const note = kind === 'quotation' ? edition.notes[(paragraph.marks[0]?.note ?? 0) - 1] : undefined;
	return {
		...{ number, kind },
		lang: tagOf(language),
		dir: directionOf(language),
		pieces: piecesOf(paragraph, edition.notes),
		table: table === null ? null : shownTable(table.pointer, table.value, say, names),
		by: note ? whoseWords(note, say, names) : null
	};
}

/** The text cut where quoted words begin, and where notes begin and end. */
function piecesOf({ kind, text, marks }: EditionParagraph, allNotes: readonly Note[]): Piece[] {
	const letters = [...text];
	const noteAt = ({ ends }: Mark) => afterClosing(letters, ends);
	const isFigure = (mark: Mark) => mark.value !== null;
	// a quotation is somebody's words as a whole
	const isQuoted = (mark: Mark) => mark.isQuote && kind !== 'quotation';
	const cuts = [
		...new Set([
			...[0, letters.length],
			...marks.flatMap((mark) => (isFigure(mark) || isQuoted(mark) ? [mark.starts, mark.ends, noteAt(mark)] : [noteAt(mark)]))
		])
	];
	cuts.sort((one, other) => one - other);
	const pieces = cuts.slice(0, -1).map((from, index) => {
		const to = cuts[index + 1]!;
		const figure = marks.find((mark) => isFigure(mark) && mark.starts === from && mark.ends === to);
		const quote = marks.find((mark) => isQuoted(mark) && mark.starts <= from && mark.ends >= to);
		const notes = marks.filter((mark) => !isFigure(mark) && noteAt(mark) === to).map((mark) => mark.note);
		return {
			text: letters.slice(from, to).join(''),
			figureOf: figure?.note ?? null,
			notes: [...new Set(notes)],
			quoted: quote ? tagOf(allNotes[quote.note - 1]?.language ?? '') : null
		};
	});
	return pieces.map((piece, place) => ({
		...piece,
		isLastOfNote: pieces.findLastIndex(({ figureOf }) => figureOf === piece.figureOf) === place
	}));
}

/** As HTML says that a language is not known. */
function tagOf(language: string): string {
	return language === 'und' ? '' : language;
}

function whoseWords({ thingNumber, title, organisation, groups }: Note, say: Say, names: Names): string {
	return say('reports.whose-words', {
		number: thingNumber ?? 0,
		// in whatever direction they are written, they turn nothing beside them
		title: isolated(title ?? ''),
		who: [organisation && isolated(organisation), ...(groups.length > 0 ? [say.list(groups.map(names.group))] : [])]
			.filter(Boolean)
			.join(', '),
		known: organisation || groups.length > 0 ? 'yes' : 'no'
	});
}

function shownNote(note: Note, edition: Edition, frame: ReportFrame, say: Say, names: Names): ShownNote {
	const { number, kind, title, language } = note;
	const usedBy = edition.paragraphs.filter(({ marks }) => marks.some((mark) => mark.note === number)).map((one) => one.number);
	const isGone = frame.states !== null && kind !== 'figure' && frame.states.get(keyOf(note))?.isSeen !== true;
	const own = (text: string | null) => (text ? { text, lang: tagOf(language ?? '') } : null);
	const isOfPerson = kind === 'passage' || kind === 'submission';
	const text = noteText(note, edition, say, names);
	return {
		...{ number, text, usedBy },
		own: isOfPerson ? own(note.quote) : kind === 'figure' ? null : own(title),
		// where the source stands now, which may be elsewhere than when the edition was set
		href: isGone ? null : addressOf({ ...note, path: frame.states?.get(keyOf(note))?.path ?? note.path }, frame),
		gone: isGone ? say('reports.note-gone') : null
	};
}

function noteText({ kind, pointer, ...note }: Note, edition: Edition, say: Say, names: Names): string {
	const moment = say.date(new Date(edition.snapshot.takenAt), { zone: edition.zone, style: 'moment' });
	if (kind === 'figure') return say('reports.note-figure', { subject: subjectNamed(pointer ?? '', say), moment });
	if (kind === 'passage' || kind === 'submission') return whoseWords({ kind, pointer, ...note }, say, names);
	return say(`reports.note-${kind}`, { number: note.thingNumber ?? 0, moment });
}

function addressOf({ kind, path, pointer }: Note, { slug, number, reader }: ReportFrame): string {
	const topic = `/topics/${slug}`;
	const idea = /^\/ideas\/([0-9]+)/.exec(pointer ?? '')?.[1];
	if (kind === 'figure' && idea !== undefined) return pathInLanguage(`${topic}/ideas/${idea}`, reader);
	if (kind === 'figure' || kind === 'snapshot') return `${topic}/reports/${number}/figures.json`;
	return pathInLanguage(`${topic}${path ?? ''}`, reader);
}

function subjectNamed(pointer: string, say: Say): string {
	const [, about, key, below] = pointer.split('/');
	if (about === 'ideas')
		return say(below === 'cells' || below === 'stancesByGroup' ? 'reports.subject-idea-cells' : 'reports.subject-idea', {
			number: Number(key)
		});
	if (about === 'questions') return say('reports.subject-question');
	if (about === 'balance') return say('reports.subject-balance', { dimension: say(`reports.by-${key}` as 'reports.by-group') });
	if (about === 'mostActive' && key === undefined) return say('reports.subject-most-active');
	if (about === 'mostActive') return say(key === 'author' ? 'reports.subject-author' : 'reports.subject-organisation');
	return say('reports.subject-overall');
}
