import { UnfitSeating } from './input.ts';
import type { Room } from './room.ts';

/** @throws UnfitSeating where people, pairs and tables contradict each other, as far as one sees it without trying to seat them */
export function checkPossible(room: Room): void {
	checkPinned(room);
	checkApart(room);
	checkWelcome(room);
	checkCompanions(room);
	checkMutual(room);
	checkParties(room);
}

function checkPinned({ ids, people, tables, rounds, fixed, high }: Room): void {
	for (let round = 0; round < rounds; round++)
		for (let table = 0; table < tables; table++) {
			const bound = ids.filter((_, person) => fixed[round * people + person] === table);
			const most = high[round * tables + table]!;
			if (bound.length <= most) continue;
			throw new UnfitSeating(
				'too-many-pinned',
				`${bound.length} people are bound to table ${table + 1} in round ${round + 1}, where ${most} sit: ${bound.join(', ')}.`,
				bound
			);
		}
}

function checkApart({ ids, people, rounds, fixed, parties, apart }: Room): void {
	for (const [one, other] of apart) {
		const pair = [ids[one]!, ids[other]!];
		if (parties[one] === parties[other])
			throw new UnfitSeating('apart-and-together', `${pair.join(' and ')} are to sit apart and together.`, pair);
		for (let round = 0; round < rounds; round++) {
			const table = fixed[round * people + one]!;
			if (table === -1 || table !== fixed[round * people + other]) continue;
			const sentence = `${pair.join(' and ')} are to sit apart and are both bound to table ${table + 1} in round ${round + 1}.`;
			throw new UnfitSeating('apart-cannot-be-met', sentence, pair);
		}
	}
}

/** Somebody who is to sit apart from a host, or another who is bound, at every table finds no table. */
function checkWelcome({ ids, people, rounds, tables, fixed, present, parties, apart }: Room): void {
	const others = othersApart(people, apart);
	for (const party of new Set(parties)) {
		const away = new Set(party.flatMap((person) => [...others[person]!]));
		for (let round = 0; away.size >= tables && round < rounds; round++) {
			const at = (person: number) => fixed[round * people + person]!;
			if (party.some((person) => present[round * people + person] === 0 || at(person) !== -1)) continue;
			const bound = [...away].filter((person) => at(person) !== -1);
			if (new Set(bound.map(at)).size < tables) continue;
			const [guests, hosts] = [party.map((person) => ids[person]!), bound.map((person) => ids[person]!)];
			const sentence = `${guests.join(', ')} may sit at no table in round ${round + 1}: at each is one of ${hosts.join(', ')}.`;
			throw new UnfitSeating('apart-cannot-be-met', sentence, [...guests, ...hosts]);
		}
	}
}

/** Somebody who may sit with fewer than a table needs finds no table. */
function checkCompanions({ ids, people, rounds, tables, low, present, apart }: Room): void {
	const others = othersApart(people, apart);
	for (let round = 0; round < rounds; round++) {
		const here = (person: number) => present[round * people + person] === 1;
		const smallest = low.subarray(round * tables, (round + 1) * tables).reduce((least, size) => Math.min(least, size), Infinity);
		const count = ids.filter((_, person) => here(person)).length;
		for (let person = 0; person < people; person++) {
			const away = [...others[person]!].filter(here);
			if (!here(person) || count - away.length >= smallest) continue;
			const sentence = `${ids[person]} is to sit apart from ${away.length} of ${count - 1} others; that leaves no full table.`;
			throw new UnfitSeating('apart-cannot-be-met', sentence, [ids[person]!, ...away.map((other) => ids[other]!)]);
		}
	}
}

/** More people all apart from each other than there are tables; found greedily, beginning with each person once. */
function checkMutual({ ids, people, tables, present, rounds, apart }: Room): void {
	const others = othersApart(people, apart);
	for (let first = 0; first < people; first++) {
		const ranked = [...others[first]!].sort((one, other) => others[other]!.size - others[one]!.size);
		const mutual = [first];
		for (const person of ranked) if (mutual.every((one) => others[one]!.has(person))) mutual.push(person);
		const together = Array.from({ length: rounds }, (_, round) => mutual.every((one) => present[round * people + one] === 1));
		if (mutual.length <= tables || !together.includes(true)) continue;
		const names = mutual.map((person) => ids[person]!);
		const sentence = `${names.join(', ')} are all to sit apart: that takes ${names.length} tables, and there are ${tables}.`;
		throw new UnfitSeating('apart-cannot-be-met', sentence, names);
	}
}

function checkParties({ ids, parties, high }: Room): void {
	const largest = high.reduce((most, size) => Math.max(most, size), 0);
	for (const party of new Set(parties)) {
		if (party.length <= largest) continue;
		const names = party.map((person) => ids[person]!);
		const sentence = `${names.join(', ')} are to sit together: that takes ${names.length} chairs, and tables have ${largest}.`;
		throw new UnfitSeating('together-cannot-be-met', sentence, names);
	}
}

function othersApart(people: number, apart: Room['apart']): Set<number>[] {
	const others = Array.from({ length: people }, () => new Set<number>());
	for (const [one, other] of apart) {
		others[one]!.add(other);
		others[other]!.add(one);
	}
	return others;
}
