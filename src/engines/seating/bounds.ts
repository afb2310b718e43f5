import { isEver } from './quality.ts';
import type { Room } from './room.ts';

/** What no seating can do better than. Where a seating is as good as its bound, it is proven best. */
export interface Bounds {
	readonly repeatedMeetings: number;
	/** by attribute: how far tables are off the shares at least */
	readonly off: readonly number[];
	/** the most that the person can meet for the first time who meets the fewest */
	readonly worstPerson: number;
}

export function boundsOf(room: Room): Bounds {
	const repeatedMeetings = Math.max(betweenRounds(room), forEachPerson(room), forParties(room));
	return {
		repeatedMeetings,
		off: room.mixes.names.map((_, attribute) => offByForce(room, attribute)),
		worstPerson: mostForTheWorst(room, repeatedMeetings)
	};
}

/**
 * Two who meet m times share a table in m (m - 1) / 2 pairs of rounds, so repeated meetings can be counted by pairs of rounds. Between two
 * rounds the people of a table of s go to g tables: at least as many of them stay together as when they spread evenly.
 */
function betweenRounds(room: Room): number {
	const { rounds, tables } = room;
	const earlier = strainBefore(room);
	let strain = earlier;
	for (let round = 0; round < rounds; round++) {
		const sizes = sizesIn(room, round);
		for (let other = 0; other < round; other++) {
			const away = absences(room, round, other);
			strain += Math.max(spread(sizes, away, tables), spread(sizesIn(room, other), away, tables));
		}
		for (const seated of room.earlierRounds)
			strain += spread(
				seated.map((table) => table.filter((person) => room.present[round * room.people + person] === 1).length),
				0,
				tables
			);
	}
	return Math.max(strain, earlier + squares(room));
}

/** How large the tables of a round are, but for which of them get one more. */
function sizesIn({ tables, low, high, heads }: Room, round: number): number[] {
	const sizes = [...low.subarray(round * tables, (round + 1) * tables)];
	let left = heads[round]! - sizes.reduce((all, one) => all + one, 0);
	return sizes.map((size, table) => (high[round * tables + table]! > size && left-- > 0 ? size + 1 : size));
}

/** How many are in one of the rounds and not in both. */
function absences({ people, present }: Room, round: number, other: number): number {
	let count = 0;
	for (let person = 0; person < people; person++) count += present[round * people + person]! ^ present[other * people + person]!;
	return count;
}

function strainBefore({ earlier }: Room): number {
	let strain = 0;
	for (const m of earlier) if (m > 1) strain += (m * (m - 1)) / 4;
	return strain;
}

/** Pairs that stay together when the people of each table, but those who are away, go to so many others. */
function spread(sizes: readonly number[], away: number, tables: number): number {
	return sizes.reduce((pairs, size) => pairs + pairsWhenEven(Math.max(0, size - away), tables), 0);
}

function pairsWhenEven(people: number, places: number): number {
	const [each, more] = [Math.floor(people / places), people % places];
	return (more * (each + 1) * each + (places - more) * each * (each - 1)) / 2;
}

/**
 * As many tables as chairs: without repeats, rounds are orthogonal Latin squares, and of order six there are no two (Tarry 1900): of four rounds
 * two are not orthogonal. These repeat two meetings at least: one cell of two people leaves another without any in its row and in its column,
 * and both of those leave one more of two. So of the pairs of rounds as many repeat as a graph without four that are all joined lacks (Turán).
 */
function squares({ tables, rounds, low, high, heads }: Room): number {
	if (tables !== 6 || heads.some((count) => count !== 36) || low.some((size) => size !== 6) || high.some((size) => size !== 6))
		return 0;
	return 2 * (pairsWhenEven(rounds, 1) - joined(rounds));
}

/** The most pairs of so many that can be joined with no four all joined: three parts as even as can be. */
function joined(count: number): number {
	return pairsWhenEven(count, 1) - pairsWhenEven(count, 3);
}

/** Each person sits beside so many, and has so many whom they have met so often: at best they meet first those whom they met least. */
function forEachPerson(room: Room): number {
	const { people, rounds, low, present } = room;
	const never = neverMet(room);
	let strain = 0;
	for (let person = 0; person < people; person++) {
		let meetings = 0;
		for (let round = 0; round < rounds; round++) {
			if (present[round * people + person] === 0) continue;
			const sizes = sizesFor(room, low, round, person);
			meetings += Math.max(0, sizes.reduce((least, size) => Math.min(least, size), Infinity) - 1);
		}
		const before: number[] = [];
		for (let other = 0; other < people; other++) {
			if (never[person]!.has(other)) continue;
			const m = room.earlier[person * people + other]!;
			before[m] = (before[m] ?? 0) + 1;
		}
		strain += leastStrain(before, meetings);
	}
	return Math.ceil(strainBefore(room) + strain / 2);
}

/** The sizes of the tables at which somebody may sit in a round. */
function sizesFor({ people, tables, fixed }: Room, sizes: Int16Array, round: number, person: number): Int16Array {
	const table = fixed[round * people + person]!;
	const first = round * tables + Math.max(0, table);
	return sizes.subarray(first, first + (table === -1 ? tables : 1));
}

/** By person: themselves, and those from whom they are kept apart. */
function neverMet({ people, apart }: Room): Set<number>[] {
	const never = Array.from({ length: people }, (_, person) => new Set([person]));
	for (const [one, other] of apart) {
		never[one]!.add(other);
		never[other]!.add(one);
	}
	return never;
}

/** @param before at m: how many were met m times; one more meeting of somebody met m times strains by m */
function leastStrain(before: readonly number[], meetings: number): number {
	let [strain, left, people] = [0, meetings, 0];
	for (let m = 0; left > 0 && (people > 0 || m < before.length); m++) {
		people += before[m] ?? 0;
		const met = Math.min(people, left);
		strain += met * m;
		left -= met;
	}
	return strain;
}

/** Those who sit together meet in every round in which both are there. */
function forParties(room: Room): number {
	const { people, rounds, present, earlier } = room;
	let strain = strainBefore(room);
	for (const party of new Set(room.parties))
		for (const [place, one] of party.entries())
			for (const other of party.slice(0, place)) {
				let times = 0;
				for (let round = 0; round < rounds; round++) times += present[round * people + one]! & present[round * people + other]!;
				const before = earlier[one * people + other]!;
				strain += times * before + (times * (times - 1)) / 2;
			}
	return strain;
}

/** Who is bound to a table may be more of a kind than its share, whoever else sits there. */
function offByForce(room: Room, attribute: number): number {
	const { people, tables, rounds, chairs, low, high, fixed, mixes } = room;
	let off = 0;
	for (let round = 0; round < rounds; round++)
		for (let table = 0; table < tables; table++) {
			const at = round * tables + table;
			const bound = new Int32Array(mixes.kinds);
			for (let person = 0; person < people; person++) {
				const kind = mixes.kindOf[person * mixes.names.length + attribute]!;
				if (kind !== -1 && fixed[round * people + person] === table) bound[kind]! += 1;
			}
			let least = Infinity;
			for (let size = low[at]!; size <= high[at]!; size++) {
				let over = 0;
				for (let kind = 0; kind < mixes.kinds; kind++)
					over += Math.max(0, bound[kind]! - mixes.most[(round * (chairs + 2) + size) * mixes.kinds + kind]!);
				least = Math.min(least, over);
			}
			off += least;
		}
	return off;
}

/**
 * No more than there are people at the tables where they sit, than there are people whom they may meet, than the mean of those who stay at tables, and than the mean
 * of all. For the mean, of m
 * meetings of a pair m - 1 are nobody's first: at least m (m - 1) / 2 by half the rounds.
 */
function mostForTheWorst(room: Room, repeatedMeetings: number): number {
	const { people, rounds, high, present, earlier } = room;
	const never = neverMet(room);
	const there = Array.from({ length: people }, (_, person) => person).filter((person) => isEver(room, person));
	let worst = Infinity;
	for (const person of there) {
		let beside = 0;
		for (let round = 0; round < rounds; round++) {
			if (present[round * people + person] === 0) continue;
			const sizes = sizesFor(room, high, round, person);
			beside += Math.max(0, sizes.reduce((most, size) => Math.max(most, size), 0) - 1);
		}
		const fresh = there.filter((other) => earlier[person * people + other] === 0 && !never[person]!.has(other)).length;
		worst = Math.min(worst, beside, fresh);
	}
	let beside = 0;
	for (let round = 0; round < rounds; round++) for (const size of sizesIn(room, round)) beside += size * (size - 1);
	const lost = room.earlierRounds.length === 0 ? Math.ceil((2 * repeatedMeetings) / rounds) : 0;
	return Math.min(worst, meanOfHosts(room), Math.floor((beside - 2 * lost) / Math.max(1, there.length)));
}

/** Tables that have a host take turns in being larger: together their hosts sit with no more people than when all larger tables are theirs. */
function meanOfHosts({ people, rounds, tables, present, hosts, low, high, heads }: Room): number {
	const always = (person: number) =>
		Array.from({ length: rounds }, (_, round) => present[round * people + person]).every(Boolean);
	const hosted = new Set([...hosts].filter((table, person) => table !== -1 && always(person)));
	if (hosted.size === 0) return Infinity;
	let beside = 0;
	for (let round = 0; round < rounds; round++) {
		const of = (sizes: Int16Array, table: number) => sizes[round * tables + table]!;
		let larger = heads[round]!;
		let open = 0;
		for (let table = 0; table < tables; table++) {
			larger -= of(low, table);
			if (!hosted.has(table)) continue;
			beside += of(low, table) - 1;
			open += of(high, table) - of(low, table);
		}
		beside += Math.min(larger, open);
	}
	return Math.floor(beside / hosted.size);
}
