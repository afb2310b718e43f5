import { apartWeight, type Plan } from './plan.ts';
import type { Random } from './random.ts';

/**
 * Evens out how many people each person meets for the first time, without one more repeated meeting and without a table further off its
 * shares: exchanges that change neither are tried, and kept where those who meet the fewest come nearer to the bound.
 */
export function evenOut(plan: Plan, random: Random, { bound, proposals, goOn }: Evening): void {
	const { room } = plan;
	const { people, rounds } = room;
	const fresh = Int32Array.from({ length: people }, (_, person) => freshFor(plan, person));
	const lack = (person: number) => Math.max(0, bound - fresh[person]!) ** 2;
	const may = Int32Array.from({ length: rounds * people }, (_, at) => at).filter((at) => isAlone(plan, at));
	let missing = fresh.reduce((sum, _, person) => sum + lack(person), 0);
	for (let at = 0; at < proposals && missing > 0 && may.length > 0; at++) {
		// a search that time ended leaves none for this: the first few thousand are always tried
		if (at % 4096 === 4095 && !goOn()) return;
		const chosen = may[random.below(may.length)]!;
		const [round, one] = [Math.floor(chosen / people), chosen % people];
		const other = random.below(people);
		if (!isAlone(plan, round * people + other) || !mayChange(plan, round, one, other)) continue;
		const [strain, off] = [plan.strainOfSwap(round, one, other), plan.offOfSwap(round, one, other)];
		if (strain > 0 || off > 0) continue;
		plan.swap(round, one, other, strain, off);
		const concerned = [...seatedWith(plan, round, one), ...seatedWith(plan, round, other)];
		const before = concerned.map((person) => fresh[person]!);
		const lacked = concerned.reduce((sum, person) => sum + lack(person), 0);
		for (const person of concerned) fresh[person] = freshFor(plan, person);
		const lacking = concerned.reduce((sum, person) => sum + lack(person), 0);
		if (lacking <= lacked || strain < 0 || off < 0) {
			missing += lacking - lacked;
			continue;
		}
		plan.swap(round, one, other, -strain, -off);
		concerned.forEach((person, place) => (fresh[person] = before[place]!));
	}
}

interface Evening {
	/** no more than this can the person meet who meets the fewest */
	readonly bound: number;
	readonly proposals: number;
	readonly goOn: () => boolean;
}

function freshFor({ room, met }: Plan, person: number): number {
	let fresh = 0;
	for (let at = person * room.people; at < (person + 1) * room.people; at++)
		if (met[at]! % apartWeight !== 0 && room.earlier[at] === 0) fresh += 1;
	return fresh;
}

/** There, bound to no table, and in no party. */
function isAlone({ room }: Plan, at: number): boolean {
	return room.present[at] === 1 && room.fixed[at] === -1 && room.parties[at % room.people]!.length === 1;
}

function mayChange({ room, tableOf }: Plan, round: number, one: number, other: number): boolean {
	const [here, there] = [tableOf[round * room.people + one]!, tableOf[round * room.people + other]!];
	return here !== there && room.may[one * room.tables + there] === 1 && room.may[other * room.tables + here] === 1;
}

function seatedWith({ room, seated, size, tableOf }: Plan, round: number, person: number): Int16Array {
	const table = round * room.tables + tableOf[round * room.people + person]!;
	return seated.slice(table * (room.chairs + 1), table * (room.chairs + 1) + size[table]!);
}
