import type { Grid } from './grid.ts';
import type { Placed, Timetable } from './input.ts';

/** What a timetable costs. Of two, the better one breaks less that must hold, then leaves fewer sessions in the tray, then costs less. */
export interface Cost {
	/** how often something is broken that must hold */
	readonly broken: number;
	/** sessions in the tray */
	readonly waiting: number;
	/** by the weights of the input */
	readonly soft: number;
}

/** What the search takes for one thing broken, and for one session in the tray: more than anything soft that could be had for it. */
export const [brokenWeight, waitingWeight] = [400, 300];

/**
 * Where each session is, with what that costs. Cost follows every change at once; it is the one place where it is counted, for the search and
 * for the editor (warnings.ts lists what it is made of). A change reads the slots and people of one session.
 */
export class Draft {
	readonly grid: Grid;
	/** by session, -1: in the tray */
	readonly slotOf: Int16Array;
	readonly roomOf: Int16Array;
	broken = 0;
	waiting: number;
	soft = 0;
	/** by room and slot, by person and slot, by theme and slot, by limit and slot: how many sessions */
	readonly inRoom: Uint16Array;
	readonly withPerson: Uint16Array;
	readonly ofTheme: Uint16Array;
	readonly ofLimit: Uint16Array;
	/** by slot: how many sessions, and how many plenaries among them */
	readonly at: Uint16Array;
	readonly plenariesAt: Uint16Array;
	/** by label and day: how many sessions */
	readonly ofLabel: Uint16Array;
	/** by theme, day and room: how many sessions; by theme and day: how many rooms */
	readonly themeIn: Uint16Array;
	readonly themeRooms: Uint16Array;

	constructor(grid: Grid) {
		const { sessions, rooms, slots, days, themes, people, labels, limits, input } = grid;
		this.grid = grid;
		this.slotOf = new Int16Array(sessions).fill(-1);
		this.roomOf = new Int16Array(sessions).fill(-1);
		this.waiting = sessions;
		this.inRoom = new Uint16Array(rooms * slots);
		this.withPerson = new Uint16Array(people.length * slots);
		this.ofTheme = new Uint16Array(themes.length * slots);
		this.ofLimit = new Uint16Array(limits.length * slots);
		this.at = new Uint16Array(slots);
		this.plenariesAt = new Uint16Array(slots);
		this.ofLabel = new Uint16Array(labels.length * days);
		this.themeIn = new Uint16Array(themes.length * days * rooms);
		this.themeRooms = new Uint16Array(themes.length * days);
		for (let cell = 0; cell < this.ofLabel.length; cell++) this.soft += grid.least[cell]! * input.weights.balance;
	}

	get cost(): Cost {
		// sums of tenths and halves, put on and off again, leave a trace; and a zero may come out as -0
		return { broken: this.broken, waiting: this.waiting, soft: Math.round(this.soft * 1e6) / 1e6 + 0 };
	}

	/** One number for the search. */
	get strain(): number {
		return this.broken * brokenWeight + this.waiting * waitingWeight + this.soft;
	}

	/** Lays a session that is in the tray. */
	put(session: number, slot: number, room: number): void {
		this.waiting -= 1;
		this.#byItself(session, slot, room, 1);
		this.slotOf[session] = slot;
		this.roomOf[session] = room;
		this.#beside(session, 1);
		this.#inCells(session, slot, room, 1);
		this.#onDay(session, slot, room, 1);
	}

	/** Takes a session back into the tray. */
	take(session: number): void {
		const [slot, room] = [this.slotOf[session]!, this.roomOf[session]!];
		this.waiting += 1;
		this.#byItself(session, slot, room, -1);
		this.#inCells(session, slot, room, -1);
		this.#onDay(session, slot, room, -1);
		this.#beside(session, -1);
		this.slotOf[session] = -1;
		this.roomOf[session] = -1;
	}

	/** What a session costs and breaks there whatever others do. */
	#byItself(session: number, slot: number, room: number, sign: 1 | -1): void {
		const { grid } = this;
		const [time, place] = [session * grid.slots + slot, session * grid.rooms + room];
		const isPinBroken =
			(grid.pinSlot[session] !== -1 && grid.pinSlot[session] !== slot) ||
			(grid.pinRoom[session] !== -1 && grid.pinRoom[session] !== room);
		this.broken += sign * (grid.away[time]! + grid.cut[time]! + grid.lacks[place]! + (isPinBroken ? 1 : 0));
		this.soft += sign * this.alone(session, slot, room);
	}

	/** What a session costs there by itself. */
	alone(session: number, slot: number, room: number): number {
		const { wish, overflow, slots, rooms, releasedSlot } = this.grid;
		const cost = wish[session * slots + slot]! + overflow[session * rooms + room]!;
		return releasedSlot[session] === -1 ? cost : cost + this.changeCost(session, slot, room);
	}

	/** What themes change if a session of one slot goes to another slot, and another one, or nobody (-1), comes back for it. */
	themeChange(session: number, from: number, to: number, other: number): number {
		const { theme, slots, input } = this.grid;
		const { themeAtOnce, parallel } = input.weights;
		const [mine, theirs] = [theme[session]!, other === -1 ? -1 : theme[other]!];
		if (mine === theirs) return 0;
		let beyond = 0;
		if (mine !== -1)
			beyond +=
				Number(this.ofTheme[mine * slots + to]! >= themeAtOnce) - Number(this.ofTheme[mine * slots + from]! > themeAtOnce);
		if (theirs !== -1)
			beyond +=
				Number(this.ofTheme[theirs * slots + from]! >= themeAtOnce) - Number(this.ofTheme[theirs * slots + to]! > themeAtOnce);
		return beyond * parallel;
	}

	/** Whether somebody of a session is elsewhere in a slot, but for those of one session (-1: none) that leaves it. */
	isClash(session: number, slot: number, leaving: number): boolean {
		const { peopleOf, slots } = this.grid;
		const people = peopleOf[session]!;
		for (let place = 0; place < people.length; place++) {
			const person = people[place]!;
			if (this.withPerson[person * slots + slot] !== 0 && (leaving === -1 || !peopleOf[leaving]!.includes(person))) return true;
		}
		return false;
	}

	changeCost(session: number, slot: number, room: number): number {
		const { releasedSlot, releasedRoom, input } = this.grid;
		if (releasedSlot[session] === -1) return 0;
		if (releasedSlot[session] !== slot) return 2 * input.weights.changed;
		return releasedRoom[session] === room ? 0 : input.weights.changed;
	}

	/** Feeders that are not over in time: counted while both are laid. */
	#beside(session: number, sign: 1 | -1): void {
		const { feeds, fedBy, input } = this.grid;
		for (const main of feeds[session]!) if (this.isLate(session, main)) this.soft += sign * input.weights.feeder;
		for (const feeder of fedBy[session]!) if (this.isLate(feeder, session)) this.soft += sign * input.weights.feeder;
	}

	isLate(feeder: number, main: number): boolean {
		const [first, then] = [this.slotOf[feeder]!, this.slotOf[main]!];
		return first !== -1 && then !== -1 && first + this.grid.span[feeder * this.grid.slots + first]! > then;
	}

	/** @param sign 1: it comes, -1: it leaves; what it costs depends on how many others are there */
	#inCells(session: number, slot: number, room: number, sign: 1 | -1): void {
		const { grid, inRoom, withPerson, ofTheme, ofLimit } = this;
		const { slots, shut, plenary, limits } = grid;
		const [theme, people, bound] = [grid.theme[session]!, grid.peopleOf[session]!, grid.limitsOf[session]!];
		const { themeAtOnce, parallel } = grid.input.weights;
		const itself = sign === 1 ? 0 : 1;
		const end = slot + grid.span[session * slots + slot]!;
		for (let cell = slot; cell < end; cell++) {
			const here = room * slots + cell;
			this.broken += sign * (shut[here]! + (inRoom[here]! > itself ? 1 : 0));
			inRoom[here]! += sign;
			for (let place = 0; place < people.length; place++) {
				const there = people[place]! * slots + cell;
				if (withPerson[there]! > itself) this.broken += sign;
				withPerson[there]! += sign;
			}
			for (let place = 0; place < bound.length; place++) {
				const there = bound[place]! * slots + cell;
				if (ofLimit[there]! - itself >= limits[bound[place]!]!.atOnce) this.broken += sign;
				ofLimit[there]! += sign;
			}
			if (theme !== -1) {
				if (ofTheme[theme * slots + cell]! - itself >= themeAtOnce) this.soft += sign * parallel;
				ofTheme[theme * slots + cell]! += sign;
			}
			this.broken -= this.besidePlenary(cell);
			this.at[cell]! += sign;
			this.plenariesAt[cell]! += sign * plenary[session]!;
			this.broken += this.besidePlenary(cell);
		}
	}

	/** How many sessions of a slot run beside a plenary. */
	besidePlenary(cell: number): number {
		return this.plenariesAt[cell]! > 0 ? this.at[cell]! - 1 : 0;
	}

	#onDay(session: number, slot: number, room: number, sign: 1 | -1): void {
		const { grid, ofLabel, themeIn, themeRooms } = this;
		const [day, theme] = [grid.dayOf[slot]!, grid.theme[session]!];
		const { balance, themeRooms: further } = grid.input.weights;
		const labels = grid.labelsOf[session]!;
		const itself = sign === 1 ? 0 : 1;
		for (let place = 0; place < labels.length; place++) {
			const cell = labels[place]! * grid.days + day;
			const others = ofLabel[cell]! - itself;
			ofLabel[cell]! += sign;
			if (others < grid.least[cell]!) this.soft -= sign * balance;
			else if (others >= grid.most[cell]!) this.soft += sign * balance;
		}
		if (theme === -1) return;
		const inRoom = (theme * grid.days + day) * grid.rooms + room;
		const isFirst = themeIn[inRoom] === itself;
		themeIn[inRoom]! += sign;
		if (!isFirst) return;
		if (themeRooms[theme * grid.days + day]! > itself) this.soft += sign * further;
		themeRooms[theme * grid.days + day]! += sign;
	}
}

/** @param timetable of sessions and rooms that the grid knows (checkPlaced) */
export function draftOf(grid: Grid, timetable: Timetable): Draft {
	const draft = new Draft(grid);
	for (const { session, slot, room } of timetable) draft.put(grid.placeOf.get(session)!, slot, grid.roomPlaceOf.get(room)!);
	return draft;
}

/** @param slotOf by session, -1: in the tray */
export function timetableOf(
	{ input }: Grid,
	{ slotOf, roomOf }: { readonly slotOf: ArrayLike<number>; readonly roomOf: ArrayLike<number> }
): Placed[] {
	return input.sessions.flatMap(({ id }, session) =>
		slotOf[session] === -1 ? [] : [{ session: id, slot: slotOf[session]!, room: input.rooms[roomOf[session]!]!.id }]
	);
}

/** Below 0 where the first costs less. */
export function byCost(one: Cost, other: Cost): number {
	return one.broken - other.broken || one.waiting - other.waiting || one.soft - other.soft;
}
