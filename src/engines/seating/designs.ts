import { isFree, type Skeleton } from './closed-form.ts';
import { cyclicRounds } from './cyclic.ts';
import { tenRoundsOfThirtyTwo } from './golfers.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/**
 * Rounds in which nobody meets twice, made by a symmetry instead of by trying: for equal tables without hosts, where nothing is bound.
 * @returns null where none is known or found
 */
export function designFor(room: Room, random: Random, goOn: () => boolean): Skeleton | null {
	const { people, tables, rounds, hosts } = room;
	if (people % tables !== 0 || !isFree(room) || hosts.some((table) => table !== -1)) return null;
	const tableOf =
		people === 32 && tables === 8 && rounds <= 10 && rounds > 3
			? flattened(tenRoundsOfThirtyTwo().slice(0, rounds), people)
			: cyclicRounds(room, random, { proposals, goOn });
	return tableOf && { tableOf, hostOf: new Int16Array(people).fill(-1), moves: null };
}

const proposals = 300_000;

function flattened(rounds: readonly (readonly (readonly number[])[])[], people: number): Int16Array {
	const tableOf = new Int16Array(rounds.length * people);
	rounds.forEach((tables, round) =>
		tables.forEach((table, place) => {
			for (const person of table) tableOf[round * people + person] = place;
		})
	);
	return tableOf;
}
