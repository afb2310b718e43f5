/** All that the engine is told of a café. People are known by their ids, tables and rounds by their place, from 0. */
export interface SeatingInput {
	readonly people: readonly Guest[];
	readonly tables: readonly Table[];
	readonly rounds: number;
	/** what tables shall be mixed by: "group", "region"; `of` in Guest has as many entries */
	readonly attributes: readonly string[];
	/** never at one table */
	readonly apart: readonly Pair[];
	/** at one table in every round */
	readonly together: readonly Pair[];
	/** rounds that were held before, of this event or another; who is not among the people is passed over */
	readonly earlier: Rounds;
}

export interface Guest {
	readonly id: string;
	/** null: not stated, and not counted when tables are mixed */
	readonly of: readonly (string | null)[];
	/** none: any table will do */
	readonly languages: readonly string[];
	/** the table that this person hosts in every round */
	readonly host: number | null;
	readonly pins: readonly Pin[];
	/** the first round, and the last; left out: from the first to the last */
	readonly from?: number;
	readonly until?: number;
}

export interface Pin {
	readonly round: number;
	readonly table: number;
}

export interface Table {
	/** chairs; null: as many as are needed. Sizes differ by at most one as far as chairs allow it */
	readonly seats: number | null;
	/** those who sit here speak one of them, or said nothing of languages; none: anybody */
	readonly languages: readonly string[];
}

export type Pair = readonly [one: string, other: string];

/** The ids at each table of each round. */
export type Rounds = readonly (readonly (readonly string[])[])[];

type Reason =
	| 'no-rounds'
	| 'one-table'
	| 'more-tables-than-people'
	| 'more-hosts-than-tables'
	| 'person-twice'
	| 'unknown-person'
	| 'unknown-table'
	| 'unknown-round'
	| 'two-hosts'
	| 'host-pinned-elsewhere'
	| 'pinned-twice'
	| 'too-many-pinned'
	| 'too-few-chairs'
	| 'not-as-long'
	| 'not-themselves'
	| 'apart-and-together'
	| 'apart-cannot-be-met'
	| 'together-cannot-be-met'
	| 'languages-cannot-be-met'
	| 'too-many';

/** Why nobody can be seated like this, and whom it concerns: `code` for programs, the message for whoever made the input. */
export class UnfitSeating extends Error {
	readonly code: Reason;
	/** the ids of those whom it concerns */
	readonly people: readonly string[];

	constructor(code: Reason, sentence: string, people: readonly string[] = []) {
		super(sentence);
		this.code = code;
		this.people = people;
	}
}

/** Meetings are kept for each pair of people. */
const mostPeople = 3_000;
const mostRounds = 100;

/** @throws UnfitSeating at the first thing by which nobody can be seated, as far as one sees it without trying */
export function checkSeating(input: SeatingInput): void {
	checkSize(input);
	checkPeople(input);
	checkHosts(input);
	checkPins(input);
	checkPairs(input);
}

function checkSize({ people, tables, rounds }: SeatingInput): void {
	if (!Number.isInteger(rounds) || rounds < 1) throw new UnfitSeating('no-rounds', 'At least one round is needed.');
	if (rounds > mostRounds) throw new UnfitSeating('too-many', `${rounds} rounds; ${mostRounds} at most.`);
	if (people.length > mostPeople) throw new UnfitSeating('too-many', `${people.length} people; ${mostPeople} at most.`);
	if (tables.length < 2)
		throw new UnfitSeating('one-table', 'At least two tables are needed: at one, everybody sits together in every round.');
	const hosts = people.filter(({ host }) => host !== null);
	if (hosts.length > tables.length)
		throw new UnfitSeating(
			'more-hosts-than-tables',
			`${hosts.length} hosts for ${counted(tables.length, 'table')}.`,
			hosts.map(({ id }) => id)
		);
	if (tables.length > people.length)
		throw new UnfitSeating(
			'more-tables-than-people',
			`${counted(tables.length, 'table')} for ${counted(people.length, 'person')}.`
		);
	for (let round = 0; round < rounds; round++) {
		const here = people.filter((guest) => isPresent(guest, round)).length;
		const chairs = tables.reduce((sum, { seats }) => sum + (seats ?? here), 0);
		if (chairs < here) throw new UnfitSeating('too-few-chairs', `${chairs} chairs for ${here} people in round ${round + 1}.`);
	}
}

function checkPeople({ people, tables, rounds, attributes }: SeatingInput): void {
	const seen = new Set<string>();
	for (const { id, of, host, pins, from = 0, until = rounds - 1 } of people) {
		if (seen.has(id)) throw new UnfitSeating('person-twice', `Person ${id} stands in the list twice.`, [id]);
		seen.add(id);
		if (of.length !== attributes.length)
			throw new UnfitSeating('not-as-long', `Person ${id} has ${of.length} of ${attributes.length} attributes.`, [id]);
		for (const table of [...(host === null ? [] : [host]), ...pins.map((pin) => pin.table)])
			if (!tables[table])
				throw new UnfitSeating('unknown-table', `Person ${id} is to sit at table ${table + 1}; there are ${tables.length}.`, [
					id
				]);
		// who comes after the last round or left before the first is known, and there in none
		const [comes, goes] = [[from, 0, rounds] as const, [until, -1, rounds - 1] as const];
		for (const [round, first, last] of [comes, goes, ...pins.map((pin) => [pin.round, 0, rounds - 1] as const)])
			if (!Number.isInteger(round) || round < first || round > last)
				throw new UnfitSeating('unknown-round', `Round ${round + 1} of person ${id}; there are ${rounds}.`, [id]);
	}
}

function checkHosts({ people }: SeatingInput): void {
	const hosts = new Map<number, string>();
	for (const { id, host, pins } of people) {
		if (host === null) continue;
		const other = hosts.get(host);
		if (other !== undefined)
			throw new UnfitSeating('two-hosts', `Table ${host + 1} has two hosts, ${other} and ${id}.`, [other, id]);
		hosts.set(host, id);
		const away = pins.find(({ table }) => table !== host);
		if (away)
			throw new UnfitSeating(
				'host-pinned-elsewhere',
				`Person ${id} hosts table ${host + 1} and is pinned to table ${away.table + 1} in round ${away.round + 1}.`,
				[id]
			);
	}
}

function checkPins({ people, tables }: SeatingInput): void {
	const pinned = new Map<string, string[]>();
	for (const { id, pins, host } of people) {
		const tableIn = new Map<number, number>();
		for (const { round, table } of pins) {
			const other = tableIn.get(round);
			if (other !== undefined && other !== table)
				throw new UnfitSeating(
					'pinned-twice',
					`Person ${id} is pinned to tables ${other + 1} and ${table + 1} in round ${round + 1}.`,
					[id]
				);
			if (other === undefined && host === null) listed(pinned, `${round} ${table}`).push(id);
			tableIn.set(round, table);
		}
	}
	for (const [place, ids] of pinned) {
		const [round, table] = place.split(' ').map(Number) as [number, number];
		const { seats } = tables[table]!;
		const all = [...ids, ...people.filter(({ host }) => host === table).map(({ id }) => id)];
		if (seats !== null && all.length > seats)
			throw new UnfitSeating(
				'too-many-pinned',
				`${all.length} people are pinned to the ${seats} chairs of table ${table + 1} in round ${round + 1}.`,
				all
			);
	}
}

function checkPairs({ people, apart, together }: SeatingInput): void {
	const known = new Set(people.map(({ id }) => id));
	for (const [one, other] of [...apart, ...together]) {
		for (const id of [one, other])
			if (!known.has(id)) throw new UnfitSeating('unknown-person', `There is no person ${id}.`, [id]);
		if (one === other) throw new UnfitSeating('not-themselves', `Person ${one} is paired with themselves.`, [one]);
	}
}

export function isPresent({ from = 0, until = Infinity }: Pick<Guest, 'from' | 'until'>, round: number): boolean {
	return round >= from && round <= until;
}

function listed<Key, Entry>(lists: Map<Key, Entry[]>, key: Key): Entry[] {
	const list = lists.get(key) ?? [];
	lists.set(key, list);
	return list;
}

function counted(count: number, thing: 'table' | 'person'): string {
	if (count === 1) return `1 ${thing}`;
	return `${count} ${thing === 'person' ? 'people' : 'tables'}`;
}
