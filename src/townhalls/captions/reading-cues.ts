import { captionLimits, msOf, type Cue, type CueProblem } from '#townhalls/captions/cue.ts';

/*
 * Captions as files have them: WebVTT and SubRip (SRT), told apart by nothing but their times, since files mix them up. A file is blocks between empty
 * lines; a block is a name or number, a line with two times, and words. Whoever wrote it by hand forgot an empty line, turned two times round or broke a
 * time: that block is told by its line, and everything else is read.
 *
 * Cues come back in the order of time, whatever the order of the file. Where they tell the time of day, one that begins more than half a day before the one
 * above it belongs to the next day, and one that begins more than half a day after it to the day before (a file in reverse order over midnight); a cue that
 * ends more than half a day before it begins ends on the next day.
 */

export interface CuesRead {
	readonly cues: readonly Cue[];
	readonly problems: readonly CueProblem[];
}

const halfDay = 12 * 3_600_000;
const day = 2 * halfDay;

export function cuesIn(file: string): CuesRead {
	const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	const problems: CueProblem[] = [];
	const found: Cue[] = [];
	let shift = 0;
	let before: number | null = null;
	for (const block of blocksOf(lines)) {
		const cue = 'what' in block ? block : cueOf(block);
		if ('what' in cue) {
			problems.push(cue);
			continue;
		}
		const [first] = cue;
		if (before !== null && first!.startsMs < before - halfDay) shift += day;
		else if (before !== null && first!.startsMs > before + halfDay) shift -= day;
		before = first!.startsMs;
		found.push(...cue.map((one) => ({ ...one, startsMs: one.startsMs + shift, endsMs: one.endsMs + shift })));
		if (found.length > captionLimits.cues) {
			problems.push({ line: block.line, what: 'too-many' });
			found.length = captionLimits.cues;
			break;
		}
	}
	return { cues: inOrder(found), problems };
}

/** By time, each once; what lay before the first midnight of a file in reverse order begins at day one. */
function inOrder(found: readonly Cue[]): Cue[] {
	const earliest = Math.min(0, ...found.map(({ startsMs }) => Math.floor(startsMs / day) * day));
	const seen = new Set<string>();
	return found
		.map((cue) => ({ ...cue, startsMs: cue.startsMs - earliest, endsMs: cue.endsMs - earliest }))
		.filter((cue) => {
			const key = JSON.stringify(cue);
			return !seen.has(key) && seen.add(key);
		})
		.sort((one, other) => one.startsMs - other.startsMs || one.endsMs - other.endsMs);
}

interface Block {
	/** of its times, from 1 */
	readonly line: number;
	readonly times: string;
	readonly words: readonly string[];
}

/** Lines with an arrow begin a cue, also where no empty line stands before; what has none and is no heading or note is a problem. */
function* blocksOf(lines: readonly string[]): Generator<Block | (CueProblem & { line: number })> {
	let at = 0;
	while (at < lines.length) {
		if (lines[at]!.trim() === '') {
			at++;
			continue;
		}
		const start = at;
		while (at < lines.length && lines[at]!.trim() !== '') at++;
		const block = lines.slice(start, at);
		if (/^(WEBVTT|NOTE|STYLE|REGION)\b/.test(block[0]!.trim()) && !block.some(isTimes)) continue;
		const times = block.flatMap((line, place) => (isTimes(line) ? [place] : []));
		if (times.length === 0) {
			yield { line: start + 1, what: 'no-times' };
			continue;
		}
		for (const [nth, place] of times.entries()) {
			const next = times[nth + 1];
			const words = block.slice(place + 1, next);
			// the number of the next cue, which stands in the same block for want of an empty line
			if (next !== undefined && /^\s*\d+\s*$/.test(words.at(-1) ?? '')) words.pop();
			yield { line: start + place + 1, times: block[place]!, words };
		}
	}
}

function isTimes(line: string): boolean {
	return /^\s*[\d:.,]+\s*-->/.test(line) || /-->\s*[\d:.,]+/.test(line);
}

function cueOf({ line, times, words }: Block): Cue[] | CueProblem {
	const [from = '', rest = ''] = times.split('-->');
	const [startsMs, endsRead] = [msOf(from), msOf(rest.trim().split(/\s+/)[0] ?? '')];
	if (startsMs === null || endsRead === null) return { line, what: 'times-unreadable' };
	const endsMs = endsRead < startsMs - halfDay ? endsRead + day : endsRead;
	if (endsMs < startsMs) return { line, what: 'ends-before' };
	const said = voicesIn(words.join('\n'));
	if (said.length === 0) return { line, what: 'no-words' };
	if (said.some(({ text }) => [...text].length > captionLimits.text)) return { line, what: 'too-long' };
	return said.map((voice) => ({ startsMs, endsMs, ...voice }));
}

/** What each voice says in the words of one cue: `<v Name>`, `>> NAME:` or `Name:` before them. */
export function voicesIn(words: string): { speaker: string | null; text: string }[] {
	const [before = '', ...voices] = words.split(/<v(?:\.[^\s>]*)?\s+/i);
	const marked = voices.map((voice) => {
		const end = voice.indexOf('>');
		return { speaker: plain(voice.slice(0, end === -1 ? voice.length : end)), text: end === -1 ? '' : voice.slice(end + 1) };
	});
	return [
		...named(plain(before)),
		...marked.map(({ speaker, text }) => ({ speaker: nameOf(speaker), text: plain(text) }))
	].filter(({ text }) => text !== '');
}

// up to six words of letters, as a list of speakers has them; "at 10:30" and "Note that: …" in the middle of a sentence are none
const prefix = /^(?:>>\s*)?([\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’()-]+){0,5})\s?[:：](?:\s+|(?<=：))(\S[\s\S]*)$/u;

function named(text: string): { speaker: string | null; text: string }[] {
	const found = prefix.exec(text);
	return [found ? { speaker: nameOf(found[1]!), text: found[2]! } : { speaker: null, text: text.replace(/^>>\s*/, '') }];
}

function nameOf(written: string): string | null {
	const name = [...written].slice(0, captionLimits.speaker).join('').trim();
	return name === '' ? null : name;
}

const entities: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	nbsp: ' ',
	lrm: '\u200e',
	rlm: '\u200f',
	quot: '"'
};

/** Without marks of either kind of file, in one line. */
function plain(marked: string): string {
	return marked
		.replace(/<\/?(?:[cibuv]|lang|ruby|rt|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>|\{\\[^}]*\}/gi, '')
		.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
		.replace(/\s+/g, ' ')
		.trim();
}
