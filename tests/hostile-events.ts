// For the test of what stays text: events, with hostile words of organisers and of those who come.
import { aCafe, aHost, aPlannedTable } from '#cafes/examples.server.ts';
import { appointHost } from '#cafes/hosts.server.ts';
import { aRegistration } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { addHub } from '#events/hubs.server.ts';
import { cancelEvent } from '#events/planning.server.ts';
import { register, registerAtDesk } from '#events/registering.server.ts';
import { at, cut, database, keys, some, staff, talk, topicId } from './hostile-ways-in.ts';
import type { StaffRole } from './world.ts';

/** filled by `enterAtEvents` */
const numbers: number[] = [];
const cafes: number[] = [];

/** Each text as the words of an event, as what somebody says to come to it, and as a hub. */
export async function enterAtEvents(): Promise<void> {
	const surroundings = { keys, origin: 'https://talks.example.org' };
	const startsAt = new Date(Date.now() + 100 * 3_600_000);
	const times = { startsAt, endsAt: new Date(+startsAt + 3_600_000) };
	for (const [index, text] of some(8).entries()) {
		const long = { en: `${text}\n\n${at(index)}\n\n[${at(index)}](${text})` };
		const texts = { title: { en: cut(text, 150) }, description: long, venue: { en: text }, host: { en: text }, access: long };
		const event = await anEvent(database, {
			...{ topicId, ...times, texts: { ...texts, recording: long }, isRecorded: true, roomPlaces: null },
			kind: 'meeting'
		});
		numbers.push(event.number);
		for (const words of some(25)) {
			const whom = { name: cut(words, 100), organisation: cut(words, 150), accessNeeds: words, isListed: true };
			await registerAtDesk(database, event, aRegistration({ ...whom, email: null }), surroundings, staff);
		}
		await register(database, event, aRegistration({ name: cut(text, 100), isListed: true }), surroundings);
		const hub = { place: cut(text, 150), region: null, coordinator: cut(text, 100), email: null, headsExpected: 3, zone: null };
		await addHub(database, event, hub, staff);
		if (index % 3 === 0) await cancelEvent(database, topicId, event.eventId, long, staff);
	}
	await planACafe();
}

/** Each text as what a table is called, and who hosts it. */
async function planACafe(): Promise<void> {
	const event = await anEvent(database, { topicId, kind: 'cafe' });
	cafes.push(event.number);
	const words = some(40);
	await aCafe(database, { event, tables: words.map((text) => aPlannedTable({ label: cut(text, 60) })) });
	for (const [index, text] of words.entries())
		await appointHost(database, { ...event, host: aHost({ tableNumber: index + 1, name: cut(text, 120) }) }, staff);
}

export function pagesOfEvents(): { path: string; as?: StaffRole }[] {
	return [
		{ path: `${talk}/events` },
		{ path: `/desk${talk}/events`, as: 'secretariat' },
		...numbers.flatMap((number) => [
			...['', '/register', '/time', '/registration'].map((page) => ({ path: `${talk}/events/${number}${page}` })),
			{ path: `${talk}/events/${number}/check-in`, as: 'secretariat' as const },
			...['', '/plan', '/people', '/badges', '/hubs'].map((page) => ({
				path: `/desk${talk}/events/${number}${page}`,
				as: 'secretariat' as const
			}))
		]),
		...cafes.flatMap((number) => [
			...['/wall', '/seat'].map((page) => ({ path: `${talk}/events/${number}${page}` })),
			...['', '/room', '/seating', '/print'].map((page) => ({
				path: `/desk${talk}/events/${number}/cafe${page}`,
				as: 'secretariat' as const
			}))
		])
	];
}
