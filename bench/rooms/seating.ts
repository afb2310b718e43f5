import { seatEveryone, type Seating } from '#engines/seating/seating.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { cafe } from './instances.ts';
import { plainAnnealing } from './plain-annealing.ts';

const seeds = [1, 2, 3, 4, 5];
const groups = [15, 12, 10, 8, 5];
const regions = [12, 10, 9, 8, 6, 5];

interface Row {
	readonly bench: string;
	readonly made: Parameters<typeof cafe>[0];
	/** repeated meetings */
	readonly must: string;
	readonly seconds: number;
}

const fifty = { people: 50, tables: 10, rounds: 3 };
const golfers = { people: 32, tables: 8, rounds: 10 };
const rows: readonly Row[] = [
	{ bench: 'seat-kirkman-15', made: { people: 15, tables: 5, rounds: 7 }, must: '0', seconds: 1 },
	{ bench: 'seat-20', made: { people: 20, tables: 5, rounds: 5 }, must: '0', seconds: 0.5 },
	{ bench: 'seat-golfers-32', made: golfers, must: '≤ 16', seconds: 1 },
	{ bench: 'seat-golfers-32-long', made: golfers, must: '≤ 12', seconds: 30 },
	{ bench: 'seat-euler-36', made: { people: 36, tables: 6, rounds: 4 }, must: '≤ 2', seconds: 2 },
	{ bench: 'seat-cafe-50', made: fifty, must: '0', seconds: 0.1 },
	{ bench: 'seat-cafe-50-hosts', made: { ...fifty, hosts: 10 }, must: '0', seconds: 0.1 },
	{ bench: 'seat-48-large-tables', made: { people: 48, tables: 6, rounds: 3 }, must: '≤ 36', seconds: 0.5 },
	{ bench: 'seat-50-groups', made: { ...fifty, kinds: { group: groups } }, must: '0', seconds: 0.5 },
	{ bench: 'seat-50-groups-apart', made: { ...fifty, hosts: 10, kinds: { group: groups }, apart: 12 }, must: '0', seconds: 0.5 },
	{ bench: 'seat-50-two', made: { ...fifty, hosts: 10, kinds: { group: groups, region: regions } }, must: '0', seconds: 1 },
	{ bench: 'seat-47', made: { ...fifty, people: 47 }, must: '0', seconds: 0.1 },
	{ bench: 'seat-53', made: { people: 53, tables: 12, rounds: 3 }, must: '0', seconds: 0.1 },
	{ bench: 'seat-200', made: { people: 200, tables: 25, rounds: 4 }, must: '0', seconds: 2 }
];

/** Each puzzle and café of the table of figures, seeds 1 to 5, the worst of them; the baseline is a plain annealing of two seconds. */
export async function seating(): Promise<Figure[]> {
	return rows.flatMap(measured);
}

function measured({ bench, made, must, seconds }: Row): Figure[] {
	const runs = seeds.map((seed) => timed(made, seed, seconds));
	const plain = Math.max(...seeds.map((seed) => plainAnnealing(cafe(made, seed), seed, 2000)));
	const worst = (of: (run: (typeof runs)[0]) => number) => Math.max(...runs.map(of));
	const { method, lowerBound } = runs[0]!.found;
	const proven = runs.filter(({ found }) => found.provenBest.repeatedMeetings).length;
	return [
		figure(
			{ bench, value: worst(({ found }) => found.repeatedMeetings), unit: 'repeated meetings', baseline: plain, must },
			{ baselineOf: 'plain annealing, 2 s', lowerBound, provenBest: `${proven} of ${seeds.length}`, method }
		),
		...(made.kinds
			? [
					figure({
						bench: `${bench}-mix`,
						value: worst(({ found }) => offBounds(found)),
						unit: 'off the bound',
						baseline: null,
						must: '0'
					})
				]
			: []),
		...(made.apart
			? [
					figure({
						bench: `${bench}-unmet`,
						value: worst(({ found }) => found.unmet.apart.length),
						unit: 'pairs not apart',
						baseline: null,
						must: '0'
					})
				]
			: []),
		figure({
			bench: `${bench}-sizes`,
			value: worst(({ found }) => unevenness(found)),
			unit: 'between tables',
			baseline: null,
			must: '≤ 1'
		}),
		figure(
			{ bench: `${bench}-time`, value: worst((run) => run.seconds), unit: 's', baseline: null, must: `≤ ${seconds}` },
			{
				each: runs.map((run) => rounded(run.seconds)),
				worstPerson: runs.map(({ found }) => `${found.worstPerson} of ${found.worstPersonBound}`)
			}
		)
	];
}

function timed(made: Row['made'], seed: number, seconds: number): { found: Seating; seconds: number } {
	const input = cafe(made, seed);
	const begun = performance.now();
	// a slice may be under way when time is over
	const goOn = () => performance.now() - begun < seconds * 950;
	const found = seatEveryone(input, { seed, coolings: Infinity }, { goOn });
	return { found, seconds: (performance.now() - begun) / 1000 };
}

/** By how much more than must be tables are off the shares. */
export function offBounds({ mix }: Seating): number {
	return Object.values(mix).reduce((sum, { off, bound }) => sum + off - bound, 0);
}

/** How many more people sit at the largest table than at the smallest. */
export function unevenness({ rounds }: Seating): number {
	const sizes = rounds.flatMap((tables) => tables.map(({ length }) => length));
	return Math.max(...sizes) - Math.min(...sizes);
}
