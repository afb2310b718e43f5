import { saidNothing, type AgreementInput, type Profiles } from './input.ts';
import type { Matrix } from './matrix.ts';

/**
 * The opinions in an order that depends on nothing but what was said: neither on when people came nor on how they are called. People stand
 * by their opinions, idea after idea, then by what they state of themselves; whoever still ties could be exchanged without any figure moving.
 */
export interface Canonical {
	readonly matrix: Matrix;
	/** of each opinion of the matrix: a place in `statements`, as its person had stated when giving it */
	readonly statement: Uint32Array;
	/** of each person: a place in `statements`, as it holds now */
	readonly latest: Uint32Array;
	/** of each person: what the input calls them */
	readonly participant: Uint32Array;
	readonly statements: Statements;
	/** rows that count for nothing: on hidden ideas, and followed by a later opinion of the same person on the same idea */
	readonly left: { readonly hidden: number; readonly repeated: number };
}

/** What people state, each different statement once, ascending by group, region, organisation, assurance. */
export interface Statements {
	/** bit g: is of group g; 0: not stated */
	readonly groups: Uint32Array;
	readonly region: Int32Array;
	readonly organisation: Int32Array;
	readonly assurance: Uint8Array;
}

/**
 * "Last" is the row of the highest time; at the same time agree stands over pass and pass over disagree, then the later statement. Takes
 * O(rows + people × log people) steps and, beside what it returns, four bytes a row.
 * @param input one that checkInput lets pass
 */
export function inCanonicalOrder(input: AgreementInput): Canonical {
	const stated = ranked(input.profiles);
	const persons = personsOf(input.profiles);
	const rows = rowsByPerson(input, persons.ofProfile, persons.participant.length);
	const latest = persons.latest.map((profile) => stated.rank[profile]!);
	const order = sorted(latest.length, letters(input, rows, latest, stated.rank));
	return {
		...gathered(input, rows, order, stated.rank),
		latest: order.map((person) => latest[person]!),
		participant: order.map((person) => persons.participant[person]!),
		statements: stated.statements,
		left: rows.left
	};
}

interface Persons {
	/** ascending */
	readonly participant: Uint32Array;
	/** the profile that holds now */
	readonly latest: Uint32Array;
	/** the person of each profile */
	readonly ofProfile: Uint32Array;
}

function personsOf({ participant, number }: Profiles): Persons {
	const byPerson = places(participant.length).sort(
		(one, other) => participant[one]! - participant[other]! || number[one]! - number[other]!
	);
	const ofProfile = new Uint32Array(participant.length);
	const latest = new Uint32Array(participant.length);
	let people = 0;
	byPerson.forEach((profile, place) => {
		if (place > 0 && participant[profile] !== participant[byPerson[place - 1]!]) people++;
		ofProfile[profile] = people;
		latest[people] = profile;
	});
	if (participant.length > 0) people++;
	return {
		participant: latest.slice(0, people).map((profile) => participant[profile]!),
		latest: latest.slice(0, people),
		ofProfile
	};
}

/** Each profile by the place of what it states among all different statements. */
function ranked(profiles: Profiles): { readonly rank: Uint32Array; readonly statements: Statements } {
	const { region, organisation, assurance } = profiles;
	const groups = profiles.groups.map((stated) => stated & ~saidNothing);
	const compare = (one: number, other: number) =>
		groups[one]! - groups[other]! ||
		region[one]! - region[other]! ||
		organisation[one]! - organisation[other]! ||
		assurance[one]! - assurance[other]!;
	const order = places(groups.length).sort(compare);
	const rank = new Uint32Array(groups.length);
	const first: number[] = [];
	order.forEach((profile, place) => {
		if (place === 0 || compare(order[place - 1]!, profile) !== 0) first.push(profile);
		rank[profile] = first.length - 1;
	});
	return {
		rank,
		statements: {
			groups: Uint32Array.from(first, (profile) => groups[profile]!),
			region: Int32Array.from(first, (profile) => region[profile]!),
			organisation: Int32Array.from(first, (profile) => organisation[profile]!),
			assurance: Uint8Array.from(first, (profile) => assurance[profile]!)
		}
	};
}

/** The rows that count, by person and then by idea: those of person p at `starts[p]` up to `ends[p]`. */
interface RowsByPerson {
	readonly row: Uint32Array;
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	readonly left: { readonly hidden: number; readonly repeated: number };
}

function rowsByPerson(input: AgreementInput, ofProfile: Uint32Array, people: number): RowsByPerson {
	const { profile, idea } = input.opinions;
	const { hidden } = input.ideas;
	const starts = new Uint32Array(people + 1);
	let seen = 0;
	for (let at = 0; at < idea.length; at++) {
		if (hidden[idea[at]!] !== 0) continue;
		starts[ofProfile[profile[at]!]! + 1]!++;
		seen++;
	}
	for (let person = 0; person < people; person++) starts[person + 1]! += starts[person]!;
	const row = new Uint32Array(seen);
	const ends = starts.slice(0, people);
	for (let at = 0; at < idea.length; at++) if (hidden[idea[at]!] === 0) row[ends[ofProfile[profile[at]!]!]!++] = at;
	const ascending = ascendingOnce(input, row);
	let repeated = 0;
	for (let person = 0; person < people; person++) {
		const end = ascending(starts[person]!, ends[person]!);
		repeated += ends[person]! - end;
		ends[person] = end;
	}
	return { row, starts, ends, left: { hidden: idea.length - seen, repeated } };
}

/** Puts the rows from start to end, which are of one person, in order by idea and keeps the last on each; tells where they end. */
function ascendingOnce({ opinions, profiles, ideas }: AgreementInput, row: Uint32Array): (start: number, end: number) => number {
	const { idea } = opinions;
	// a bit for each idea spoken to: they are read off in order, without comparing; both stay clean from person to person
	const spoken = new Uint32Array((ideas.id.length >>> 5) + 1);
	const last = new Uint32Array(ideas.id.length);
	return (start, end) => {
		let [low, high] = [spoken.length, -1];
		for (let at = start; at < end; at++) {
			const next = row[at]!;
			const said = idea[next]!;
			const [word, bit] = [said >>> 5, 1 << (said & 31)];
			if ((spoken[word]! & bit) === 0 || isLater(opinions, profiles, next, last[said]!)) last[said] = next;
			spoken[word]! |= bit;
			if (word < low) low = word;
			if (word > high) high = word;
		}
		let kept = start;
		for (let word = low; word <= high; word++) {
			for (let bits = spoken[word]!; bits !== 0; bits &= bits - 1)
				row[kept++] = last[(word << 5) + 31 - Math.clz32(bits & -bits)]!;
			spoken[word] = 0;
		}
		return kept;
	};
}

function isLater(
	{ time, value, profile }: AgreementInput['opinions'],
	{ number }: Profiles,
	one: number,
	other: number
): boolean {
	const byTime = time === null ? 0 : time[one]! - time[other]!;
	return (byTime || value[one]! - value[other]! || number[profile[one]!]! - number[profile[other]!]!) > 0;
}

/**
 * What is read of a person from left to right: each opinion, an end, what holds now, and then what was stated with each opinion; -1 when there
 * is nothing more. Two people with the same opinions end at the same place, so that the further letters stand beside each other.
 */
function letters({ opinions }: AgreementInput, { row, starts, ends }: RowsByPerson, latest: Uint32Array, rank: Uint32Array) {
	const { idea, value, profile } = opinions;
	return (person: number, depth: number): number => {
		const start = starts[person]!;
		const length = ends[person]! - start;
		if (depth < length) {
			const at = row[start + depth]!;
			return 3 * idea[at]! + value[at]! + 2;
		}
		if (depth === length) return 0;
		if (depth === length + 1) return latest[person]!;
		const further = depth - length - 2;
		return further < length ? rank[profile[row[start + further]!]!]! : -1;
	};
}

/**
 * The people by what is read of them: quicksort over letters (Bentley and Sedgewick, "Fast algorithms for sorting and searching strings", 1997),
 * which reads no common beginning twice. Its pivots come from a fixed sequence, and the order found does not depend on them.
 */
function sorted(people: number, letter: (person: number, depth: number) => number): Uint32Array {
	const order = places(people);
	let state = 1;
	const sort = (from: number, to: number, depth: number) => {
		while (to - from > 1) {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			const pivot = letter(order[from + (state % (to - from))]!, depth);
			let [low, at, high] = [from, from, to];
			while (at < high) {
				const person = order[at]!;
				const own = letter(person, depth);
				if (own === pivot) at++;
				else if (own < pivot) {
					order[at++] = order[low]!;
					order[low++] = person;
				} else {
					order[at] = order[--high]!;
					order[high] = person;
				}
			}
			sort(from, low, depth);
			sort(high, to, depth);
			if (pivot === -1) return;
			[from, to, depth] = [low, high, depth + 1];
		}
	};
	sort(0, people, 0);
	return order;
}

function gathered({ opinions, ideas }: AgreementInput, rows: RowsByPerson, order: Uint32Array, rank: Uint32Array) {
	const people = order.length;
	const count = rows.row.length - rows.left.repeated;
	const starts = new Uint32Array(people + 1);
	const idea = new Uint32Array(count);
	const value = new Int8Array(count);
	const statement = new Uint32Array(count);
	let next = 0;
	for (let place = 0; place < people; place++) {
		const end = rows.ends[order[place]!]!;
		for (let at = rows.starts[order[place]!]!; at < end; at++, next++) {
			const row = rows.row[at]!;
			idea[next] = opinions.idea[row]!;
			value[next] = opinions.value[row]!;
			statement[next] = rank[opinions.profile[row]!]!;
		}
		starts[place + 1] = next;
	}
	return { matrix: { people, ideas: ideas.id.length, starts, idea, value }, statement };
}

function places(count: number): Uint32Array {
	return new Uint32Array(count).map((_, place) => place);
}
