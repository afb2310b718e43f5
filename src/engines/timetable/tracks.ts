/**
 * Talks of tracks: which sessions and which room a track has, and in which of its sessions each talk is given.
 *
 * The problem, after CoSPLib (Kheiri et al.), its exact model: a session is a stretch of time with so many slots, a room is used in a session by one track at
 * most, a track stays in one room and takes no more sessions than the fewest that hold it, and two talks with a presenter in common are never in one
 * session in different rooms. Talks cost by session and room, tracks by session and room.
 *
 * What is done: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) on three levels. A track changes one of its sessions with whoever has that one in
 * its room; a track goes to another room, and who is in the way goes to rooms in which there is space; talks of a track change places or go to another
 * session of it. Costs differ by powers of ten, so that cooling goes evenly over their logarithm, again and again from the start: what one descent has
 * decided early the next one may decide otherwise. What must hold weighs more than anything else that one talk can cost.
 *
 * What always holds: what is said to be unmet is counted anew at the end. The same seed and steps give the same answer where no clock is asked.
 */
import { Board, type TracksInput } from './board.ts';
import { Random } from './random.ts';

export interface LaidTalks {
	/** by talk */
	readonly talks: readonly { readonly session: number; readonly room: number; readonly slot: number }[];
	readonly cost: number;
	/** slots beyond what sessions have, and pairs of talks that clash; 0: all holds */
	readonly unmet: number;
	readonly steps: number;
}

interface Wishes {
	readonly seed: number;
	/** of one descent */
	readonly steps?: number;
	/** asked every few milliseconds with the best so far; false: it is the answer */
	readonly goOn: (best: { readonly cost: number; readonly unmet: number; readonly descents: number }) => boolean;
}

/** @throws UnfitTimetable where tracks need more of the rooms than there is */
export function layTalks(input: TracksInput, { seed, steps = 400_000, goOn }: Wishes): LaidTalks {
	const random = new Random(seed);
	const board = new Board(input);
	const costs = [...input.talks.flatMap(({ bySession, byRoom }) => [...bySession, ...byRoom]), ...input.use.flat(2)].filter(
		(one) => one > 0
	);
	const [least, most] = [Math.min(1, ...costs), Math.max(1, ...costs)];
	let best: { strain: number; sessionOf: Int16Array; roomOf: Int16Array } | null = null;
	let [done, descents, isOver] = [0, 0, false];
	while (!isOver) {
		board.begin(random);
		for (let step = 0; step < steps; step++) {
			if (step % 1024 === 0 && best && !goOn({ ...board.judge(best.sessionOf, best.roomOf), descents })) {
				isOver = true;
				break;
			}
			const temperature = 0.3 * least * (Math.min(most, 2e4 * least) / least) ** (1 - step / steps);
			board.step(random, -temperature * Math.log(random.share() + 1e-12));
			if (!best || board.strain < best.strain)
				best = { strain: board.strain, sessionOf: board.sessionOf.slice(), roomOf: board.roomOf.slice() };
			done += 1;
		}
		descents += 1;
	}
	const { sessionOf, roomOf } = best!;
	const used = new Map<number, number>();
	const talks = input.talks.map(({ track, slots }, talk) => {
		const [session, room] = [sessionOf[talk]!, roomOf[track]!];
		const slot = used.get(session * input.rooms + room) ?? 0;
		used.set(session * input.rooms + room, slot + slots);
		return { session, room, slot };
	});
	return { talks, ...board.judge(sessionOf, roomOf), steps: done };
}
