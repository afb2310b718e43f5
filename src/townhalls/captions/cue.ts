/** A line of captions: who said what from when to when. */
export interface Cue {
	/** ms from the beginning */
	readonly startsMs: number;
	readonly endsMs: number;
	/** as the file names them; null: it does not say */
	readonly speaker: string | null;
	readonly text: string;
}

export const captionLimits = { text: 1000, speaker: 80, cues: 20_000, file: 4_000_000 } as const;

/** What a file has wrong, by the line where it stands (from 1). What can be read is read. */
export interface CueProblem {
	readonly line: number;
	readonly what: 'no-times' | 'times-unreadable' | 'ends-before' | 'no-words' | 'too-long' | 'too-many';
}

/** ms → "1:02:03" or "2:03", as people read it. */
export function clockOf(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	const two = (value: number) => String(value).padStart(2, '0');
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** ms → "01:02:03.450", as WebVTT has it. */
export function timestampOf(ms: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const seconds = Math.floor(ms / 1000);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}.${String(Math.floor(ms) % 1000).padStart(3, '0')}`;
}

/** "01:02:03.450", "02:03,450", "2:03"; null for anything else. */
export function msOf(timestamp: string): number | null {
	const found = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(timestamp.trim());
	if (!found) return null;
	const [, hours = '0', minutes, seconds, fraction = ''] = found;
	if (Number(minutes) > 59 || Number(seconds) > 59) return null;
	return 1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds)) + Number(fraction.padEnd(3, '0'));
}
