/**
 * Why not everything can take place, as few sessions as say it: an irreducible infeasible subset. Leave out any one of them, and the others can be laid.
 *
 * What one session alone makes impossible is seen at once: no room has what it needs, it is too long, its people are never all there. Else HiGHS is asked
 * for an irreducible set of rows of the linear model (Chinneck and Dravnieks 1991), which may come out too large, and sessions are then left out one by one.
 * Where the relaxation has an answer and only whole sessions have none, the sessions that wait are asked about with those that share people with them.
 */
import type { Highs } from 'highs';
import { dataOf, solved } from './bound.ts';
import { gridOf, type Grid } from './grid.ts';
import { checkTimetable, type TimetableInput } from './input.ts';
import { modelOf, type Rule } from './model.ts';
import { roomsFor, startsOf } from './room-plan.ts';

export interface Explanation {
	readonly because:
		| 'no-room-has-it' // no room has what the session needs: `needs`
		| 'too-long' // nowhere are so many minutes without a break
		| 'never-together' // `people` of the session are never all there
		| 'room-away' // when its people are there, no room that would do is to be had
		| 'same-people' // the sessions need the same `people`, in too few `slots`
		| 'same-room' // the sessions need the same `rooms`, in too few `slots`
		| 'at-once' // of the sessions too few can run at once: `needs`
		| 'plenary' // nothing may run beside the plenaries among them
		| 'several'; // more than one of these
	/** all of them are needed for it to be impossible */
	readonly sessions: readonly string[];
	/** those among them that are pinned */
	readonly pinned: readonly string[];
	readonly people: readonly string[];
	readonly rooms: readonly string[];
	readonly needs: readonly string[];
	/** in which they could begin at all */
	readonly slots: readonly number[];
}

export interface Asking {
	/** sessions for which the search found no place; asked about first where it is not seen at once */
	readonly waiting?: readonly string[];
	/** for each question to the solver */
	readonly seconds?: number;
}

/**
 * @returns null: everything can be laid, or nobody could say why not in that time
 * @throws UnfitTimetable where the input is no programme at all
 */
export function explain(input: TimetableInput, highs: Highs, { waiting = [], seconds = 20 }: Asking = {}): Explanation | null {
	checkTimetable(input);
	const weights = { ...input.weights, parallel: 0, balance: 0, changed: 0, overflow: 0 };
	const grid = gridOf({ ...input, weights, sessions: input.sessions.map((session) => ({ ...session, wishes: [] })) });
	for (let session = 0; session < grid.sessions; session++) {
		const alone = alonePossible(grid, session);
		if (alone) return alone;
	}
	const everybody = Array.from({ length: grid.sessions }, (_, session) => session);
	const isImpossible = (sessions: readonly number[], whole: boolean) =>
		solved(highs, modelOf(grid, sessions), { seconds, whole }).kind === 'impossible';
	const rows = infeasibleRows(grid, highs, seconds);
	if (rows) {
		const named = rows.flatMap((rule) => (rule.kind === 'place' ? [rule.session] : []));
		const some = isImpossible(named, false) ? named : everybody;
		return explained(
			grid,
			leftOut(some, (sessions) => isImpossible(sessions, false)),
			rows
		);
	}
	const around = neighbours(
		grid,
		waiting.flatMap((id) => grid.placeOf.get(id) ?? [])
	);
	if (around.length === 0 || !isImpossible(around, true)) return null;
	return explained(
		grid,
		leftOut(around, (sessions) => isImpossible(sessions, true)),
		[]
	);
}

const nobody = { people: [], rooms: [], needs: [], slots: [] } as const;

function alonePossible(grid: Grid, session: number): Explanation | null {
	const { input, slots, span, shut, cut } = grid;
	const { id, needs, pin } = input.sessions[session]!;
	const itself = { ...nobody, sessions: [id], pinned: pin ? [id] : [] };
	const rooms = roomsFor(grid, session);
	if (rooms.length === 0) return { ...itself, because: 'no-room-has-it', needs };
	const fits = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => cut[session * slots + slot] === 0);
	if (fits.length === 0) return { ...itself, because: 'too-long' };
	const starts = [...startsOf(grid, session)];
	if (starts.length === 0)
		return { ...itself, because: 'never-together', people: neverTogether(grid, session, fits), slots: fits };
	const isOpen = (room: number, slot: number) => {
		for (let cell = slot; cell < slot + span[session * slots + slot]!; cell++) if (shut[room * slots + cell] === 1) return false;
		return true;
	};
	if (starts.some((slot) => rooms.some((room) => isOpen(room, slot)))) return null;
	return { ...itself, because: 'room-away', rooms: [...rooms].map((room) => input.rooms[room]!.id), slots: starts };
}

/** As few of its people as are never there at once. */
function neverTogether({ input, peopleOf, people, span, slots }: Grid, session: number, fits: readonly number[]): string[] {
	const ids = new Set([...peopleOf[session]!].map((person) => people[person]!));
	const limited = input.people.filter(({ id, away }) => ids.has(id) && away.length > 0);
	const isAway = (away: readonly number[], slot: number) =>
		away.some((one) => one >= slot && one < slot + span[session * slots + slot]!);
	const never = (some: readonly (typeof limited)[0][]) => fits.every((slot) => some.some(({ away }) => isAway(away, slot)));
	return leftOut(limited, never).map(({ id }) => id);
}

/** Leaves out one after the other as long as it stays impossible. */
function leftOut<Thing>(all: readonly Thing[], isImpossible: (some: readonly Thing[]) => boolean): readonly Thing[] {
	let some = all;
	// halves first: most of a long list is not needed
	for (let size = all.length >> 1; size > 1; size >>= 1)
		for (let from = 0; from < some.length;) {
			const without = [...some.slice(0, from), ...some.slice(from + size)];
			if (isImpossible(without)) some = without;
			else from += size;
		}
	for (const thing of some) {
		const without = some.filter((other) => other !== thing);
		if (isImpossible(without)) some = without;
	}
	return some;
}

function infeasibleRows(grid: Grid, highs: Highs, seconds: number): Rule[] | null {
	const linear = modelOf(grid);
	return highs.withModel(dataOf(linear, false), (model) => {
		model.options.set({ output_flag: false, time_limit: seconds, iis_strategy: 2 });
		model.run();
		if (model.getModelStatus() !== highs.constants.modelStatus.infeasible) return null;
		return [...model.getIis().rowIndex].map((row) => linear.rules[row]!);
	});
}

function neighbours({ peopleOf }: Grid, waiting: readonly number[]): number[] {
	const people = new Set(waiting.flatMap((session) => [...peopleOf[session]!]));
	return peopleOf.flatMap((some, session) =>
		waiting.includes(session) || some.some((person) => people.has(person)) ? [session] : []
	);
}

/** @param rows that the solver named; none: what the sessions have in common is told instead */
function explained(grid: Grid, sessions: readonly number[], rows: readonly Rule[]): Explanation {
	const { input, peopleOf, people, limits } = grid;
	const among = new Set(sessions);
	const needing = (person: number) => sessions.filter((session) => peopleOf[session]!.includes(person)).length;
	const shared = [...new Set(sessions.flatMap((session) => [...peopleOf[session]!]))].filter((person) => needing(person) > 1);
	const ofRows = <Kind extends Rule['kind']>(kind: Kind) =>
		rows.filter((rule): rule is Extract<Rule, { kind: Kind }> => rule.kind === kind);
	const named = new Set(ofRows('person').map(({ person }) => person));
	const persons = rows.length > 0 ? shared.filter((person) => named.has(person)) : shared;
	const rooms = [...new Set(ofRows('rooms').flatMap((rule) => rule.rooms))];
	const needs = [...new Set(ofRows('at-once').map(({ limit }) => limits[limit]!.need))];
	const hasPlenary = sessions.some((session) => grid.plenary[session]);
	const reasons = [
		...(persons.length > 0 ? (['same-people'] as const) : []),
		...(rooms.length > 0 ? ([hasPlenary ? 'plenary' : 'same-room'] as const) : []),
		...(needs.length > 0 ? (['at-once'] as const) : [])
	];
	return {
		because: reasons.length === 1 ? reasons[0]! : 'several',
		sessions: sessions.map((session) => input.sessions[session]!.id),
		pinned: input.sessions.filter(({ pin }, session) => pin && among.has(session)).map(({ id }) => id),
		people: persons.map((person) => people[person]!),
		rooms: rooms.map((room) => input.rooms[room]!.id),
		needs,
		slots: [...new Set(sessions.flatMap((session) => [...startsOf(grid, session)]))].sort((one, other) => one - other)
	};
}
