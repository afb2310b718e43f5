import { figure, rounded, type Figure } from '../talk/figures.ts';
import { inProcess } from '../talk/shipped.ts';
import type { SeatedThousand, SeatingThousand } from './thousand.ts';

/** 1,000 people at 100 tables with hosts, six rounds; groups and regions correlated, 20 pairs apart. Seeds 1 to 5, the worst of them. */
export async function seatThousand(): Promise<Figure[]> {
	const runs: SeatedThousand[] = [];
	for (const seed of [1, 2, 3, 4, 5])
		runs.push(await inProcess<SeatedThousand>('../rooms/thousand.ts', { seed, seconds: 30 } satisfies SeatingThousand));
	const worst = (of: (run: SeatedThousand) => number) => Math.max(...runs.map(of));
	const absolute = { baseline: null };
	return [
		figure({
			...absolute,
			bench: 'seat-1000',
			value: worst((run) => run.repeatedMeetings),
			unit: 'repeated meetings',
			must: '0'
		}),
		figure({ ...absolute, bench: 'seat-1000-mix', value: worst(({ off }) => off), unit: 'off the bound', must: '0' }),
		figure({ ...absolute, bench: 'seat-1000-unmet', value: worst(({ unmet }) => unmet), unit: 'pairs not apart', must: '0' }),
		figure(
			{ ...absolute, bench: 'seat-1000-time', value: worst(({ seconds }) => seconds), unit: 's', must: '≤ 30' },
			{ each: runs.map(({ seconds }) => rounded(seconds)), worstPerson: runs.map(({ worstPerson }) => worstPerson) }
		),
		figure({ ...absolute, bench: 'seat-1000-memory', value: worst(({ peakMiB }) => peakMiB), unit: 'MiB', must: '≤ 300' })
	];
}
