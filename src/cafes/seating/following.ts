import type { CafeRound } from '#cafes/cafe.ts';
import { roundOn, roundsHeld, type RoundTurn, type RunningRound } from '#cafes/rounds.ts';
import { stepsOf, type Seat } from '#cafes/seating/seating.ts';

/** What somebody in the room has to know at this moment. */
export interface Following {
	readonly on: RunningRound | null;
	/** where they sit in the round that is on; null: none is, or they sit in none */
	readonly now: number | null;
	readonly next: { readonly roundNumber: number; readonly table: number | null } | null;
	/** tables to move on each round, where their card follows that rule */
	readonly steps: number | null;
	readonly isOver: boolean;
}

/** @param seats of one person */
export function follow(
	seats: readonly Seat[],
	{ rounds, tables }: { readonly rounds: readonly CafeRound[]; readonly tables: number },
	turns: readonly RoundTurn[]
): Following {
	const running = roundOn(turns);
	const on = running?.isRehearsal ? null : running;
	const held = roundsHeld(turns);
	const tableIn = (round: number) => seats.find(({ roundNumber }) => roundNumber === round)?.tableNumber ?? null;
	const all = rounds.map(({ roundNumber }) => tableIn(roundNumber));
	const next = rounds[held];
	return {
		on,
		now: on ? tableIn(on.roundNumber) : null,
		next: next ? { roundNumber: next.roundNumber, table: tableIn(next.roundNumber) } : null,
		steps: all.includes(null) ? null : stepsOf(all.map(Number), tables),
		isOver: on === null && rounds.length > 0 && held === rounds.length
	};
}

/** Who goes where in a round, as a wall may show it: numbers of cards by table, no names. */
export interface TableOnWall {
	readonly tableNumber: number;
	readonly cards: readonly number[];
}

export function wallOfRound(
	seats: readonly Seat[],
	roundNumber: number,
	cardOf: ReadonlyMap<string, number>,
	tables: number
): TableOnWall[] {
	const here = seats.filter((seat) => seat.roundNumber === roundNumber);
	return Array.from({ length: tables }, (_, place) => ({
		tableNumber: place + 1,
		cards: here
			.filter(({ tableNumber }) => tableNumber === place + 1)
			.flatMap(({ guestId }) => cardOf.get(guestId) ?? [])
			.sort((one, other) => one - other)
	}));
}

/** Whether everybody follows the rule of letters: a wall then says that one sentence instead of all moves. */
export function followsRule(seats: readonly Seat[], rounds: number, tables: number): boolean {
	const own = Map.groupBy(seats, ({ guestId }) => guestId);
	return (
		own.size > 0 &&
		rounds > 1 &&
		[...own.values()].every((of) => {
			const inOrder = of.toSorted((one, other) => one.roundNumber - other.roundNumber).map(({ tableNumber }) => tableNumber);
			return inOrder.length === rounds && stepsOf(inOrder, tables) !== null;
		})
	);
}
