import { Random } from '#engines/seating/random.ts';
import { seatAgain } from '#engines/seating/reseating.ts';
import { seatEveryone, usualSettings } from '#engines/seating/seating.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { cafe } from './instances.ts';
import { unevenness } from './seating.ts';

/** 50 at 10 tables, three rounds: five never came, three come after the first round; how many of the 90 cards change. Seeds 1 to 5, the worst. */
export async function reseating(): Promise<Figure[]> {
	const runs = [1, 2, 3, 4, 5].map(oneCafe);
	const worst = (of: (run: (typeof runs)[0]) => number) => Math.max(...runs.map(of));
	const absolute = { baseline: null };
	return [
		figure(
			{ ...absolute, bench: 'seat-again', value: worst(({ changed }) => changed), unit: 'of 90 cards change', must: '≤ 2' },
			{ each: runs.map(({ changed, bound }) => `${changed} (not below ${bound})`) }
		),
		figure({
			...absolute,
			bench: 'seat-again-repeats',
			value: worst(({ repeats }) => repeats),
			unit: 'repeated meetings',
			must: '0'
		}),
		figure({ ...absolute, bench: 'seat-again-sizes', value: worst(({ uneven }) => uneven), unit: 'between tables', must: '≤ 1' }),
		figure(
			{ ...absolute, bench: 'seat-again-time', value: worst(({ seconds }) => seconds), unit: 's', must: '≤ 0.5' },
			{ each: runs.map(({ seconds }) => rounded(seconds)) }
		)
	];
}

function oneCafe(seed: number) {
	const planned = cafe({ people: 50, tables: 10, rounds: 3 }, seed);
	const { rounds } = seatEveryone(planned, { ...usualSettings, seed });
	const gone = new Set(new Random(seed).shuffle(planned.people.map(({ id }) => id)).slice(0, 5));
	const late = ['50', '51', '52'].map((id) => ({ ...planned.people[0]!, id, from: 1 }));
	const people = [...planned.people.filter(({ id }) => !gone.has(id)), ...late];
	const cards = rounds.map((tables) => tables.map((table) => table.filter((id) => !gone.has(id))));
	const begun = performance.now();
	const found = seatAgain({ input: { ...planned, people }, cards, held: 1 }, seed);
	return {
		seconds: (performance.now() - begun) / 1000,
		changed: found.changed.length,
		bound: found.changedBound,
		repeats: found.repeatedMeetings,
		uneven: unevenness({ ...found, rounds: found.rounds.slice(1) })
	};
}
