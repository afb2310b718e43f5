import { checkIn } from '#events/arriving.server.ts';
import { addHub, countHeads } from '#events/hubs.server.ts';
import { registerAtDesk } from '#events/registering.server.ts';
import { regionOfCountry } from '#people/regions.ts';
import { hubs } from './events.ts';
import { guests } from './guests.ts';
import { loader, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moved } from './moving.ts';
import { people } from './people.ts';

type Talk = Pick<LoadedTalk, 'topicId' | 'by'>;

/** Those who follow the Town Hall together elsewhere. */
export async function loadHubs(database: Loading['database'], topicId: string, eventId: string): Promise<void> {
	for (const { heads, ...hub } of hubs) {
		const { hubId } = await addHub(database, { topicId, eventId }, { ...hub, coordinator: null, email: null }, loader);
		await countHeads(database, { topicId, eventId }, hubId, heads, loader);
	}
}

/** Five of the fifty did not come: one in ten, as at other evenings. */
export async function loadGuests(
	{ database, keys }: Loading,
	{ topicId, by }: Talk,
	eventId: string,
	startsAt: Date
): Promise<void> {
	const surroundings = { keys, origin: 'http://localhost:3000' };
	const week = databaseAt(database, moved('2013-10-04T12:00:00+02:00', by));
	const door = { topicId, eventId, by: null };
	for (const [index, person] of people.entries()) {
		const draft = {
			way: 'room',
			name: guests[index]!,
			// an example writes to nobody
			email: null,
			group: person.groups[0] ?? null,
			region: regionOfCountry(person.country),
			organisation: '',
			languages: person.reads,
			accessNeeds: '',
			isListed: false,
			language: 'en'
		} as const;
		const { registrationId } = await registerAtDesk(week, { topicId, eventId }, draft, surroundings, loader);
		if (index % 10 === 7) continue;
		const came = databaseAt(database, new Date(+startsAt - (50 - index) * 25_000));
		const noted = { id: crypto.randomUUID(), age: 0, who: { registrationId, how: 'badge' } } as const;
		await checkIn(came, door, [noted], surroundings);
	}
}
