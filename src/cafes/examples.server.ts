import type { Actor } from '#activity/actor.ts';
import type { Cafe, PlannedRound, PlannedTable } from '#cafes/cafe.ts';
import type { AppointedHost } from '#cafes/hosts.server.ts';
import { planCafe } from '#cafes/planning.server.ts';
import type { Database } from '#database/connection.server.ts';
import { anEvent } from '#events/examples.server.ts';
import type { OfEvent } from '#events/moving.server.ts';

const organiser: Actor = { kind: 'job', name: 'examples' };

export interface CafeWishes {
	/** of the event that is made for it, where none is given */
	readonly topicId?: string;
	readonly event?: OfEvent;
	/** how many, or what differs from a table in the room */
	readonly tables?: number | readonly Partial<PlannedTable>[];
	/** how many, or what differs from twenty minutes without a question */
	readonly rounds?: number | readonly Partial<PlannedRound>[];
}

/** A café as it is planned; three tables and three rounds of twenty minutes, in a topic of its own, unless something else is wished. */
export async function aCafe(database: Database, wishes: CafeWishes = {}): Promise<Cafe> {
	const { tables = 3, rounds = 3 } = wishes;
	const { topicId, eventId } = wishes.event ?? (await anEvent(database, wishes));
	const plan = { tables: several(tables).map(aPlannedTable), rounds: several(rounds).map(aPlannedRound) };
	return planCafe(database, { topicId, eventId, seen: 0, ...plan }, organiser);
}

export function aPlannedTable(changes: Partial<PlannedTable> = {}): PlannedTable {
	return { label: '', seats: null, mode: 'room', link: null, languages: [], ...changes };
}

export function aPlannedRound(changes: Partial<PlannedRound> = {}): PlannedRound {
	return { questionId: null, minutes: 20, breakMinutes: 5, ...changes };
}

export function aHost(changes: Partial<AppointedHost> = {}): AppointedHost {
	return { tableNumber: 1, name: 'Amina Diallo', email: null, language: 'en', timeZone: null, registrationId: null, ...changes };
}

function several<Thing>(wished: number | readonly Thing[]): readonly Thing[] {
	return typeof wished === 'number' ? Array.from({ length: wished }, () => ({}) as Thing) : wished;
}
