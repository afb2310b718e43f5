/** All that the engine is told of a programme. Sessions, rooms and people are known by their ids, slots and days by their place, from 0. */
export interface TimetableInput {
	/** in the order of time; those that follow one another without a break can hold one long session */
	readonly slots: readonly Slot[];
	readonly rooms: readonly Room[];
	readonly sessions: readonly Session[];
	/** those who cannot always come; whoever is not named here can */
	readonly people: readonly Person[];
	/** by need: how many sessions that have it can run at once, over all rooms ("interpretation": teams of interpreters) */
	readonly atOnce: Readonly<Record<string, number>>;
	/** what was released before and should change as little as can be; null: nothing was */
	readonly released: Timetable | null;
	readonly weights: Weights;
}

export interface Slot {
	readonly day: number;
	/** minutes after the midnight with which the day begins, in the zone of the venue */
	readonly start: number;
	readonly minutes: number;
}

export interface Room {
	readonly id: string;
	/** null: as many as come */
	readonly seats: number | null;
	/** what it has: "interpretation", "round table" */
	readonly features: readonly string[];
	/** slots in which it is not to be had */
	readonly away: readonly number[];
}

export interface Session {
	readonly id: string;
	/** it takes as many slots as that needs */
	readonly minutes: number;
	/** how many people are expected */
	readonly audience: number;
	readonly theme: string | null;
	/** who must be there */
	readonly people: readonly string[];
	/** of what it should be as much on each day as that day is long: stakeholder groups, regions */
	readonly labels: readonly string[];
	/** features that its room must have */
	readonly needs: readonly string[];
	/** nothing runs beside it */
	readonly plenary: boolean;
	/** null: the engine decides; `slot` is the first one */
	readonly pin: { readonly slot?: number; readonly room?: string } | null;
	readonly wishes: readonly Wish[];
	/** sessions that this one feeds: it should be over when they begin */
	readonly feeds: readonly string[];
}

export interface Person {
	readonly id: string;
	/** slots in which they cannot come */
	readonly away: readonly number[];
}

/** Slots that would rather be avoided, and what it costs to touch one of them. */
export interface Wish {
	readonly avoid: readonly number[];
	readonly cost: number;
}

/** Where each session is; whoever is left out is in the tray. */
export type Timetable = readonly Placed[];

export interface Placed {
	readonly session: string;
	/** the first */
	readonly slot: number;
	readonly room: string;
}

/** What a shortcoming costs. A wish carries its own cost. */
export interface Weights {
	/** each person of the audience who finds no seat */
	readonly overflow: number;
	/** in each slot, each session of a theme beyond those that may run at once */
	readonly parallel: number;
	/** how many sessions of a theme may run at once */
	readonly themeAtOnce: number;
	/** on each day, each further room that a theme uses */
	readonly themeRooms: number;
	/** each session by which a day has more or less of a label than its share */
	readonly balance: number;
	/** each session that begins before one that feeds it is over */
	readonly feeder: number;
	/** each session at another time or in another room than was released, and so much again where it is the time */
	readonly changed: number;
}

export const usualWeights: Weights = {
	...{ overflow: 0.1, parallel: 10, themeAtOnce: 2 },
	...{ themeRooms: 0.5, balance: 1, feeder: 10, changed: 25 }
};

type Reason =
	| 'no-slots'
	| 'no-rooms'
	| 'slots-not-in-order'
	| 'zero-minutes'
	| 'twice'
	| 'unknown-session'
	| 'unknown-room'
	| 'unknown-slot'
	| 'not-a-number'
	| 'feeds-itself'
	| 'too-many';

/** Why there is no such timetable, and whom it concerns: `code` for programs, the message for whoever made the input. */
export class UnfitTimetable extends Error {
	readonly code: Reason;
	/** the ids of the sessions or rooms that it concerns */
	readonly concerned: readonly string[];

	constructor(code: Reason, sentence: string, concerned: readonly string[] = []) {
		super(sentence);
		this.code = code;
		this.concerned = concerned;
	}
}

const most = { sessions: 3_000, rooms: 200, slots: 2_000 };

/** @throws UnfitTimetable at the first thing that is no programme at all. What is merely impossible is no error: it is warned of, or explained. */
export function checkTimetable(input: TimetableInput): void {
	const { slots, rooms, sessions } = input;
	if (slots.length === 0) throw new UnfitTimetable('no-slots', 'At least one slot is needed.');
	if (rooms.length === 0) throw new UnfitTimetable('no-rooms', 'At least one room is needed.');
	for (const [name, bound] of Object.entries(most) as [keyof typeof most, number][])
		if (input[name].length > bound) throw new UnfitTimetable('too-many', `${input[name].length} ${name}; ${bound} at most.`);
	checkSlots(slots);
	checkOnce(rooms);
	checkOnce(sessions);
	checkOnce(input.people);
	const numbers: readonly number[] = [...Object.values(input.atOnce), ...Object.values<number>({ ...input.weights })];
	for (const value of numbers) checkNumber(value);
	for (const { seats, id } of rooms) checkNumber(seats ?? 0, id);
	for (const { away } of [...rooms, ...input.people]) for (const slot of away) checkSlot(slots, slot);
	for (const session of sessions) checkSession(input, session);
	checkPlaced(input, input.released ?? []);
}

/** @throws UnfitTimetable where a session, a room or a slot is not of this programme, or a session is placed twice */
export function checkPlaced({ slots, rooms, sessions }: TimetableInput, timetable: Timetable): void {
	const known = { sessions: new Set(sessions.map(({ id }) => id)), rooms: new Set(rooms.map(({ id }) => id)) };
	checkOnce(timetable.map(({ session }) => ({ id: session })));
	for (const { session, slot, room } of timetable) {
		if (!known.sessions.has(session)) throw new UnfitTimetable('unknown-session', `There is no session ${session}.`, [session]);
		if (!known.rooms.has(room)) throw new UnfitTimetable('unknown-room', `There is no room ${room}.`, [session, room]);
		checkSlot(slots, slot, session);
	}
}

function checkSlots(slots: readonly Slot[]): void {
	slots.forEach(({ day, start, minutes }, place) => {
		const before = slots[place - 1];
		if (!Number.isInteger(day) || day < 0) throw new UnfitTimetable('slots-not-in-order', `Slot ${place + 1} is on no day.`);
		if (!(minutes > 0) || !Number.isFinite(start + minutes))
			throw new UnfitTimetable('zero-minutes', `Slot ${place + 1} has no minutes.`);
		if (before && (day < before.day || (day === before.day && start < before.start + before.minutes)))
			throw new UnfitTimetable('slots-not-in-order', `Slot ${place + 1} begins before slot ${place} is over.`);
	});
}

function checkOnce(things: readonly { readonly id: string }[]): void {
	const seen = new Set<string>();
	for (const { id } of things) {
		if (seen.has(id)) throw new UnfitTimetable('twice', `${id} is there twice.`, [id]);
		seen.add(id);
	}
}

function checkSession({ slots, rooms, sessions }: TimetableInput, session: Session): void {
	const { id, minutes, audience, pin, wishes, feeds } = session;
	if (!(minutes > 0) || !Number.isFinite(minutes))
		throw new UnfitTimetable('zero-minutes', `Session ${id} has no minutes.`, [id]);
	checkNumber(audience, id);
	if (pin?.slot !== undefined) checkSlot(slots, pin.slot, id);
	if (pin?.room !== undefined && !rooms.some((room) => room.id === pin.room))
		throw new UnfitTimetable('unknown-room', `There is no room ${pin.room}.`, [id, pin.room]);
	for (const { avoid, cost } of wishes) {
		checkNumber(cost, id);
		for (const slot of avoid) checkSlot(slots, slot, id);
	}
	for (const fed of feeds) {
		if (fed === id) throw new UnfitTimetable('feeds-itself', `Session ${id} feeds itself.`, [id]);
		if (!sessions.some((other) => other.id === fed))
			throw new UnfitTimetable('unknown-session', `There is no session ${fed}.`, [id, fed]);
	}
}

function checkNumber(value: number, concerned?: string): void {
	if (!Number.isFinite(value) || value < 0)
		throw new UnfitTimetable('not-a-number', `${value} is no such number.`, concerned === undefined ? [] : [concerned]);
}

function checkSlot(slots: readonly Slot[], slot: number, concerned?: string): void {
	if (!Number.isInteger(slot) || slot < 0 || slot >= slots.length)
		throw new UnfitTimetable('unknown-slot', `There is no slot ${slot}.`, concerned === undefined ? [] : [concerned]);
}
