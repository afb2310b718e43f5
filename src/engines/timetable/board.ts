import { UnfitTimetable } from './input.ts';
import type { Random } from './random.ts';

export interface TracksInput {
	/** by session: its slots */
	readonly slots: readonly number[];
	readonly rooms: number;
	readonly tracks: number;
	readonly talks: readonly Talk[];
	/** by session, room and track: what it costs that the track is there */
	readonly use: readonly (readonly (readonly number[])[])[];
}

export interface Talk {
	readonly track: number;
	readonly slots: number;
	/** places of talks with a presenter in common */
	readonly conflicts: readonly number[];
	readonly bySession: readonly number[];
	readonly byRoom: readonly number[];
}

/** The fewest sessions that hold so many slots. */
function fewest(slots: readonly number[], need: number): number {
	let [count, held] = [0, 0];
	for (const size of [...slots].sort((one, other) => other - one)) {
		if (held >= need) break;
		held += size;
		count += 1;
	}
	return count;
}

/** Pairs of talks with a presenter in common, each once, whichever of the two says so. */
function clashing({ talks }: TracksInput): readonly (readonly [number, number])[] {
	const pairs = new Map<number, readonly [number, number]>();
	for (const [talk, { conflicts }] of talks.entries())
		for (const other of conflicts) {
			const [one, two] = [Math.min(talk, other), Math.max(talk, other)];
			if (one !== two) pairs.set(one * talks.length + two, [one, two]);
		}
	return [...pairs.values()];
}

/** Which sessions and which room each track has, and where its talks are, with what that costs. */
export class Board {
	readonly #input: TracksInput;
	/** by track: its talks, and how many sessions it takes */
	readonly #talksOf: number[][];
	readonly #count: number[];
	readonly #mustHold: number;
	/** by talk */
	readonly sessionOf: Int16Array;
	/** by track */
	readonly roomOf: Int16Array;
	readonly #sessionsOf: number[][];
	/** by session and room: the track, -1: free */
	readonly #who: Int16Array;
	/** by track: what it costs by itself */
	readonly #own: Float64Array;
	readonly #pairs: readonly (readonly [number, number])[];
	strain = 0;

	constructor(input: TracksInput) {
		const { slots, rooms, tracks, talks } = input;
		this.#input = input;
		this.#talksOf = Array.from({ length: tracks }, (_, track) =>
			[...talks.keys()].filter((talk) => talks[talk]!.track === track)
		);
		this.#count = this.#talksOf.map((some) =>
			fewest(
				slots,
				some.reduce((sum, talk) => sum + talks[talk]!.slots, 0)
			)
		);
		this.sessionOf = new Int16Array(talks.length);
		this.roomOf = new Int16Array(tracks);
		this.#sessionsOf = this.#talksOf.map(() => []);
		this.#who = new Int16Array(slots.length * rooms);
		this.#own = new Float64Array(tracks);
		this.#mustHold = 10 * Math.max(1, ...talks.flatMap(({ bySession, byRoom }) => [...bySession, ...byRoom]));
		this.#pairs = clashing(input).filter(([one, other]) => talks[one]!.track !== talks[other]!.track);
	}

	/** Everybody somewhere: the tracks that need most first, each in a room with space. */
	begin(random: Random): void {
		const { slots, rooms } = this.#input;
		for (let attempt = 0; attempt < 200; attempt++) {
			this.#who.fill(-1);
			const order = random.shuffle([...this.#count.keys()]).sort((one, other) => this.#count[other]! - this.#count[one]!);
			if (!order.every((track) => this.#settle(track, random, random.shuffle(Array.from({ length: rooms }, (_, room) => room)))))
				continue;
			for (const [track, talks] of this.#talksOf.entries()) {
				const left = this.#sessionsOf[track]!.map((session) => ({ session, free: slots[session]! }));
				for (const talk of random.shuffle([...talks]).sort((one, other) => this.#size(other) - this.#size(one))) {
					left.sort((one, other) => other.free - one.free);
					this.sessionOf[talk] = left[0]!.session;
					left[0]!.free -= this.#size(talk);
				}
				this.#own[track] = this.#ownCost(track);
			}
			this.strain = this.#own.reduce((sum, one) => sum + one, this.#clashes() * this.#mustHold);
			return;
		}
		throw new UnfitTimetable('too-many', 'The tracks need more of the rooms than there is.');
	}

	#size(talk: number): number {
		return this.#input.talks[talk]!.slots;
	}

	#settle(track: number, random: Random, rooms: readonly number[]): boolean {
		for (const room of rooms) {
			const free = this.#input.slots.flatMap((_, session) =>
				this.#who[session * this.#input.rooms + room] === -1 ? [session] : []
			);
			if (free.length < this.#count[track]!) continue;
			this.#take(track, room, random.shuffle(free).slice(0, this.#count[track]));
			return true;
		}
		return false;
	}

	#take(track: number, room: number, sessions: number[]): void {
		for (const session of sessions) this.#who[session * this.#input.rooms + room] = track;
		this.roomOf[track] = room;
		this.#sessionsOf[track] = sessions;
	}

	#ownCost(track: number): number {
		const { talks, use, slots } = this.#input;
		const room = this.roomOf[track]!;
		let cost = 0;
		for (const session of this.#sessionsOf[track]!) {
			let held = 0;
			for (const talk of this.#talksOf[track]!) if (this.sessionOf[talk] === session) held += talks[talk]!.slots;
			if (held > 0) cost += use[session]![room]![track]!;
			if (held > slots[session]!) cost += (held - slots[session]!) * this.#mustHold;
		}
		for (const talk of this.#talksOf[track]!) cost += talks[talk]!.bySession[this.sessionOf[talk]!]! + talks[talk]!.byRoom[room]!;
		return cost;
	}

	#clashes(): number {
		let clashes = 0;
		for (const [one, other] of this.#pairs) if (this.sessionOf[one] === this.sessionOf[other]) clashes += 1;
		return clashes;
	}

	/** One step, not taken where it costs more than the limit. */
	step(random: Random, limit: number): void {
		const track = random.below(this.#count.length);
		if (this.#count[track] === 0) return;
		const kind = random.share();
		if (kind < 0.45) this.#tryTalks(track, random, limit);
		else if (kind < 0.75) this.#trySession(track, random, limit);
		else this.#tryRoom(track, random, limit);
	}

	#decide(tracks: readonly number[], limit: number, undo: () => void): void {
		const before = this.strain;
		const own = tracks.map((track) => this.#own[track]!);
		for (const track of tracks) this.#own[track] = this.#ownCost(track);
		const strain = this.#own.reduce((sum, one) => sum + one, this.#clashes() * this.#mustHold);
		if (strain - before <= limit) {
			this.strain = strain;
			return;
		}
		undo();
		for (const [place, track] of tracks.entries()) this.#own[track] = own[place]!;
	}

	#tryTalks(track: number, random: Random, limit: number): void {
		const talks = this.#talksOf[track]!;
		const sessions = this.#sessionsOf[track]!;
		if (sessions.length < 2) return;
		const one = talks[random.below(talks.length)]!;
		const from = this.sessionOf[one]!;
		if (random.below(3) === 0) {
			this.sessionOf[one] = sessions[random.below(sessions.length)]!;
			return this.#decide([track], limit, () => (this.sessionOf[one] = from));
		}
		const other = talks[random.below(talks.length)]!;
		const to = this.sessionOf[other]!;
		if (from === to) return;
		[this.sessionOf[one], this.sessionOf[other]] = [to, from];
		this.#decide([track], limit, () => ([this.sessionOf[one], this.sessionOf[other]] = [from, to]));
	}

	/** A track gives one of its sessions for another one in its room, with all talks; whoever has that one gets the other. */
	#trySession(track: number, random: Random, limit: number): void {
		const { rooms, slots } = this.#input;
		const room = this.roomOf[track]!;
		const from = this.#sessionsOf[track]![random.below(this.#count[track]!)]!;
		const to = random.below(slots.length);
		const other = this.#who[to * rooms + room]!;
		if (from === to) return;
		const exchange = (here: number, there: number) => {
			for (const one of other === track || other === -1 ? [track] : [track, other]) {
				for (const talk of this.#talksOf[one]!) {
					if (this.sessionOf[talk] === here) this.sessionOf[talk] = there;
					else if (this.sessionOf[talk] === there) this.sessionOf[talk] = here;
				}
				this.#sessionsOf[one] = this.#sessionsOf[one]!.map((session) =>
					session === here ? there : session === there ? here : session
				);
			}
			const kept = this.#who[here * rooms + room]!;
			this.#who[here * rooms + room] = this.#who[there * rooms + room]!;
			this.#who[there * rooms + room] = kept;
		};
		exchange(from, to);
		this.#decide(other === -1 || other === track ? [track] : [track, other], limit, () => exchange(from, to));
	}

	/** A track goes to another room; who is in the way goes where there is space, first to the room that became free. */
	#tryRoom(track: number, random: Random, limit: number): void {
		const { rooms, slots } = this.#input;
		const [from, to] = [this.roomOf[track]!, random.below(rooms)];
		if (from === to) return;
		const kept = { who: this.#who.slice(), roomOf: this.roomOf.slice(), sessionOf: this.sessionOf.slice() };
		const keptSessions = [...this.#sessionsOf];
		const undo = () => {
			this.#who.set(kept.who);
			this.roomOf.set(kept.roomOf);
			this.sessionOf.set(kept.sessionOf);
			keptSessions.forEach((sessions, one) => (this.#sessionsOf[one] = sessions));
		};
		const old = this.#sessionsOf[track]!;
		// half of the time at its own times, else at any
		const at = random.below(2) === 0 ? old : random.shuffle(slots.map((_, session) => session)).slice(0, old.length);
		const away = [...new Set(at.map((session) => this.#who[session * rooms + to]!))].filter((one) => one !== -1);
		for (const one of [track, ...away]) this.#leave(one);
		this.#go(track, to, [...at]);
		for (const one of away) {
			const open = [from, ...random.shuffle(Array.from({ length: rooms }, (_, room) => room))];
			if (!this.#goWhereFree(one, open, random)) return undo();
		}
		this.#decide([track, ...away], limit, undo);
	}

	#goWhereFree(track: number, rooms: readonly number[], random: Random): boolean {
		const { slots, rooms: count } = this.#input;
		for (const room of rooms) {
			const free = slots.flatMap((_, session) => (this.#who[session * count + room] === -1 ? [session] : []));
			const [own, needed] = [this.#sessionsOf[track]!, this.#count[track]!];
			if (free.length < needed) continue;
			const same = own.filter((session) => free.includes(session));
			const others = random.shuffle(free.filter((session) => !own.includes(session)));
			this.#go(track, room, [...same, ...others].slice(0, needed));
			return true;
		}
		return false;
	}

	#leave(track: number): void {
		for (const session of this.#sessionsOf[track]!) this.#who[session * this.#input.rooms + this.roomOf[track]!] = -1;
	}

	/** Talks stay together: those of a session that is given up go to one that is new. */
	#go(track: number, room: number, sessions: number[]): void {
		const old = this.#sessionsOf[track]!;
		const added = sessions.filter((session) => !old.includes(session));
		const becomes = new Map(
			old.filter((session) => !sessions.includes(session)).map((session, place) => [session, added[place]!])
		);
		for (const talk of this.#talksOf[track]!) this.sessionOf[talk] = becomes.get(this.sessionOf[talk]!) ?? this.sessionOf[talk]!;
		this.#take(track, room, sessions);
	}

	/** Counted anew from where everything is. */
	judge(sessionOf: Int16Array, roomOf: Int16Array): { cost: number; unmet: number } {
		const { talks, use, slots, rooms } = this.#input;
		const used = new Map<string, { session: number; room: number; tracks: Set<number>; held: number }>();
		let [cost, unmet] = [0, 0];
		for (const [talk, { track, slots: size, bySession, byRoom }] of talks.entries()) {
			const [session, room] = [sessionOf[talk]!, roomOf[track]!];
			cost += bySession[session]! + byRoom[room]!;
			const key = String(session * rooms + room);
			const there = used.get(key) ?? { session, room, tracks: new Set<number>(), held: 0 };
			used.set(key, { ...there, tracks: there.tracks.add(track), held: there.held + size });
		}
		for (const [one, other] of clashing(this.#input))
			if (sessionOf[one] === sessionOf[other] && roomOf[talks[one]!.track] !== roomOf[talks[other]!.track]) unmet += 1;
		for (const { session, room, tracks, held } of used.values()) {
			for (const track of tracks) cost += use[session]![room]![track]!;
			unmet += Math.max(0, held - slots[session]!) + tracks.size - 1;
		}
		return { cost, unmet };
	}
}
