import type { Cost } from './draft.ts';
import type { Grid } from './grid.ts';
import type { Random } from './random.ts';
import type { RoomPlan } from './room-plan.ts';

const longestChain = 4;
/** How often somebody who cannot go where the other one was is given another place: it seldom helps, and takes long. */
const chains = 0.05;

/** The best plan seen. */
export interface Best {
	readonly slotOf: Int16Array;
	readonly roomOf: Int16Array;
	strain: number;
	cost: Cost;
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over a room plan. The steps:
 * - a session goes elsewhere, and who is in its way goes where it was, as far as that is possible; who does not fit there goes to the best of some
 *   places that are free, or throws somebody out in turn (an ejection chain), or waits;
 * - two stretches of equal length, in any rooms and at any time, change places with all that is in them: one long session against two short ones;
 * - two neighbours in a room change their order, or a session slides into a gap, so that gaps come together;
 * - a session changes its room and not its time;
 * - a session that waits takes turns with one that is laid, wherever that is.
 * What a step costs is the difference of the draft's cost before and after; a step that is not taken is undone.
 */
export class Search {
	readonly #plan: RoomPlan;
	readonly #random: Random;
	readonly best: Best;
	/** the longest session, in slots; 1: all are equally long, and stretches have no use */
	readonly #longest: number;
	/** how much more than before a step may cost */
	#limit = 0;
	readonly #thrown: number[] = [];
	/** how much a step can gain by what is not cheap to know: labels, rooms of themes, feeders, themes over several slots */
	readonly #slack: number;

	constructor(plan: RoomPlan, random: Random) {
		this.#plan = plan;
		this.#random = random;
		const { draft, grid } = plan;
		this.best = { slotOf: draft.slotOf.slice(), roomOf: draft.roomOf.slice(), strain: draft.strain, cost: draft.cost };
		this.#longest = grid.span.reduce((most, one) => Math.max(most, one), 1);
		this.#slack = slackOf(plan.grid, this.#longest);
	}

	/** @param temperature in units of cost */
	run(steps: number, temperature: number): void {
		const { movable } = this.#plan;
		if (movable.length === 0) return;
		for (let step = 0; step < steps; step++) {
			this.#limit = -temperature * Math.log(this.#random.share() + 1e-12);
			const session = movable[this.#random.below(movable.length)]!;
			const kind = this.#random.share();
			if (kind < 0.5 && this.#plan.draft.slotOf[session] === -1) this.#takeTurns(session);
			else if (kind < 0.12) this.#changeRoom(session);
			else if (this.#longest === 1 || kind < 0.6) this.#goElsewhere(session);
			else if (kind < 0.85) this.#changeStretches(session);
			else this.#changeOrder(session);
		}
	}

	#decide(before: number): void {
		const { draft } = this.#plan;
		const { strain } = draft;
		if (strain - before > this.#limit) {
			this.#plan.undo();
			return;
		}
		this.#plan.keep();
		if (strain < this.best.strain - 1e-7) this.#note(strain);
	}

	#note(strain: number): void {
		const { slotOf, roomOf, cost } = this.#plan.draft;
		this.best.slotOf.set(slotOf);
		this.best.roomOf.set(roomOf);
		this.best.strain = strain;
		this.best.cost = cost;
	}

	#changeRoom(session: number): void {
		const slot = this.#plan.draft.slotOf[session]!;
		const rooms = this.#plan.roomsOf[session]!;
		if (slot === -1 || rooms.length < 2) return;
		this.#layInto(session, slot, rooms[this.#random.below(rooms.length)]!);
	}

	#goElsewhere(session: number): void {
		const [starts, rooms] = [this.#plan.starts[session]!, this.#plan.roomsOf[session]!];
		if (starts.length === 0 || rooms.length === 0) return;
		this.#layInto(session, starts[this.#random.below(starts.length)]!, rooms[this.#random.below(rooms.length)]!);
	}

	/** Lays a session there; who is in the way goes where it was, or elsewhere. */
	#layInto(session: number, slot: number, room: number): void {
		const plan = this.#plan;
		const { draft } = plan;
		const { slots, span } = plan.grid;
		const [from, fromRoom] = [draft.slotOf[session]!, draft.roomOf[session]!];
		if ((from === slot && fromRoom === room) || !this.#mayThrowOut(session, slot, room)) return;
		if (from !== -1 && this.#isHopeless(session, slot, room)) return;
		const before = draft.strain;
		if (from !== -1) plan.take(session);
		this.#thrown.length = 0;
		this.#throwOut(session, slot, room);
		plan.put(session, slot, room);
		let [next, left] = [from, 0];
		for (const other of this.#thrown) {
			if (from !== -1 && plan.isOpen(other, next, fromRoom)) {
				plan.put(other, next, fromRoom);
				next = Math.min(slots - 1, next + span[other * slots + next]!);
			} else this.#thrown[left++] = other;
		}
		this.#thrown.length = left;
		this.#findPlaces();
		this.#decide(before);
	}

	/**
	 * Most steps are never taken, and most of those are seen to be so from what is cheap to know: what two sessions that change places cost by
	 * themselves, their themes, and whether somebody would be in two places.
	 */
	#isHopeless(session: number, slot: number, room: number): boolean {
		const { draft, grid, who } = this.#plan;
		if (draft.broken > 0) return false;
		const other = who[room * grid.slots + slot]!;
		const [from, fromRoom] = [draft.slotOf[session]!, draft.roomOf[session]!];
		let change = draft.alone(session, slot, room) - draft.alone(session, from, fromRoom);
		if (other !== -1 && other !== session) {
			if (this.#plan.mayBegin[other * grid.slots + from] === 0 || this.#plan.mayUse[other * grid.rooms + fromRoom] === 0)
				return this.#random.share() > chains;
			if (draft.slotOf[other] !== slot || grid.span[other * grid.slots + slot] !== grid.span[session * grid.slots + from])
				return false;
			change += draft.alone(other, from, fromRoom) - draft.alone(other, slot, room);
		}
		if (slot === from || this.#longest > 1) return change > this.#limit + this.#slack;
		change += draft.themeChange(session, from, slot, other);
		if (change > this.#limit + this.#slack) return true;
		return draft.isClash(session, slot, other) || (other !== -1 && draft.isClash(other, from, session));
	}

	/** Whether the room can be had and nobody there is fixed. */
	#mayThrowOut(session: number, slot: number, room: number): boolean {
		const { who, grid } = this.#plan;
		for (let cell = room * grid.slots + slot, end = cell + grid.span[session * grid.slots + slot]!; cell < end; cell++)
			if (grid.shut[cell] === 1 || (who[cell] !== -1 && this.#plan.isFixed[who[cell]!] === 1)) return false;
		return true;
	}

	#throwOut(session: number, slot: number, room: number): void {
		const { who, grid } = this.#plan;
		for (let cell = room * grid.slots + slot, end = cell + grid.span[session * grid.slots + slot]!; cell < end; cell++) {
			const other = who[cell]!;
			if (other === -1) continue;
			this.#plan.take(other);
			this.#thrown.push(other);
		}
	}

	/** Who was thrown out goes to the best free place of some, or throws somebody out in turn; at the end of the chain they wait. */
	#findPlaces(): void {
		const plan = this.#plan;
		const chain = this.#random.below(longestChain + 1);
		for (let place = 0; place < this.#thrown.length; place++) {
			const session = this.#thrown[place]!;
			if (this.#layBest(session) || place >= chain) continue;
			const [starts, rooms] = [plan.starts[session]!, plan.roomsOf[session]!];
			const [slot, room] = [starts[this.#random.below(starts.length)]!, rooms[this.#random.below(rooms.length)]!];
			if (!this.#mayThrowOut(session, slot, room)) continue;
			this.#throwOut(session, slot, room);
			plan.put(session, slot, room);
		}
	}

	/** Lays a session into the cheapest of some places that are free, unless it rather waits than breaks something. */
	#layBest(session: number): boolean {
		const plan = this.#plan;
		const { draft } = plan;
		const [starts, rooms] = [plan.starts[session]!, plan.roomsOf[session]!];
		let [best, bestSlot, bestRoom] = [0, -1, -1];
		const before = draft.strain;
		for (let attempt = 0; attempt < 8; attempt++) {
			const [slot, room] = [starts[this.#random.below(starts.length)]!, rooms[this.#random.below(rooms.length)]!];
			if (!plan.isOpen(session, slot, room)) continue;
			draft.put(session, slot, room);
			const cost = draft.strain - before;
			draft.take(session);
			if (cost < best) [best, bestSlot, bestRoom] = [cost, slot, room];
		}
		if (bestSlot === -1) return false;
		plan.put(session, bestSlot, bestRoom);
		return true;
	}

	/** Somebody who is laid makes way for a session that waits, and takes another place or waits in turn. */
	#takeTurns(waiting: number): void {
		const plan = this.#plan;
		const laid = plan.movable[this.#random.below(plan.movable.length)]!;
		if (plan.draft.slotOf[laid] === -1) return;
		const before = plan.draft.strain;
		plan.take(laid);
		if (!this.#layBest(waiting)) return plan.undo();
		this.#layBest(laid);
		this.#decide(before);
	}

	/** What is in a stretch that begins with this session, and what is in another of the same length, change places. */
	#changeStretches(session: number): void {
		const plan = this.#plan;
		const { draft } = plan;
		const { slots } = plan.grid;
		const here = draft.slotOf[session]!;
		if (here === -1) return;
		const hereRoom = draft.roomOf[session]!;
		const [starts, rooms] = [plan.starts[session]!, plan.roomsOf[session]!];
		const there = starts[this.#random.below(starts.length)]!;
		const thereRoom = rooms[this.#random.below(rooms.length)]!;
		const length = 1 + this.#random.below(this.#longest + 1);
		if (hereRoom === thereRoom && Math.abs(here - there) < length) return;
		if (!this.#isStretch(here, hereRoom, length) || !this.#isStretch(there, thereRoom, length)) return;
		const before = draft.strain;
		const moved: number[] = [];
		for (const [from, room, to, toRoom] of [
			[here, hereRoom, there, thereRoom],
			[there, thereRoom, here, hereRoom]
		] as const)
			for (let cell = from; cell < from + length; cell++) {
				const other = plan.who[room * slots + cell]!;
				if (other === -1 || draft.slotOf[other] !== cell) continue;
				if (plan.isFixed[other] === 1) return;
				moved.push(other, to + cell - from, toRoom);
			}
		for (let at = 0; at < moved.length; at += 3) plan.take(moved[at]!);
		for (let at = 0; at < moved.length; at += 3) {
			if (!plan.isOpen(moved[at]!, moved[at + 1]!, moved[at + 2]!)) return plan.undo();
			plan.put(moved[at]!, moved[at + 1]!, moved[at + 2]!);
		}
		this.#decide(before);
	}

	/** Whether nobody stands across its ends. */
	#isStretch(from: number, room: number, length: number): boolean {
		const { who, grid } = this.#plan;
		const end = from + length;
		if (end > grid.slots || grid.dayOf[end - 1] !== grid.dayOf[from]) return false;
		const at = room * grid.slots;
		const [first, last] = [who[at + from]!, who[at + end - 1]!];
		if (first !== -1 && from > 0 && who[at + from - 1] === first) return false;
		return last === -1 || end === grid.slots || who[at + end] !== last;
	}

	/** A session and what comes after it in its room, or the gap after it, change their order. */
	#changeOrder(session: number): void {
		const plan = this.#plan;
		const { draft, who } = plan;
		const { slots, span } = plan.grid;
		const slot = draft.slotOf[session]!;
		if (slot === -1) return;
		const room = draft.roomOf[session]!;
		const end = slot + span[session * slots + slot]!;
		if (end >= slots) return;
		const before = draft.strain;
		const next = who[room * slots + end]!;
		plan.take(session);
		let then = slot + 1;
		if (next !== -1) {
			if (plan.isFixed[next] === 1) return plan.undo();
			plan.take(next);
			if (!plan.isOpen(next, slot, room)) return plan.undo();
			plan.put(next, slot, room);
			then = slot + span[next * slots + slot]!;
		}
		if (!plan.isOpen(session, then, room)) return plan.undo();
		plan.put(session, then, room);
		this.#decide(before);
	}
}

function slackOf({ labelsOf, feeds, fedBy, themes, input }: Grid, longest: number): number {
	const { balance, themeRooms, feeder, parallel } = input.weights;
	const most = (lists: readonly { readonly length: number }[]) => lists.reduce((all, { length }) => Math.max(all, length), 0);
	const ofThemes = themes.length === 0 ? 0 : themeRooms + (longest > 1 ? longest * parallel : 0);
	return 2 * (2 * balance * most(labelsOf) + feeder * (most(feeds) + most(fedBy)) + ofThemes);
}
