import { hostsOf } from '#cafes/hosts.server.ts';
import type { Guest } from '#cafes/seating/seating.ts';
import type { Queryable } from '#database/connection.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';

/** Whom to seat: everybody who has a place, or those who have arrived. */
export const whoms = ['placed', 'arrived'] as const;
export type Whom = (typeof whoms)[number];

/** Those who sit at tables: who registered, and hosts who did not. `all`: also those who gave their place back, for seatings of before. */
export async function guestsOf(queryable: Queryable, topicId: string, eventId: string, whom: Whom | 'all'): Promise<Guest[]> {
	const registrations = await registrationsOf(queryable, { topicId, eventId });
	const hosts = await hostsOf(queryable, topicId, eventId);
	const tableOf = new Map(hosts.map(({ registrationId, tableNumber }) => [registrationId, tableNumber]));
	const registered = registrations
		.filter(({ state, hasCome }) => whom === 'all' || (state === 'placed' && (whom === 'placed' || hasCome)))
		.map(({ registrationId, name, group, region, languages, way, hasCome }): Guest => ({
			...{ guestId: registrationId, name: name ?? '', group, region, languages },
			...{ comes: way, hasArrived: hasCome, hosts: tableOf.get(registrationId) ?? null }
		}));
	const unregistered = hosts
		.filter(({ registrationId }) => registrationId === null)
		.map(({ hostId, name, tableNumber }): Guest => ({
			...{ guestId: hostId, name, group: null, region: null, languages: [] },
			...{ comes: 'room', hasArrived: true, hosts: tableNumber }
		}));
	return [...registered, ...unregistered];
}
