import type { TimetableInput } from '#engines/timetable/input.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { forum, fullForum } from './instances.ts';
import { above, searched, seeds, type Searched } from './searching.ts';

/** 300 sessions, 10 rooms, 40 slots: what costs as much as the bound is proven best. Seeds 1 to 5, the worst. */
export async function hours(): Promise<Figure[]> {
	return measured({ bench: 'timetable-300', made: (seed) => forum({ sessions: 300 }, seed), seconds: 10, must: '0' });
}

/** 380 sessions for 400 places, larger audiences. Seeds 1 to 5, the worst. */
export async function full(): Promise<Figure[]> {
	return measured({ bench: 'timetable-380', made: fullForum, seconds: 30, must: '≤ 1' });
}

interface Row {
	readonly bench: string;
	readonly made: (seed: number) => TimetableInput;
	readonly seconds: number;
	/** % above the bound */
	readonly must: string;
	/** the bound is of the model in whole numbers */
	readonly whole?: boolean;
}

export async function measured({ bench, made, seconds, must, whole = false }: Row): Promise<Figure[]> {
	const runs: Searched[] = [];
	for (const seed of seeds) runs.push(await searched(made(seed), seed, seconds, whole));
	const worst = (of: (run: Searched) => number) => Math.max(...runs.map(of));
	return [
		figure(
			{ bench, value: worst(above), unit: whole ? '% above what is proven' : '% above the LP bound', baseline: null, must },
			{
				each: runs.map(({ seed, cost, bound }) => ({ seed, cost: cost.soft, bound: bound.cost })),
				provenBest: `${runs.filter((run) => above(run) === 0).length} of ${runs.length}`,
				steps: runs.map(({ steps }) => steps),
				boundSeconds: runs.map(({ boundSeconds }) => rounded(boundSeconds))
			}
		),
		figure(
			{ bench: `${bench}-time`, value: worst((run) => run.seconds), unit: 's', baseline: null, must: `≤ ${seconds}` },
			{ each: runs.map((run) => rounded(run.seconds)) }
		)
	];
}
