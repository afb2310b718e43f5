import { inCanonicalOrder } from '#engines/agreement/canonical.ts';
import { countOpinions } from '#engines/agreement/counts.ts';
import { usualThresholds } from '#engines/agreement/levels.ts';
import { RunningLevels, type Spoken } from '#engines/agreement/running.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { consultation } from './consultation.ts';

const part = process.argv.includes('--short') ? 10 : 1;
const given = 100_000;

/** Counts and level after each further opinion on a topic of two million, against counting them all anew. */
export async function oneMoreOpinion(): Promise<Figure[]> {
	const input = consultation(33_422, 783, 2_000_000 / part);
	const canonical = inCanonicalOrder(input);
	const [tables, countedIn] = timed(() => countOpinions(canonical, input.groups.length, input.regions.length));
	const running = new RunningLevels(input.groups, usualThresholds, tables.byGroup);
	const levels: Record<string, number> = {};
	const [, spent] = timed(() => {
		for (let one = 0; one < given; one++) {
			const after: Spoken = { groups: 1 << (one % 6), value: one % 3 === 0 ? -1 : 1 };
			const { level } = running.give((one * 7919) % 783, one % 4 === 0 ? { ...after, value: 0 } : null, after);
			levels[level] = (levels[level] ?? 0) + 1;
		}
	});
	return [
		figure(
			{ bench: 'one-more-opinion', value: spent / given, unit: 'ms of CPU an opinion', baseline: countedIn, must: '≤ 0.1' },
			{
				baselineOf: 'ms of CPU for counting all anew',
				opinions: canonical.matrix.idea.length,
				given,
				share: rounded(spent / given / countedIn),
				levels
			}
		)
	];
}

/** What it gives, and milliseconds of CPU. */
function timed<Result>(work: () => Result): [Result, number] {
	const before = process.cpuUsage();
	const result = work();
	const { user, system } = process.cpuUsage(before);
	return [result, (user + system) / 1000];
}
