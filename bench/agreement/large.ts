import { figure, rounded, type Figure } from '../talk/figures.ts';
import { inProcess } from '../talk/shipped.ts';
import type { Computed, Computing } from './compute.ts';

/** `--short`: a tenth, to see that it works. */
const part = process.argv.includes('--short') ? 10 : 1;
const twoMillion = { people: 33_422 / (part === 1 ? 1 : 10), ideas: 783, opinions: 2_000_000 / part };
const twentyMillion = { people: 200_000 / part, ideas: 5_000, opinions: 20_000_000 / part };

/** What the largest consultation there was costs, what one ten times larger costs, and how that grows; each in a process of its own. */
export async function large(): Promise<Figure[]> {
	const core = await computed({ ...twoMillion, people: Math.floor(twoMillion.people), what: 'core' });
	const whole = await computed({ ...twoMillion, people: Math.floor(twoMillion.people), what: 'whole' });
	const larger = await computed({ ...twentyMillion, what: 'whole' });
	const baseline = pace();
	const time = (bench: string, { seconds, cpuSeconds, opinions, k, peakMiB }: Computed, must: string) =>
		figure(
			{ bench, value: seconds, unit: 's', baseline, must },
			{
				baselineOf: 's for twenty million random reads of eight bytes each',
				...{ cpuSeconds: rounded(cpuSeconds), opinions, k, peakMiB: Math.round(peakMiB) }
			}
		);
	const memory = (bench: string, { peakMiB }: Computed, must: string) =>
		figure({ bench, value: peakMiB, unit: 'MiB', baseline: null, must });
	return [
		time('agreement-2m-groups', core, '≤ 2.0'),
		time('agreement-2m', whole, '≤ 3.5'),
		memory('agreement-2m-memory', whole, '≤ 300'),
		time('agreement-20m', larger, '≤ 30'),
		memory('agreement-20m-memory', larger, '≤ 800'),
		figure({
			bench: 'agreement-growth',
			value: larger.seconds / whole.seconds,
			unit: 'times the time of a tenth of the opinions',
			baseline: whole.seconds,
			must: '≤ 12'
		})
	];
}

function computed(given: Computing): Promise<Computed> {
	return inProcess<Computed>('../agreement/compute.ts', given);
}

/** How fast this machine is now, in the currency of the engine: reads all over a large table. */
function pace(): number {
	const table = new Float64Array(1 << 20).map((_, at) => at);
	const begun = performance.now();
	let [at, sum] = [1, 0];
	for (let read = 0; read < 20_000_000; read++) {
		at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
		sum += table[at >>> 12]!;
	}
	if (Number.isNaN(sum)) throw new Error('a sum of numbers is a number');
	return (performance.now() - begun) / 1000;
}
