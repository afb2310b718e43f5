import { usualWeights, type TimetableInput } from '#engines/timetable/input.ts';
import { makeTimetable } from '#engines/timetable/timetable.ts';
import { judge } from '#engines/timetable/warnings.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { fullForum } from './instances.ts';
import { seeds } from './searching.ts';

/** 380 sessions are released; a room is lost for a day, 392 places are left. How many sessions have to be told? Seeds 1 to 5, each another room, the worst. */
export async function roomLost(): Promise<Figure[]> {
	const runs = seeds.map(oneForum);
	const worst = (of: (run: (typeof runs)[0]) => number) => Math.max(...runs.map(of));
	return [
		figure(
			{ bench: 'room-lost', value: worst(({ moved }) => moved), unit: '% of sessions move', baseline: null, must: '≤ 10' },
			{ each: runs.map(({ changed, inIt, cost }) => `${changed} (${inIt} were in it), cost ${cost}`) }
		),
		figure({
			bench: 'room-lost-unmet',
			value: worst(({ unmet }) => unmet),
			unit: 'broken or waiting',
			baseline: null,
			must: '0'
		}),
		figure(
			{ bench: 'room-lost-time', value: worst(({ seconds }) => seconds), unit: 's', baseline: null, must: '≤ 10' },
			{ each: runs.map(({ seconds }) => rounded(seconds)) }
		)
	];
}

function oneForum(seed: number) {
	const planned = fullForum(seed);
	const { timetable: released } = makeTimetable(planned, { seed, steps: 10_000_000, bound: null });
	const [room, day] = [planned.rooms[(2 * seed) % planned.rooms.length]!, seed % 5];
	const away = [...planned.slots.keys()].filter((slot) => planned.slots[slot]!.day === day);
	const lost: TimetableInput = {
		...planned,
		rooms: planned.rooms.map((one) => (one === room ? { ...one, away } : one)),
		released,
		weights: { ...planned.weights, changed: usualWeights.changed }
	};
	const begun = performance.now();
	const found = makeTimetable(
		lost,
		{ seed, steps: 4_000_000, bound: null },
		{ timeGone: () => (performance.now() - begun) / 9_700 }
	);
	const seconds = (performance.now() - begun) / 1000;
	const { cost } = judge(lost, found.timetable);
	return {
		seconds,
		moved: (100 * found.changed.length) / planned.sessions.length,
		changed: found.changed.length,
		inIt: released.filter((placed) => placed.room === room.id && away.includes(placed.slot)).length,
		unmet: cost.broken + cost.waiting,
		cost: judge(planned, found.timetable).cost.soft
	};
}
