import { refusal } from '#refusals/refusal.ts';

/** A café as it is planned now. Tables and rounds are numbered from 1, as people say them. */
export interface Cafe {
	readonly topicId: string;
	readonly eventId: string;
	/** 0: nothing is planned yet */
	readonly version: number;
	readonly tables: readonly CafeTable[];
	readonly rounds: readonly CafeRound[];
}

export interface CafeTable {
	readonly tableNumber: number;
	/** what people call it; empty where it has but its number */
	readonly label: string;
	/** chairs; null: as many as are needed */
	readonly seats: number | null;
	readonly mode: TableMode;
	/** where those meet who are not in the room */
	readonly link: string | null;
	/** BCP 47; none: any */
	readonly languages: readonly string[];
}

export const tableModes = ['room', 'online', 'mixed'] as const;
export type TableMode = (typeof tableModes)[number];

export interface CafeRound {
	readonly roundNumber: number;
	readonly questionId: string | null;
	readonly minutes: number;
	/** after the round */
	readonly breakMinutes: number;
}

/** What a plan is given; numbers come from the order. */
export type PlannedTable = Omit<CafeTable, 'tableNumber'>;
export type PlannedRound = Omit<CafeRound, 'roundNumber'>;

export const mostTables = 300;
export const mostRounds = 20;
export const longestLabel = 60;
const longestRound = 600;

/** Refuses `cafe-tables-unusable` or `cafe-rounds-unusable` with the first row that cannot be. */
export function checkPlan({ tables, rounds }: { tables: readonly PlannedTable[]; rounds: readonly PlannedRound[] }): void {
	if (tables.length > mostTables) throw refusal('too-many-chosen');
	if (rounds.length > mostRounds) throw refusal('too-many-chosen');
	for (const [place, { seats, mode, link }] of tables.entries()) {
		if (seats !== null && !isWhole(seats, 1, 500)) throw refusal('cafe-seats-unusable', { table: place + 1 });
		if (link === null && mode === 'online') throw refusal('cafe-link-missing', { table: place + 1 });
	}
	for (const [place, { minutes, breakMinutes }] of rounds.entries())
		if (!isWhole(minutes, 1, longestRound) || !isWhole(breakMinutes, 0, longestRound))
			throw refusal('cafe-minutes-unusable', { round: place + 1 });
}

function isWhole(number: number, least: number, most: number): boolean {
	return Number.isInteger(number) && number >= least && number <= most;
}
