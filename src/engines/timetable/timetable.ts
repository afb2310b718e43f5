/**
 * Who speaks when and where: a programme made from sessions, rooms and slots.
 *
 * The problem. Sessions of differing length have to be laid into rooms and slots. Some things must hold: a room and a person once at a time, people only
 * when they can come, time enough, what the room must have, as many interpreted sessions at once as there are teams, nothing beside a plenary, pins.
 * Others cost by weights: people without a seat, wishes, sessions of one theme beside each other and in many rooms, days with too much or too little
 * of a group or region, a session before one that feeds it, and changes from what was released. Of two timetables the better one breaks less, then
 * leaves fewer in the tray, then costs less. Feasibility alone is NP-hard (Even, Itai and Shamir 1976, timetables of teachers).
 *
 * What is done.
 * - One cost (draft.ts), which follows each change at once; the search minimises it, and the editor's warnings (warnings.ts) are what it is made of.
 * - A search (search.ts): simulated annealing over moves, exchanges, stretches of equal length, changes of order and ejection chains. Most steps are never
 *   taken, and most of those are seen to be so from a few numbers, before anything is touched.
 * - A lower bound (bound.ts): the linear relaxation of a model indexed by time (model.ts), by HiGHS; what costs as much as the bound is proven best.
 * - Where not everything can be laid, why (explaining.ts): an irreducible set of sessions that cannot all take place.
 * - After a release the same search begins with what was released, and every change weighs; see Weights.changed.
 *
 * What always holds. No room and no person is used twice, and nobody is asked for when they cannot come, but by pins: pins are obeyed, and what they break is
 * warned of. Cost is counted anew at the end. The same input with the same seed and steps gives the same timetable as long as no clock is
 * asked: cooling goes by steps, or, where somebody watches the time, by whichever is further on.
 *
 * What it costs. Two to four million steps a second where sessions are equally long, half a million where they are not; memory is some bytes for each
 * session and slot, and each person and slot. Measured: bench/programme.
 */
import { draftOf, timetableOf, type Cost, type Draft } from './draft.ts';
import { gridOf, type Grid } from './grid.ts';
import { checkTimetable, type Placed, type TimetableInput } from './input.ts';
import { Random } from './random.ts';
import { RoomPlan } from './room-plan.ts';
import { Search } from './search.ts';

export interface TimetableSettings {
	readonly seed: number;
	/** Infinity: until somebody who watches the time ends it */
	readonly steps: number;
	/** a cost that is as good as any (see bound.ts); the search ends when it is reached. null: not known */
	readonly bound: number | null;
}

export const usualSettings: TimetableSettings = { seed: 1, steps: 10_000_000, bound: null };

export interface Watching {
	/** asked every few milliseconds: how much of the time is over, 0 to 1; from 1 on the best so far is the answer */
	readonly timeGone?: (standing: Standing) => number;
}

export interface Standing {
	readonly steps: number;
	/** of the best so far */
	readonly cost: Cost;
}

export interface Found {
	readonly timetable: readonly Placed[];
	readonly cost: Cost;
	/** ids of sessions for which there was no place */
	readonly waiting: readonly string[];
	/** ids of sessions that are elsewhere or at another time than was released */
	readonly changed: readonly string[];
	/** so many were tried; with the seed it tells how to find the same again */
	readonly steps: number;
}

/**
 * Lays all sessions, as far as it can be done.
 * @throws UnfitTimetable where the input is no programme at all
 */
export function makeTimetable(input: TimetableInput, settings = usualSettings, { timeGone }: Watching = {}): Found {
	checkTimetable(input);
	const grid = gridOf(input);
	const random = new Random(settings.seed);
	const plan = new RoomPlan(grid);
	layFirst(plan, random);
	const search = new Search(plan, random);
	const warmth = grid.input.weights.parallel > 0 ? grid.input.weights.parallel / 10 : 1;
	const aim = settings.bound === null ? -Infinity : settings.bound + 1e-6;
	let steps = 0;
	for (;;) {
		const share = Math.max(steps / settings.steps, timeGone?.({ steps, cost: search.best.cost }) ?? 0);
		if (share >= 1 || search.best.strain <= aim) break;
		const slice = Math.min(slicedInto, settings.steps - steps);
		search.run(slice, warmth * warmest * (coldest / warmest) ** share);
		steps += slice;
	}
	plan.become(search.best);
	settle(plan);
	// counted anew from where everything is, whatever the search believed
	const timetable = timetableOf(grid, plan.draft);
	return { ...described(grid, draftOf(grid, timetable)), timetable, steps };
}

const slicedInto = 4_096;
/** in units of cost, where a session too many of a theme costs 10 */
const [warmest, coldest] = [3, 0.05];

function described(grid: Grid, draft: Draft): Omit<Found, 'timetable' | 'steps'> {
	const ids = (isOne: (session: number) => boolean) =>
		grid.input.sessions.flatMap(({ id }, session) => (isOne(session) ? [id] : []));
	return {
		cost: draft.cost,
		waiting: ids((session) => draft.slotOf[session] === -1),
		changed: ids(
			(session) =>
				grid.releasedSlot[session] !== -1 &&
				(draft.slotOf[session] !== grid.releasedSlot[session] || draft.roomOf[session] !== grid.releasedRoom[session])
		)
	};
}

/** What was released stays where it can; then whoever has the fewest places chooses first. */
function layFirst(plan: RoomPlan, random: Random): void {
	const { grid, draft, starts, roomsOf, isFixed } = plan;
	const choices = (session: number) => (isFixed[session] === 1 ? 0 : starts[session]!.length * roomsOf[session]!.length);
	const all = random.shuffle(Array.from({ length: grid.sessions }, (_, session) => session));
	all.sort((one, other) => choices(one) - choices(other));
	const isReleased = (session: number) => isFixed[session] === 0 && grid.releasedSlot[session] !== -1;
	for (const session of [...all.filter((one) => isFixed[one] === 1), ...all.filter(isReleased), ...all]) {
		if (draft.slotOf[session] !== -1) continue;
		const [released, releasedRoom] = [grid.releasedSlot[session]!, grid.releasedRoom[session]!];
		if (released !== -1 && plan.isOpen(session, released, releasedRoom)) {
			plan.put(session, released, releasedRoom);
			plan.keep();
			continue;
		}
		let [best, bestSlot, bestRoom] = isFixed[session] === 1 ? [Infinity, -1, -1] : [0, -1, -1];
		const before = draft.strain;
		for (const slot of starts[session]!)
			for (const room of roomsOf[session]!) {
				if (!plan.isOpen(session, slot, room)) continue;
				draft.put(session, slot, room);
				if (draft.strain - before < best) [best, bestSlot, bestRoom] = [draft.strain - before, slot, room];
				draft.take(session);
			}
		if (bestSlot !== -1) plan.put(session, bestSlot, bestRoom);
		plan.keep();
	}
}

/** Who breaks something, and is not pinned there, goes back into the tray: first whoever mends most. */
function settle(plan: RoomPlan): void {
	const { draft, movable } = plan;
	while (draft.broken > 0) {
		let [most, whom] = [0, -1];
		for (const session of movable) {
			const [slot, room, before] = [draft.slotOf[session]!, draft.roomOf[session]!, draft.broken];
			if (slot === -1) continue;
			draft.take(session);
			if (before - draft.broken > most) [most, whom] = [before - draft.broken, session];
			draft.put(session, slot, room);
		}
		if (whom === -1) break;
		plan.take(whom);
		plan.keep();
	}
}
