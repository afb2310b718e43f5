/**
 * What is wrong with a timetable, said so that an editor can show it: what, who, where, and what it costs. The costs add up to what the search
 * minimises, because both read the same counts of the same draft.
 */
import { draftOf, type Cost, type Draft } from './draft.ts';
import { gridOf, type Grid } from './grid.ts';
import { checkPlaced, checkTimetable, type Placed, type Timetable, type TimetableInput } from './input.ts';

export type WarningKind = keyof typeof mustHold;

/** Each kind of warning, and whether what it warns of must not be. */
export const mustHold = {
	'room-twice': true,
	'room-shut': true,
	'room-lacks': true,
	'person-twice': true,
	'person-away': true,
	'does-not-fit': true,
	'too-many-at-once': true,
	'beside-plenary': true,
	'not-where-pinned': true,
	waiting: true,
	overflow: false,
	wish: false,
	'theme-parallel': false,
	'theme-rooms': false,
	balance: false,
	feeder: false,
	changed: false
} as const;

export interface Warning {
	readonly kind: WarningKind;
	/** how often something is broken that must hold; 0: it is only a pity */
	readonly broken: number;
	/** by the weights of the input; 0 where something is broken or waits */
	readonly cost: number;
	readonly sessions: readonly string[];
	readonly people: readonly string[];
	readonly rooms: readonly string[];
	readonly slots: readonly number[];
	/** the need, theme or label that it is about */
	readonly about: string | null;
	/** how many there are, and how many there should be at most (of a label that is short, at least) */
	readonly count: readonly [are: number, should: number] | null;
}

export interface Judged {
	readonly cost: Cost;
	readonly warnings: readonly Warning[];
}

/**
 * Whatever a hand may have made is judged, with clashes and all.
 * @returns warnings of what is broken first, then those that cost most
 * @throws UnfitTimetable where the input or the timetable speaks of what is not there
 */
export function judge(input: TimetableInput, timetable: Timetable): Judged {
	checkTimetable(input);
	checkPlaced(input, timetable);
	return judged(draftOf(gridOf(input), timetable));
}

/**
 * What it would change to lay one session elsewhere, or into the tray, with everything else as it is.
 * @param to null: into the tray
 * @throws UnfitTimetable as `judge`
 */
export function costOfMove(
	input: TimetableInput,
	timetable: Timetable,
	session: string,
	to: Omit<Placed, 'session'> | null
): Cost {
	checkTimetable(input);
	checkPlaced(input, timetable);
	checkPlaced(input, [{ session, slot: to?.slot ?? 0, room: to?.room ?? input.rooms[0]!.id }]);
	const grid = gridOf(input);
	const draft = draftOf(grid, timetable);
	const place = grid.placeOf.get(session)!;
	const before = draft.cost;
	if (draft.slotOf[place] !== -1) draft.take(place);
	if (to !== null) draft.put(place, to.slot, grid.roomPlaceOf.get(to.room)!);
	const after = draft.cost;
	return {
		broken: after.broken - before.broken,
		waiting: after.waiting - before.waiting,
		soft: Math.round((after.soft - before.soft) * 1e6) / 1e6
	};
}

export function judged(draft: Draft): Judged {
	const warnings = [...ofSessions(draft), ...ofCells(draft), ...ofDays(draft), ...ofFeeders(draft)];
	warnings.sort((one, other) => other.broken - one.broken || other.cost - one.cost);
	return { cost: draft.cost, warnings };
}

const nothing = { broken: 0, cost: 0, sessions: [], people: [], rooms: [], slots: [], about: null, count: null } as const;

function* ofSessions(draft: Draft): Generator<Warning> {
	const { grid, slotOf, roomOf } = draft;
	const { input, slots, rooms } = grid;
	for (const [place, session] of input.sessions.entries()) {
		const sessions = [session.id];
		const [slot, room] = [slotOf[place]!, roomOf[place]!];
		if (slot === -1) {
			yield { ...nothing, kind: 'waiting', sessions };
			continue;
		}
		const [time, at] = [place * slots + slot, place * rooms + room];
		const there = { ...nothing, sessions, rooms: [input.rooms[room]!.id], slots: cellsOf(grid, place, slot) };
		if (grid.away[time]! > 0)
			yield { ...there, kind: 'person-away', broken: grid.away[time]!, people: absentFrom(grid, place, there.slots) };
		if (grid.cut[time]! > 0) yield { ...there, kind: 'does-not-fit', broken: 1 };
		const lacked = session.needs.filter((need) => !input.rooms[room]!.features.includes(need));
		for (const about of lacked) yield { ...there, kind: 'room-lacks', broken: 1, about };
		const { pin } = session;
		if (pin && ((pin.slot ?? slot) !== slot || (pin.room ?? there.rooms[0]) !== there.rooms[0]))
			yield { ...there, kind: 'not-where-pinned', broken: 1 };
		if (grid.wish[time]! > 0) yield { ...there, kind: 'wish', cost: grid.wish[time]! };
		if (grid.overflow[at]! > 0)
			yield {
				...there,
				kind: 'overflow',
				cost: grid.overflow[at]!,
				count: [session.audience, input.rooms[room]!.seats ?? session.audience]
			};
		const changed = draft.changeCost(place, slot, room);
		if (changed > 0) yield { ...there, kind: 'changed', cost: changed };
	}
}

/** What is one thing over several slots is one warning. */
function* ofCells(draft: Draft): Generator<Warning> {
	const { grid } = draft;
	const { input, slots, limits } = grid;
	const { themeAtOnce, parallel } = input.weights;
	const running = runningIn(draft);
	const meeting = (cells: readonly number[], isOne: (session: number) => boolean) =>
		[...new Set(cells.flatMap((cell) => running[cell]!.filter(isOne)))].map((session) => input.sessions[session]!.id);
	for (const [room, { id }] of input.rooms.entries()) {
		const isHere = (session: number) => draft.roomOf[session] === room;
		const twice = runsOf(slots, (cell) => draft.inRoom[room * slots + cell]! - 1);
		for (const { cells, sum } of twice)
			yield { ...nothing, kind: 'room-twice', broken: sum, sessions: meeting(cells, isHere), rooms: [id], slots: cells };
		const used = runsOf(slots, (cell) => grid.shut[room * slots + cell]! * draft.inRoom[room * slots + cell]!);
		for (const { cells, sum } of used)
			yield { ...nothing, kind: 'room-shut', broken: sum, sessions: meeting(cells, isHere), rooms: [id], slots: cells };
	}
	for (const [person, id] of grid.people.entries())
		for (const { cells, sum } of runsOf(slots, (cell) => draft.withPerson[person * slots + cell]! - 1)) {
			const sessions = meeting(cells, (session) => grid.peopleOf[session]!.includes(person));
			yield { ...nothing, kind: 'person-twice', broken: sum, sessions, people: [id], slots: cells };
		}
	for (const [limit, { need, atOnce }] of limits.entries())
		for (const { cells, sum, most } of runsOf(slots, (cell) => draft.ofLimit[limit * slots + cell]! - atOnce)) {
			const sessions = meeting(cells, (session) => grid.limitsOf[session]!.includes(limit));
			const count = [most + atOnce, atOnce] as const;
			yield { ...nothing, kind: 'too-many-at-once', broken: sum, sessions, slots: cells, about: need, count };
		}
	for (const { cells, sum } of runsOf(slots, (cell) => draft.besidePlenary(cell)))
		yield { ...nothing, kind: 'beside-plenary', broken: sum, sessions: meeting(cells, () => true), slots: cells };
	if (parallel === 0) return;
	for (const [theme, about] of grid.themes.entries())
		for (const { cells, sum, most } of runsOf(slots, (cell) => draft.ofTheme[theme * slots + cell]! - themeAtOnce)) {
			const sessions = meeting(cells, (session) => grid.theme[session] === theme);
			const count = [most + themeAtOnce, themeAtOnce] as const;
			yield { ...nothing, kind: 'theme-parallel', cost: sum * parallel, sessions, slots: cells, about, count };
		}
}

function* ofDays(draft: Draft): Generator<Warning> {
	const { grid } = draft;
	const { input, days, labels, themes, rooms } = grid;
	const { balance, themeRooms: further } = input.weights;
	const idsOn = (day: number, isOne: (session: number) => boolean) =>
		input.sessions.flatMap(({ id }, session) =>
			draft.slotOf[session] !== -1 && grid.dayOf[draft.slotOf[session]!] === day && isOne(session) ? [id] : []
		);
	for (let day = 0; day < days; day++) {
		const slots = [...grid.dayOf.keys()].filter((slot) => grid.dayOf[slot] === day);
		for (const [label, about] of labels.entries()) {
			const cell = label * days + day;
			const are = draft.ofLabel[cell]!;
			const should = Math.min(grid.most[cell]!, Math.max(grid.least[cell]!, are));
			if (are === should || balance === 0) continue;
			const sessions = idsOn(day, (session) => grid.labelsOf[session]!.includes(label));
			yield {
				...{ ...nothing, kind: 'balance', cost: Math.abs(are - should) * balance },
				...{ sessions, slots, about, count: [are, should] }
			};
		}
		for (const [theme, about] of themes.entries()) {
			const used = draft.themeRooms[theme * days + day]!;
			if (used < 2 || further === 0) continue;
			const there = draft.themeIn.subarray((theme * days + day) * rooms, (theme * days + day + 1) * rooms);
			yield {
				...{ ...nothing, kind: 'theme-rooms', cost: (used - 1) * further },
				sessions: idsOn(day, (session) => grid.theme[session] === theme),
				rooms: input.rooms.filter((_, room) => there[room]! > 0).map(({ id }) => id),
				...{ slots, about, count: [used, 1] }
			};
		}
	}
}

function* ofFeeders(draft: Draft): Generator<Warning> {
	const { input, feeds } = draft.grid;
	if (input.weights.feeder === 0) return;
	for (const [feeder, mains] of feeds.entries())
		for (const main of mains) {
			if (!draft.isLate(feeder, main)) continue;
			const both = [feeder, main];
			yield {
				...{ ...nothing, kind: 'feeder', cost: input.weights.feeder },
				sessions: both.map((session) => input.sessions[session]!.id),
				slots: both.map((session) => draft.slotOf[session]!)
			};
		}
}

function cellsOf({ span, slots }: Grid, session: number, slot: number): number[] {
	return Array.from({ length: span[session * slots + slot]! }, (_, place) => slot + place);
}

function absentFrom({ input, peopleOf, people }: Grid, session: number, slots: readonly number[]): string[] {
	const ids = new Set([...peopleOf[session]!].map((person) => people[person]!));
	return input.people.filter(({ id, away }) => ids.has(id) && away.some((slot) => slots.includes(slot))).map(({ id }) => id);
}

/** By slot: the sessions that run. */
function runningIn({ grid, slotOf }: Draft): number[][] {
	const running: number[][] = Array.from({ length: grid.slots }, () => []);
	for (const [session, slot] of slotOf.entries())
		if (slot !== -1) for (const cell of cellsOf(grid, session, slot)) running[cell]!.push(session);
	return running;
}

/** Slots one after the other in which there is more than there should be. */
function runsOf(slots: number, excess: (cell: number) => number): { cells: number[]; sum: number; most: number }[] {
	const runs: { cells: number[]; sum: number; most: number }[] = [];
	for (let cell = 0; cell < slots; cell++) {
		const over = excess(cell);
		if (over <= 0) continue;
		const last = runs.at(-1);
		if (last?.cells.at(-1) === cell - 1) {
			last.cells.push(cell);
			last.sum += over;
			last.most = Math.max(last.most, over);
		} else runs.push({ cells: [cell], sum: over, most: over });
	}
	return runs;
}
