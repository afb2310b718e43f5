import type { Room } from './room.ts';

/** A meeting of two who shall be kept apart weighs as much as so many people meeting once more. */
export const apartWeight = 256;

/**
 * Who sits where, with every figure kept up to date: who met whom how often, and how many of each kind sit at each table. A change costs as
 * much as there are people at two tables.
 */
export class Plan {
	readonly room: Room;
	/** by round and person, -1: not there */
	readonly tableOf: Int16Array;
	/** by round and table: how many sit there */
	readonly size: Int16Array;
	/** by round, table and chair: who sits there, the first `size` of them */
	readonly seated: Int16Array;
	/** by round and person */
	readonly chairOf: Int16Array;
	/** by pair, both ways: how often they meet, earlier rounds included; for those kept apart `apartWeight` more */
	readonly met: Int16Array;
	/** by round, table and kind */
	readonly counts: Int16Array;
	/** the sum of m (m - 1) / 2 over all pairs, and what meetings of those kept apart weigh */
	strain: number;
	/** by how many people tables are off the share of a kind, over all kinds and tables */
	off: number;

	/** @param tableOf by round and person, with the right people at the right sizes; it is copied */
	constructor(room: Room, tableOf: ArrayLike<number>) {
		const { people, tables, rounds, chairs, mixes } = room;
		this.room = room;
		this.tableOf = Int16Array.from(tableOf);
		this.size = new Int16Array(rounds * tables);
		this.seated = new Int16Array(rounds * tables * (chairs + 1));
		this.chairOf = new Int16Array(rounds * people);
		this.met = new Int16Array(people * people);
		this.counts = new Int16Array(rounds * tables * mixes.kinds);
		this.strain = 0;
		this.off = 0;
		this.#countAll();
	}

	/** Takes another plan of the same room. */
	become(tableOf: Int16Array): void {
		this.tableOf.set(tableOf);
		this.#countAll();
	}

	#countAll(): void {
		const { room, met } = this;
		const { people, tables, rounds, chairs } = room;
		met.set(room.earlier);
		for (const [one, other] of room.apart) for (const at of [one * people + other, other * people + one]) met[at]! += apartWeight;
		this.size.fill(0);
		this.counts.fill(0);
		this.strain = room.earlier.reduce((sum, m) => sum + (m * (m - 1)) / 4, 0);
		this.off = 0;
		for (let round = 0; round < rounds; round++) {
			for (let person = 0; person < people; person++) {
				const table = this.tableOf[round * people + person]!;
				if (table === -1) continue;
				const at = round * tables + table;
				for (let chair = 0; chair < this.size[at]!; chair++) {
					const other = this.seated[at * (chairs + 1) + chair]!;
					this.strain += met[person * people + other]!;
					met[person * people + other]! += 1;
					met[other * people + person]! += 1;
				}
				this.#sitDown(round, person, table);
			}
			for (let table = 0; table < tables; table++) this.off += this.offAt(round, table, this.size[round * tables + table]!);
		}
	}

	/** What a table is off, were it of this size. */
	offAt(round: number, table: number, size: number): number {
		const { mixes, tables, chairs } = this.room;
		const [from, shares] = [(round * tables + table) * mixes.kinds, (round * (chairs + 2) + size) * mixes.kinds];
		let off = 0;
		for (let kind = 0; kind < mixes.kinds; kind++) {
			const count = this.counts[from + kind]!;
			off += Math.max(0, mixes.least[shares + kind]! - count, count - mixes.most[shares + kind]!);
		}
		return off;
	}

	/** How the strain changes if two people at different tables change places. */
	strainOfSwap(round: number, one: number, other: number): number {
		const { room, met, seated, size, tableOf } = this;
		const people = room.people;
		const [here, there] = [tableOf[round * people + one]!, tableOf[round * people + other]!];
		const [ofOne, ofOther] = [one * people, other * people];
		let change = 0;
		let at = (round * room.tables + here) * (room.chairs + 1);
		for (let end = at + size[round * room.tables + here]!; at < end; at++) {
			const beside = seated[at]!;
			if (beside !== one) change += met[ofOther + beside]! - met[ofOne + beside]! + 1;
		}
		at = (round * room.tables + there) * (room.chairs + 1);
		for (let end = at + size[round * room.tables + there]!; at < end; at++) {
			const beside = seated[at]!;
			if (beside !== other) change += met[ofOne + beside]! - met[ofOther + beside]! + 1;
		}
		return change;
	}

	/** How far more, or less, tables are off the shares if two people at different tables change places. */
	offOfSwap(round: number, one: number, other: number): number {
		const { mixes, people, tables, chairs } = this.room;
		const { kindOf, kinds, least, most } = mixes;
		const attributes = mixes.names.length;
		let change = 0;
		for (let attribute = 0; attribute < attributes; attribute++) {
			const [kind, kindThere] = [kindOf[one * attributes + attribute]!, kindOf[other * attributes + attribute]!];
			if (kind === kindThere) continue;
			const here = round * tables + this.tableOf[round * people + one]!;
			const there = round * tables + this.tableOf[round * people + other]!;
			const shares = (round * (chairs + 2) + this.size[here]!) * kinds;
			const sharesThere = (round * (chairs + 2) + this.size[there]!) * kinds;
			if (kind !== -1) {
				const [count, countThere] = [this.counts[here * kinds + kind]!, this.counts[there * kinds + kind]!];
				change += oneLess(count, least[shares + kind]!, most[shares + kind]!);
				change += oneMore(countThere, least[sharesThere + kind]!, most[sharesThere + kind]!);
			}
			if (kindThere !== -1) {
				const [count, countThere] = [this.counts[here * kinds + kindThere]!, this.counts[there * kinds + kindThere]!];
				change += oneMore(count, least[shares + kindThere]!, most[shares + kindThere]!);
				change += oneLess(countThere, least[sharesThere + kindThere]!, most[sharesThere + kindThere]!);
			}
		}
		return change;
	}

	/** Two people at different tables change places; the changes are what the two questions above answered. */
	swap(round: number, one: number, other: number, strain: number, off: number): void {
		const { people } = this.room;
		const [here, there] = [this.tableOf[round * people + one]!, this.tableOf[round * people + other]!];
		this.#getUp(round, one, here);
		this.#getUp(round, other, there);
		this.#meet(round, one, here, -1);
		this.#meet(round, other, there, -1);
		this.#meet(round, one, there, 1);
		this.#meet(round, other, here, 1);
		this.#sitDown(round, one, there);
		this.#sitDown(round, other, here);
		this.strain += strain;
		this.off += off;
	}

	strainOfMove(round: number, person: number, to: number): number {
		const { people } = this.room;
		return this.#strainAt(round, person, to) - this.#strainAt(round, person, this.tableOf[round * people + person]!);
	}

	/** Somebody goes to another table, however many sit there. */
	move(round: number, person: number, to: number): void {
		const { people, tables } = this.room;
		const from = this.tableOf[round * people + person]!;
		const sizeOf = (table: number) => this.size[round * tables + table]!;
		const before = this.offAt(round, from, sizeOf(from)) + this.offAt(round, to, sizeOf(to));
		this.strain += this.strainOfMove(round, person, to);
		this.#getUp(round, person, from);
		this.#meet(round, person, from, -1);
		this.#meet(round, person, to, 1);
		this.#sitDown(round, person, to);
		this.off += this.offAt(round, from, sizeOf(from)) + this.offAt(round, to, sizeOf(to)) - before;
	}

	/** What it costs that this person sits at this table with those who do, beside themselves. */
	#strainAt(round: number, person: number, table: number): number {
		const { room, met, seated, size } = this;
		const isThere = this.tableOf[round * room.people + person] === table ? 1 : 0;
		let strain = 0;
		const start = (round * room.tables + table) * (room.chairs + 1);
		for (let at = start; at < start + size[round * room.tables + table]!; at++)
			if (seated[at] !== person) strain += met[person * room.people + seated[at]!]! - isThere;
		return strain;
	}

	#meet(round: number, person: number, table: number, times: 1 | -1): void {
		const { room, met, seated, size } = this;
		const start = (round * room.tables + table) * (room.chairs + 1);
		for (let at = start, end = start + size[round * room.tables + table]!; at < end; at++) {
			const other = seated[at]!;
			met[person * room.people + other]! += times;
			met[other * room.people + person]! += times;
		}
	}

	#getUp(round: number, person: number, table: number): void {
		const { people, tables, chairs } = this.room;
		const at = round * tables + table;
		const chair = this.chairOf[round * people + person]!;
		const last = this.seated[at * (chairs + 1) + this.size[at]! - 1]!;
		this.seated[at * (chairs + 1) + chair] = last;
		this.chairOf[round * people + last] = chair;
		this.size[at]! -= 1;
		this.#count(at, person, -1);
	}

	#sitDown(round: number, person: number, table: number): void {
		const { people, tables, chairs } = this.room;
		const at = round * tables + table;
		const chair = this.size[at]!;
		this.seated[at * (chairs + 1) + chair] = person;
		this.chairOf[round * people + person] = chair;
		this.tableOf[round * people + person] = table;
		this.size[at] = chair + 1;
		this.#count(at, person, 1);
	}

	#count(at: number, person: number, times: 1 | -1): void {
		const { kindOf, kinds, names } = this.room.mixes;
		for (let attribute = 0; attribute < names.length; attribute++) {
			const kind = kindOf[person * names.length + attribute]!;
			if (kind !== -1) this.counts[at * kinds + kind]! += times;
		}
	}
}

function oneMore(count: number, least: number, most: number): number {
	return (count >= most ? 1 : 0) - (count < least ? 1 : 0);
}

function oneLess(count: number, least: number, most: number): number {
	return (count <= least ? 1 : 0) - (count > most ? 1 : 0);
}
