import { Draft } from './draft.ts';
import type { Grid } from './grid.ts';

/**
 * A draft in which no room is used twice, for the search: who is in which room and slot is known, changes are written down, and can be taken back together.
 * Where a session may go at all (its people are there, the room has what it needs, it is not pinned elsewhere) is decided once; what others do
 * is counted by the draft.
 */
export class RoomPlan {
	readonly grid: Grid;
	readonly draft: Draft;
	/** by room and slot: the session, -1: free */
	readonly who: Int16Array;
	/** by session: slots in which it may begin, and rooms in which it may be */
	readonly starts: readonly Int16Array[];
	readonly roomsOf: readonly Int16Array[];
	/** by session and slot, and by session and room: 1 where it may */
	readonly mayBegin: Uint8Array;
	readonly mayUse: Uint8Array;
	/** sessions that are pinned to one place: they stay, or wait for good */
	readonly isFixed: Uint8Array;
	readonly movable: readonly number[];
	/** changed sessions with where they were, three numbers each */
	readonly #journal: Int16Array;
	#written = 0;

	constructor(grid: Grid) {
		const { sessions, slots, rooms } = grid;
		this.grid = grid;
		this.draft = new Draft(grid);
		this.who = new Int16Array(rooms * slots).fill(-1);
		const all = Array.from({ length: sessions }, (_, session) => session);
		this.starts = all.map((session) => startsOf(grid, session));
		this.roomsOf = all.map((session) => roomsFor(grid, session));
		this.mayBegin = new Uint8Array(sessions * slots);
		this.mayUse = new Uint8Array(sessions * rooms);
		for (const session of all) {
			for (const slot of this.starts[session]!) this.mayBegin[session * slots + slot] = 1;
			for (const room of this.roomsOf[session]!) this.mayUse[session * rooms + room] = 1;
		}
		this.isFixed = Uint8Array.from(all, (session) => Number(grid.pinSlot[session] !== -1 && grid.pinRoom[session] !== -1));
		this.movable = all.filter(
			(session) => this.isFixed[session] === 0 && this.starts[session]!.length > 0 && this.roomsOf[session]!.length > 0
		);
		// a step lays a few chains of sessions, or exchanges two stretches
		this.#journal = new Int16Array(3 * mostWritten * (1 + grid.span.reduce((most, one) => Math.max(most, one), 1)));
	}

	/** Whether the session may be there at all and the room is free for as long. */
	isOpen(session: number, slot: number, room: number): boolean {
		const { slots, rooms, span, shut } = this.grid;
		const at = session * slots + slot;
		if (this.mayBegin[at] === 0 || this.mayUse[session * rooms + room] === 0) return false;
		const from = room * slots + slot;
		for (let cell = from; cell < from + span[at]!; cell++) if (this.who[cell] !== -1 || shut[cell] === 1) return false;
		return true;
	}

	/** Forgets what was written down: it stays. */
	keep(): void {
		this.#written = 0;
	}

	/** Takes back everything since `keep`. */
	undo(): void {
		for (let at = this.#written - 3; at >= 0; at -= 3) {
			const [session, slot, room] = [this.#journal[at]!, this.#journal[at + 1]!, this.#journal[at + 2]!];
			if (this.draft.slotOf[session] !== -1) this.#take(session);
			if (slot !== -1) this.#put(session, slot, room);
		}
		this.#written = 0;
	}

	put(session: number, slot: number, room: number): void {
		this.#write(session);
		this.#put(session, slot, room);
	}

	take(session: number): void {
		this.#write(session);
		this.#take(session);
	}

	/** Becomes another plan of the same programme. */
	become({ slotOf, roomOf }: { readonly slotOf: Int16Array; readonly roomOf: Int16Array }): void {
		for (let session = 0; session < slotOf.length; session++) if (this.draft.slotOf[session] !== -1) this.#take(session);
		for (let session = 0; session < slotOf.length; session++)
			if (slotOf[session] !== -1) this.#put(session, slotOf[session]!, roomOf[session]!);
		this.#written = 0;
	}

	#write(session: number): void {
		this.#journal[this.#written++] = session;
		this.#journal[this.#written++] = this.draft.slotOf[session]!;
		this.#journal[this.#written++] = this.draft.roomOf[session]!;
	}

	#put(session: number, slot: number, room: number): void {
		const from = room * this.grid.slots + slot;
		this.who.fill(session, from, from + this.grid.span[session * this.grid.slots + slot]!);
		this.draft.put(session, slot, room);
	}

	#take(session: number): void {
		const slot = this.draft.slotOf[session]!;
		const from = this.draft.roomOf[session]! * this.grid.slots + slot;
		this.who.fill(-1, from, from + this.grid.span[session * this.grid.slots + slot]!);
		this.draft.take(session);
	}
}

const mostWritten = 24;

/** Where it fits and its people are there; a pinned session begins where it is pinned, as far as it fits. */
export function startsOf(grid: Grid, session: number): Int16Array {
	const { slots, cut, away, pinSlot } = grid;
	const all = Int16Array.from({ length: slots }, (_, slot) => slot);
	const at = (slot: number) => session * slots + slot;
	if (pinSlot[session] !== -1) return all.filter((slot) => slot === pinSlot[session] && cut[at(slot)] === 0);
	return all.filter((slot) => cut[at(slot)] === 0 && away[at(slot)] === 0);
}

export function roomsFor(grid: Grid, session: number): Int16Array {
	const { rooms, lacks, pinRoom } = grid;
	const all = Int16Array.from({ length: rooms }, (_, room) => room);
	if (pinRoom[session] !== -1) return all.filter((room) => room === pinRoom[session]);
	return all.filter((room) => lacks[session * rooms + room] === 0);
}
