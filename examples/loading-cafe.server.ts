import { appointHost } from '#cafes/hosts.server.ts';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { planCafe } from '#cafes/planning.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { cardsFor, giveOutCards } from '#cafes/seating/cards.server.ts';
import { guestsOf } from '#cafes/seating/guests.server.ts';
import { chooseSeating, keepSeating } from '#cafes/seating/keeping.server.ts';
import { questionOf, seatsOf } from '#cafes/seating/seating.ts';
import type { Database } from '#database/connection.server.ts';
import { seatEveryone } from '#engines/seating/seating.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import { howManyTables, minutesBefore, minutesBetween, minutesOfRound } from './cafe.ts';
import { loader, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moved } from './moving.ts';

/** Ten tables and three rounds, one for each question; they were held. */
export async function loadCafe(
	{ database }: Pick<Loading, 'database'>,
	{ topicId, by, questionIds }: Pick<LoadedTalk, 'topicId' | 'by' | 'questionIds'>,
	{ eventId, startsAt }: { eventId: string; startsAt: Date }
): Promise<void> {
	const prepared = databaseAt(database, moved('2013-10-02T09:00:00+02:00', by));
	const table = { label: '', seats: null, mode: 'room', link: null, languages: [] } as const;
	const questions = Object.values(questionIds);
	await planCafe(
		prepared,
		{
			...{ topicId, eventId, seen: 0 },
			tables: Array.from({ length: howManyTables }, () => table),
			rounds: questions.map((questionId) => ({ questionId, minutes: minutesOfRound, breakMinutes: minutesBetween }))
		},
		loader
	);
	// the first ten of those who registered
	const registered = await registrationsOf(database, { topicId, eventId });
	for (const [place, { registrationId, name }] of registered.slice(0, howManyTables).entries()) {
		const host = { tableNumber: place + 1, name: name!, language: 'en', email: null, timeZone: null, registrationId } as const;
		await appointHost(prepared, { topicId, eventId, host }, loader);
	}
	await seatThem(prepared, { topicId, eventId });
	for (let round = 0; round < questions.length; round++) {
		const begun = startsAt.getTime() + (minutesBefore + round * (minutesOfRound + minutesBetween)) * 60_000;
		const ended = begun + minutesOfRound * 60_000;
		if (ended > Date.now() + database.clockShift) break;
		await beginRound(databaseAt(database, new Date(begun)), { topicId, eventId, roundNumber: round + 1 }, loader);
		await endRound(databaseAt(database, new Date(ended)), { topicId, eventId }, loader);
	}
}

/** Nobody meets twice, and each table has its share of each group: it takes a tenth of a second. */
async function seatThem(database: Database, of: OfEvent): Promise<void> {
	const cafe = await cafeOf(database, of.topicId, of.eventId);
	const guests = await guestsOf(database, of.topicId, of.eventId, 'placed');
	const { rounds, method } = seatEveryone(questionOf(cafe, guests, { pairs: [], pins: [] }));
	const found = { ...of, planVersion: cafe.version, follows: null, method, seats: seatsOf(rounds) };
	const number = await keepSeating(database, found, loader);
	await chooseSeating(database, { ...of, number }, loader);
	await cardsFor(
		database,
		of,
		guests.map(({ guestId }) => guestId)
	);
	await giveOutCards(database, of, loader);
}
