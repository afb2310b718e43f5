import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TracksInput } from '#engines/timetable/board.ts';
import { layTalks, type LaidTalks } from '#engines/timetable/tracks.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { realInput } from './known.ts';
import { seeds } from './searching.ts';

/** As the instances are written down; CoSPLib's own words. */
interface Instance {
	readonly S: number;
	readonly R: number;
	readonly T: number;
	readonly maxts: readonly number[];
	readonly subs: readonly {
		readonly i: number;
		readonly track: number;
		readonly ts: number;
		readonly conf: readonly number[];
		readonly cs: readonly number[];
		readonly cr: readonly number[];
	}[];
	readonly z: readonly (readonly (readonly number[])[])[];
}

const seconds = 60;

/** The exact model of CoSPLib: two conferences whose optima are known. Seeds 1 to 5, the worst. */
export async function cosplib(): Promise<Figure[]> {
	const folder = realInput('cosplib');
	if (folder === null) return [];
	return [
		...measured('N2OR', read(join(folder, 'N2OR.json')), 0, '0'),
		...measured('GECCO20', read(join(folder, 'GECCO20.json')), 6_110, '≤ 5')
	];
}

function measured(name: string, instance: Instance, optimum: number, must: string): Figure[] {
	const runs = seeds.map((seed) => laid(instance, optimum, seed));
	const bench = `cosplib-${name.toLowerCase()}`;
	const worst = Math.max(...runs.map(({ cost }) => cost));
	const isShare = must.startsWith('≤');
	const absolute = { baseline: null };
	return [
		figure(
			{
				...absolute,
				...{ bench, must, unit: isShare ? '% above the optimum' : 'cost' },
				value: isShare ? (100 * (worst - optimum)) / optimum : worst
			},
			{ optimum, each: runs.map(({ cost }) => cost), steps: runs.map(({ steps }) => steps) }
		),
		figure({
			...absolute,
			bench: `${bench}-unmet`,
			value: Math.max(...runs.map(({ unmet }) => unmet)),
			unit: 'unmet',
			must: '0'
		}),
		figure(
			{
				...absolute,
				bench: `${bench}-time`,
				value: Math.max(...runs.map((run) => run.seconds)),
				unit: 's',
				must: `≤ ${seconds}`
			},
			{ each: runs.map((run) => rounded(run.seconds)) }
		)
	];
}

/** Lays one instance of a file and prints where everything is. Without an optimum it searches as long as it may. */
export function cosplibFile(words: readonly string[]): void {
	const after = (word: string) => words[words.indexOf(word) + 1];
	const optimum = words.includes('--optimum') ? Number(after('--optimum')) : null;
	const instance = read(after('--cosplib') ?? '');
	const { talks, cost, unmet } = laid(instance, optimum ?? 0, 1);
	const assignment = talks.map(({ session, room, slot }, talk) => ({ submission: instance.subs[talk]!.i, session, room, slot }));
	console.log(JSON.stringify({ assignment, cost }));
	if (unmet > 0) console.error(`${unmet} unmet`);
	if (unmet > 0 || (optimum !== null && cost > optimum * 1.05)) process.exitCode = 1;
}

function laid(instance: Instance, optimum: number, seed: number): LaidTalks & { seconds: number } {
	const begun = performance.now();
	const goOn = (best: { cost: number; unmet: number }) =>
		performance.now() - begun < seconds * 970 && (best.unmet > 0 || best.cost > optimum);
	const found = layTalks(tracksOf(instance), { seed, goOn });
	return { ...found, seconds: (performance.now() - begun) / 1000 };
}

function tracksOf({ R, T, maxts, subs, z }: Instance): TracksInput {
	const placeOf = new Map(subs.map(({ i }, place) => [i, place]));
	return {
		...{ slots: maxts, rooms: R, tracks: T, use: z },
		talks: subs.map(({ track, ts, conf, cs, cr }) => ({
			...{ track, slots: ts, bySession: cs, byRoom: cr },
			conflicts: conf.flatMap((i) => placeOf.get(i) ?? [])
		}))
	};
}

function read(file: string): Instance {
	return JSON.parse(readFileSync(file, 'utf8')) as Instance;
}
