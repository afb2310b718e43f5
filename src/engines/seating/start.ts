import { UnfitSeating } from './input.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/**
 * Seats everybody in every round as chance will have it: those who are bound to a table there, those who sit together at one table, everybody at
 * a table of their language, and as many at each table as there must be.
 * @returns the table by round and person
 * @throws UnfitSeating where languages or those who sit together leave no way, as far as was found
 */
export function someSeating(room: Room, random: Random): Int16Array {
	const tableOf = new Int16Array(room.rounds * room.people).fill(-1);
	for (let round = 0; round < room.rounds; round++) seatRound(room, round, tableOf, random);
	return tableOf;
}

/** People who sit together are hard to place; another order may find room for them. */
const attempts = 50;

function seatRound(room: Room, round: number, tableOf: Int16Array, random: Random): void {
	let failed: UnfitSeating | null = null;
	for (let attempt = 0; attempt < attempts; attempt++) {
		try {
			tableOf.set(new Round(room, round, random).seated(), round * room.people);
			return;
		} catch (error) {
			if (!(error instanceof UnfitSeating)) throw error;
			failed = error;
			// without parties the first answer is certain
			if (error.code === 'languages-cannot-be-met') break;
		}
	}
	if (failed) throw failed;
}

/** One round while it is filled; people who found no place make others move on (augmenting paths). */
class Round {
	readonly #room: Room;
	readonly #round: number;
	readonly #random: Random;
	readonly #tableOf: Int16Array;
	readonly #at: number[][];

	constructor(room: Room, round: number, random: Random) {
		this.#room = room;
		this.#round = round;
		this.#random = random;
		this.#tableOf = new Int16Array(room.people).fill(-1);
		this.#at = Array.from({ length: room.tables }, () => []);
	}

	seated(): Int16Array {
		const { people, parties, present, fixed } = this.#room;
		const here = (person: number) => present[this.#round * people + person] === 1;
		const free: number[] = [];
		for (let person = 0; person < people; person++) {
			const table = fixed[this.#round * people + person]!;
			if (table !== -1) this.#sit(person, table);
			else if (here(person)) free.push(person);
		}
		this.#random.shuffle(free);
		const wholes = [...new Set(free.map((person) => parties[person]!))]
			.map((party) => party.filter((person) => here(person) && this.#tableOf[person] === -1))
			.sort((one, other) => other.length - one.length);
		for (const party of wholes) if (party.length > 1) this.#seatParty(party);
		const single = wholes.filter(({ length }) => length === 1).map(([person]) => person!);
		// the fewest that a table must have come first, so that no table is left short
		const left = single.filter((person) => !this.#seatOne(person, this.#lows()));
		const nowhere = left.filter((person) => !this.#seatOne(person, this.#highs()));
		if (nowhere.length > 0) this.#refuse(nowhere);
		const short = this.#at.findIndex(({ length }, table) => length < this.#lows()[table]!);
		if (short !== -1) this.#refuseTable(short, wholes);
		return this.#tableOf;
	}

	#refuseTable(table: number, wholes: readonly (readonly number[])[]): never {
		const { ids } = this.#room;
		const parties = wholes.filter(({ length }) => length > 1);
		if (parties.length > 0) {
			const named = parties.map((party) => party.map((person) => ids[person]!).join(', ')).join('; ');
			const sentence = `Those who are to sit together leave table ${table + 1} too few people in round ${this.#round + 1}: ${named}.`;
			throw new UnfitSeating(
				'together-cannot-be-met',
				sentence,
				parties.flat().map((person) => ids[person]!)
			);
		}
		const people = this.#at[table]!.map((person) => ids[person]!);
		throw new UnfitSeating(
			'languages-cannot-be-met',
			`Table ${table + 1} finds ${people.length} of ${this.#lows()[table]} people of its languages in round ${this.#round + 1}.`,
			people
		);
	}

	#refuse(nowhere: readonly number[]): never {
		const ids = nowhere.map((person) => this.#room.ids[person]!);
		throw new UnfitSeating(
			'languages-cannot-be-met',
			`No table of their language has a chair left in round ${this.#round + 1} for ${ids.join(', ')}.`,
			ids
		);
	}

	#seatParty(party: readonly number[]): void {
		const { tables, may, ids } = this.#room;
		const highs = this.#highs();
		const fitting = Array.from({ length: tables }, (_, table) => table).filter(
			(table) =>
				this.#at[table]!.length + party.length <= highs[table]! && party.every((person) => may[person * tables + table] === 1)
		);
		const [table] = this.#random.shuffle(fitting).sort((one, other) => this.#at[one]!.length - this.#at[other]!.length);
		if (table === undefined) {
			const together = party.map((person) => ids[person]!);
			throw new UnfitSeating(
				'together-cannot-be-met',
				`No table has room in round ${this.#round + 1} for ${together.join(', ')}, who are to sit together.`,
				together
			);
		}
		for (const person of party) this.#sit(person, table);
	}

	/** Seats a person, if need be by sending others on; nobody at a table is worse off by it. */
	#seatOne(person: number, most: Int16Array, asked = new Set<number>()): boolean {
		const { people, tables, may, fixed, parties } = this.#room;
		const open: number[] = [];
		const offset = this.#random.below(tables);
		for (let step = 0; step < tables; step++) {
			const table = (step + offset) % tables;
			if (may[person * tables + table] === 0 || asked.has(table)) continue;
			if (this.#at[table]!.length < most[table]!) {
				this.#sit(person, table);
				return true;
			}
			open.push(table);
		}
		for (const table of open) {
			if (asked.has(table)) continue;
			asked.add(table);
			for (const other of [...this.#at[table]!]) {
				if (fixed[this.#round * people + other] !== -1 || parties[other]!.length > 1) continue;
				if (!this.#seatOne(other, most, asked)) continue;
				this.#at[table] = this.#at[table]!.filter((one) => one !== other);
				this.#sit(person, table);
				return true;
			}
		}
		return false;
	}

	#sit(person: number, table: number): void {
		this.#tableOf[person] = table;
		this.#at[table]!.push(person);
	}

	#lows(): Int16Array {
		const { low, tables } = this.#room;
		return low.subarray(this.#round * tables, (this.#round + 1) * tables);
	}

	#highs(): Int16Array {
		const { high, tables } = this.#room;
		return high.subarray(this.#round * tables, (this.#round + 1) * tables);
	}
}
