import { WrongInput } from '#web/answering.server.ts';
import type { Say } from '#languages/speaking.ts';

/** A span as the form of the desk sends it: part, version of its text, first and last code point, "1:1:11-37". */
interface ChosenSpan {
	readonly part: number;
	readonly textVersion: number;
	readonly starts: number;
	readonly ends: number;
}

/** The chosen spans by part; words selected with the mouse and sentences chosen one by one come under the same name. */
export function chosenQuotes(
	typed: FormData,
	say: Say
): { part: number; textVersion: number; spans: { starts: number; ends: number }[] }[] {
	const spans = typed.getAll('span').flatMap((value) => (typeof value === 'string' && value !== '' ? [spanIn(value)] : []));
	if (spans.length === 0 || spans.includes(undefined)) throw new WrongInput({ span: say('refusals.no-passage') });
	const parts = new Map<string, { part: number; textVersion: number; spans: { starts: number; ends: number }[] }>();
	for (const span of spans) {
		if (!span) continue;
		const { part, textVersion, starts, ends } = span;
		const key = `${part}:${textVersion}`;
		if (!parts.has(key)) parts.set(key, { part, textVersion, spans: [] });
		parts.get(key)!.spans.push({ starts, ends });
	}
	return [...parts.values()];
}

function spanIn(value: string): ChosenSpan | undefined {
	const found = /^(\d{1,4}):(\d{1,4}):(\d{1,9})-(\d{1,9})$/u.exec(value);
	if (!found) return undefined;
	const [part, textVersion, starts, ends] = found.slice(1).map(Number) as [number, number, number, number];
	return { part, textVersion, starts, ends };
}
