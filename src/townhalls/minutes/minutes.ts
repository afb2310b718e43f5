import { msOf } from '#townhalls/captions/cue.ts';

/** Drafted at the desk, corrected by those who were there until a moment, final. */
export const minuteStates = ['draft', 'corrected', 'final'] as const;
export type MinuteState = (typeof minuteStates)[number];

export const minuteLimits = { sections: 60, heading: 300, text: 20_000, reason: 500, chapters: 10_000 } as const;

export interface MinuteSection {
	/** from 1; the same through all versions */
	readonly place: number;
	readonly heading: string;
	readonly text: string;
}

export function mayBecome(before: MinuteState, after: MinuteState): boolean {
	return before !== 'final' && (after !== 'draft' || before === 'corrected');
}

/** Whether attendees may say now what they would have otherwise. */
export function takesSuggestions({ state, until }: { state: MinuteState; until: Date | null }, at: Date): boolean {
	return state === 'corrected' && until !== null && at < until;
}

export interface Chapter {
	/** from the beginning of the recording */
	readonly seconds: number;
	readonly title: string;
}

/** Chapters as somebody types them, a line each: "12:30 Opening". The numbers of lines that are none come back, too. */
export function chaptersIn(typed: string): { chapters: Chapter[]; wrong: number[] } {
	const wrong: number[] = [];
	const chapters = typed.split(/\r\n|\n|\r/).flatMap((line, at) => {
		if (line.trim() === '') return [];
		const found = /^\s*([\d:]+)[\s–—-]+(\S.*)$/.exec(line);
		const ms = found ? msOf(found[1]!) : null;
		if (ms === null) {
			wrong.push(at + 1);
			return [];
		}
		return [{ seconds: ms / 1000, title: found![2]!.trim() }];
	});
	return { chapters: chapters.sort((one, other) => one.seconds - other.seconds), wrong };
}

/** The address of a chapter: a media fragment (W3C), but where a well-known host has its own way. */
export function chapterAddress(recording: string, seconds: number): string {
	const address = new URL(recording);
	if (/(^|\.)(youtube\.com|youtu\.be)$/.test(address.hostname)) address.searchParams.set('t', `${seconds}s`);
	else address.hash = /(^|\.)vimeo\.com$/.test(address.hostname) ? `t=${seconds}s` : `t=${seconds}`;
	return address.href;
}

/** Something that was recorded, and when; null: not known, or not to be known. */
export interface Recorded {
	readonly at: Date | null;
	readonly text: string;
}

/** When an item of the agenda was on: [from, to). */
export interface Spell {
	readonly heading: string;
	readonly spells: readonly { readonly from: Date; readonly to: Date | null }[];
}

/**
 * The sections of a draft: for each item of the agenda what was recorded while it was on, in its order; under the last heading everything that belongs to none.
 * Without an agenda there is that one section.
 */
export function draftOf(items: readonly Spell[], recorded: readonly Recorded[], restHeading: string): MinuteSection[] {
	const texts: string[][] = items.map(() => []);
	const rest: string[] = [];
	for (const { at, text } of recorded) {
		const isOn = ({ spells }: Spell) => spells.some(({ from, to }) => at !== null && from <= at && (to === null || at < to));
		(texts[items.findIndex(isOn)] ?? rest).push(text);
	}
	const sections = items.map(({ heading }, at) => ({ heading, text: texts[at]!.join('\n\n') }));
	if (rest.length > 0 || items.length === 0) sections.push({ heading: restHeading, text: rest.join('\n\n') });
	return sections.map((section, at) => ({ place: at + 1, ...section }));
}
