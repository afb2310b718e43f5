import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/** What counts how much while annealing. Which plan is better is never asked of the weights, but of the goals in their order. */
export interface Weights {
	readonly strain: number;
	readonly off: number;
}

export interface Cooling {
	readonly proposals: number;
	readonly from: number;
	readonly to: number;
	readonly weights: Weights;
}

/** −ln of the middles of so many equal parts of 0 to 1: how much worse a change may be, in temperatures. */
const daring = Float64Array.from({ length: 4096 }, (_, place) => -Math.log((place + 0.5) / 4096));

/** Proposals between two looks at whether to go on. */
const slice = 20_000;

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): two people of one round change places, or somebody goes to a table with a chair to
 * spare, if that is better, or by so little worse as the temperature lets chance allow.
 */
export class Annealing {
	readonly #plan: Plan;
	readonly #random: Random;
	/** by round: who sits alone and free; who sits in a party, by its first */
	readonly #singles: readonly Int32Array[];
	readonly #parties: readonly (readonly (readonly number[])[])[];
	/** rounds in which tables may differ in size */
	readonly #loose: readonly boolean[];
	readonly #hasLanguages: boolean;
	/** the best so far */
	readonly best: Best;

	constructor(plan: Plan, random: Random) {
		const { room } = plan;
		this.#plan = plan;
		this.#random = random;
		const rounds = Array.from({ length: room.rounds }, (_, round) => round);
		const free = rounds.map((round) => freeIn(room, round));
		this.#singles = free.map((people) => Int32Array.from(people.filter((person) => room.parties[person]!.length === 1)));
		this.#parties = free.map((people, round) =>
			[...new Set(people.map((person) => room.parties[person]!))]
				.filter(({ length }) => length > 1)
				.map((party) => party.filter((person) => room.present[round * room.people + person] === 1))
		);
		this.#loose = rounds.map((round) => isLoose(room, round));
		this.#hasLanguages = room.may.includes(0);
		this.best = new Best(plan);
	}

	/**
	 * One cooling from warm to cold.
	 * @param goOn asked between slices
	 * @returns whether it came to its end
	 */
	run(cooling: Cooling, isBest: () => boolean, goOn: () => boolean): boolean {
		const slices = Math.ceil(cooling.proposals / slice);
		const factor = (cooling.to / cooling.from) ** (1 / Math.max(1, slices - 1));
		let temperature = cooling.from;
		for (let at = 0; at < slices; at++, temperature *= factor) {
			this.#propose(Math.min(slice, cooling.proposals), temperature, cooling.weights);
			if (isBest()) return true;
			if (!goOn()) return false;
		}
		return true;
	}

	#propose(proposals: number, temperature: number, weights: Weights): void {
		const [plan, random, best] = [this.#plan, this.#random, this.best];
		const { room, tableOf } = plan;
		const { people, rounds } = room;
		const hasMix = room.mixes.kinds > 0;
		for (let at = 0; at < proposals; at++) {
			const bits = random.next();
			const round = bits % rounds;
			const limit = temperature * daring[bits >>> 20]!;
			const singles = this.#singles[round]!;
			if ((bits & 0x700) === 0 && this.#loose[round]) {
				this.#tryMove(round, limit, weights);
				continue;
			}
			if (this.#parties[round]!.length > 0 && (bits & 0x1800) === 0) {
				this.#tryParty(round, limit, weights);
				continue;
			}
			if (singles.length < 2) continue;
			const one = singles[random.below(singles.length)]!;
			const other = singles[random.below(singles.length)]!;
			const [here, there] = [tableOf[round * people + one]!, tableOf[round * people + other]!];
			if (here === there || (this.#hasLanguages && !this.#mayChange(one, there, other, here))) continue;
			const off = hasMix ? plan.offOfSwap(round, one, other) : 0;
			// however much less strain there may be, it cannot be less than none
			if (weights.off * off - weights.strain * plan.strain > limit) continue;
			const strain = plan.strainOfSwap(round, one, other);
			if (weights.strain * strain + weights.off * off > limit) continue;
			plan.swap(round, one, other, strain, off);
			best.note();
		}
	}

	#mayChange(one: number, there: number, other: number, here: number): boolean {
		const { may, tables } = this.#plan.room;
		return may[one * tables + there] === 1 && may[other * tables + here] === 1;
	}

	#tryMove(round: number, limit: number, weights: Weights): void {
		const [plan, random] = [this.#plan, this.#random];
		const { people, tables, low, high, may } = plan.room;
		const singles = this.#singles[round]!;
		if (singles.length === 0) return;
		const person = singles[random.below(singles.length)]!;
		const [from, to] = [plan.tableOf[round * people + person]!, random.below(tables)];
		if (from === to || may[person * tables + to] === 0) return;
		const [here, there] = [round * tables + from, round * tables + to];
		if (plan.size[here]! <= low[here]! || plan.size[there]! >= high[there]!) return;
		const [strain, off] = [plan.strain, plan.off];
		plan.move(round, person, to);
		if (weights.strain * (plan.strain - strain) + weights.off * (plan.off - off) > limit) plan.move(round, person, from);
		else this.best.note();
	}

	/** A party changes places with as many others of one table. */
	#tryParty(round: number, limit: number, weights: Weights): void {
		const [plan, random] = [this.#plan, this.#random];
		const { people, tables, chairs } = plan.room;
		const party = this.#parties[round]![random.below(this.#parties[round]!.length)]!;
		const [here, there] = [plan.tableOf[round * people + party[0]!]!, random.below(tables)];
		if (here === there) return;
		const start = (round * tables + there) * (chairs + 1);
		const others = this.#ofOneSize(round, plan.seated.subarray(start, start + plan.size[round * tables + there]!), party.length);
		if (others === null) return;
		if (this.#hasLanguages && party.some((one, place) => !this.#mayChange(one, there, others[place]!, here))) return;
		const [strain, off] = [plan.strain, plan.off];
		const change = (one: number, other: number) =>
			plan.swap(round, one, other, plan.strainOfSwap(round, one, other), plan.offOfSwap(round, one, other));
		party.forEach((one, place) => change(one, others[place]!));
		if (weights.strain * (plan.strain - strain) + weights.off * (plan.off - off) > limit)
			party.forEach((one, place) => change(one, others[place]!));
		else this.best.note();
	}

	/** Whole parties of a table, and who sits alone, that are so many together; null: this once there are none. */
	#ofOneSize(round: number, seated: Int16Array, count: number): number[] | null {
		const { room } = this.#plan;
		const chosen: number[] = [];
		for (const person of this.#random.shuffle([...seated])) {
			if (chosen.includes(person) || room.fixed[round * room.people + person] !== -1) continue;
			const party = room.parties[person]!.filter((one) => room.present[round * room.people + one] === 1);
			if (chosen.length + party.length <= count) chosen.push(...party);
		}
		return chosen.length === count ? chosen : null;
	}
}

/** The best plan seen, by the goals in their order. */
export class Best {
	readonly #plan: Plan;
	readonly tableOf: Int16Array;
	strain: number;
	off: number;

	constructor(plan: Plan) {
		this.#plan = plan;
		this.tableOf = plan.tableOf.slice();
		this.strain = plan.strain;
		this.off = plan.off;
	}

	note(): void {
		const { strain, off, tableOf } = this.#plan;
		if (strain > this.strain || (strain === this.strain && off >= this.off)) return;
		this.tableOf.set(tableOf);
		this.strain = strain;
		this.off = off;
	}
}

function freeIn({ people, present, fixed }: Room, round: number): number[] {
	const free: number[] = [];
	for (let person = 0; person < people; person++)
		if (present[round * people + person] === 1 && fixed[round * people + person] === -1) free.push(person);
	return free;
}

function isLoose({ tables, low, high }: Room, round: number): boolean {
	for (let table = 0; table < tables; table++) if (low[round * tables + table]! < high[round * tables + table]!) return true;
	return false;
}
