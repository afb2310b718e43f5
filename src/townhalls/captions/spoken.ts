import { captionLimits, msOf, type CueProblem } from '#townhalls/captions/cue.ts';
import { cuesIn, voicesIn } from '#townhalls/captions/reading-cues.ts';

/** What a stream sends: with its times, or as it is said. */
export interface Spoken {
	readonly startsMs: number | null;
	readonly endsMs: number | null;
	readonly speaker: string | null;
	readonly text: string;
}

/**
 * Lines of a stream as programs send them: one caption a line, "00:01:02.000 --> 00:01:05.000 words" or words alone; or cues of WebVTT.
 * @param isOne all of it is one caption, as where the program counts
 */
export function spokenIn(body: string, isOne: boolean): { lines: readonly Spoken[]; problems: readonly CueProblem[] } {
	if (/-->[ \t]*[\d:.,]+[^\n]*\r?\n/.test(body) && !inline.test(body.split(/\r?\n/)[0]!)) {
		const { cues, problems } = cuesIn(body);
		return { lines: cues, problems };
	}
	const given = body.split(/\r\n|\n|\r/);
	const rows = isOne && !given.some((line) => inline.test(line)) ? [given.join(' ')] : given;
	const problems: CueProblem[] = [];
	const lines = rows.flatMap((row, at): Spoken[] => {
		const timed = inline.exec(row);
		const [startsMs, endsMs] = timed ? [msOf(timed[1]!), msOf(timed[2]!)] : [null, null];
		if (timed && (startsMs === null || endsMs === null || endsMs < startsMs)) {
			problems.push({ line: at + 1, what: 'times-unreadable' });
			return [];
		}
		const voices = voicesIn(timed ? timed[3]! : row);
		if (voices.some(({ text }) => [...text].length > captionLimits.text)) {
			problems.push({ line: at + 1, what: 'too-long' });
			return [];
		}
		return voices.map((voice) => ({ startsMs, endsMs, ...voice }));
	});
	return { lines, problems };
}

const inline = /^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)[ \t]+(\S.*)$/;
