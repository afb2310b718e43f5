import loadHighs, { type Highs } from 'highs';
import { lowerBound, type Bound } from '#engines/timetable/bound.ts';
import type { TimetableInput } from '#engines/timetable/input.ts';
import { makeTimetable, type Found } from '#engines/timetable/timetable.ts';
import { judge } from '#engines/timetable/warnings.ts';

/** `--seeds=6-10` chooses others. */
export const seeds: readonly number[] = chosenSeeds(process.argv.find((word) => word.startsWith('--seeds='))?.slice(8) ?? '1-5');

function chosenSeeds(words: string): number[] {
	return words.split(',').flatMap((some) => {
		const [first, last = first] = some.split('-').map(Number);
		if (!Number.isInteger(first) || !Number.isInteger(last)) throw new Error(`--seeds=${words}: 1-5, or 1,7,9`);
		return Array.from({ length: last! - first! + 1 }, (_, place) => first! + place);
	});
}

export interface Searched extends Found {
	readonly seed: number;
	readonly seconds: number;
	readonly bound: Bound;
	readonly boundSeconds: number;
}

let loaded: Promise<Highs> | null = null;
const solver = () => (loaded ??= loadHighs());

/** Bounds it, then searches for so many seconds or until the bound is reached. What the search says is judged anew. */
export async function searched(input: TimetableInput, seed: number, seconds: number, whole = false): Promise<Searched> {
	const highs = await solver();
	const asked = performance.now();
	const bound = lowerBound(input, highs, { seconds: 600, whole });
	const begun = performance.now();
	const timeGone = () => (performance.now() - begun) / (seconds * 970);
	const found = makeTimetable(input, { seed, steps: Infinity, bound: bound.cost }, { timeGone });
	const ended = performance.now();
	const { cost } = judge(input, found.timetable);
	if (cost.broken > 0 || cost.waiting > 0) throw new Error(`seed ${seed}: ${cost.broken} broken, ${cost.waiting} wait`);
	return { ...found, cost, seed, seconds: (ended - begun) / 1000, bound, boundSeconds: (begun - asked) / 1000 };
}

/** In percent of the bound; where the bound is 0, any cost is infinitely above it. */
export function above({ cost, bound }: Searched): number {
	if (bound.kind !== 'bounded') return Infinity;
	const more = cost.soft - bound.cost;
	return more <= 1e-4 ? 0 : (100 * more) / bound.cost;
}
