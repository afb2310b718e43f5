import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost } from '#cafes/hosts.server.ts';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { askForSeating, seat, seatingProgress, type SeatingWish } from '#cafes/seating/asking.server.ts';
import { changedCards } from '#cafes/seating/card.ts';
import { cardsGiven, giveOutCards } from '#cafes/seating/cards.server.ts';
import { guestsOf } from '#cafes/seating/guests.server.ts';
import { judge } from '#cafes/seating/judging.ts';
import { chooseSeating } from '#cafes/seating/keeping.server.ts';
import { seatingInForce, seatingsOf, seatsIn, wishesOf } from '#cafes/seating/reading.server.ts';
import { setPair } from '#cafes/seating/wishing.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { checkIn } from '#events/arriving.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { aRegistration } from '#events/examples.ts';
import { registerAtDesk } from '#events/registering.server.ts';
import { temporaryKeys } from '#topics/examples.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const organiser: Actor = { kind: 'job', name: 'examples' };
const surroundings = { keys, origin: 'https://talks.example.org' };
const done = () => Promise.resolve();
const groups = ['governments', 'private-sector', 'civil-society', 'technical-community', 'academia'];

async function aCafeWith(people: number, { tables, rounds }: { tables: number; rounds: number }) {
	const event = await anEvent(database, { roomPlaces: null });
	const cafe = await aCafe(database, { event, tables, rounds });
	const of = { topicId: event.topicId, eventId: event.eventId };
	const ids: string[] = [];
	for (let person = 0; person < people; person++) ids.push(await aPerson(of, person));
	const wish: SeatingWish = { ...of, whom: 'placed', again: false, seconds: 5 };
	return { of, cafe, ids, wish };
}

type Of = Awaited<ReturnType<typeof aCafeWith>>['of'];

async function aPerson(of: Of, person: number): Promise<string> {
	const draft = aRegistration({ name: `Person ${person}`, email: null, group: groups[person % groups.length]! });
	return (await registerAtDesk(database, of, draft, surroundings, organiser)).registrationId;
}

async function arrive(of: Of, registrationIds: readonly string[]): Promise<void> {
	const noted = registrationIds.map((registrationId) => ({
		...{ id: crypto.randomUUID(), age: 0 },
		who: { registrationId, how: 'badge' as const }
	}));
	await checkIn(database, { ...of, by: null }, noted, surroundings);
}

/** What the job does, without waiting for it. @returns the number of the seating */
async function seated(wish: SeatingWish): Promise<number> {
	await askForSeating(database, wish, organiser);
	const { again, ...payload } = wish;
	await seat(database, { ...payload, again: again ? 1 : 0 }, done);
	return (await seatingsOf(database, wish.topicId, wish.eventId))[0]!.number;
}

test('forty-seven people are seated by those who registered; nobody meets twice, and each table has its share', async () => {
	const { of, cafe, wish } = await aCafeWith(47, { tables: 10, rounds: 3 });
	const number = await seated(wish);
	const seats = await seatsIn(database, of.topicId, of.eventId, number);
	const guests = await guestsOf(database, of.topicId, of.eventId, 'placed');
	const judged = judge(cafe, guests, await wishesOf(database, of.topicId, of.eventId), seats)!;
	assert.equal(seats.length, 47 * 3);
	assert.deepEqual(
		[judged.repeated, judged.off.find(({ attribute }) => attribute === 'group')?.off, judged.unmet.sizes],
		[0, 0, 0]
	);
	assert.equal((await seatingsOf(database, of.topicId, of.eventId))[0]?.isInForce, false);
	assert.equal((await seatingProgress(database, of.topicId, of.eventId))?.state, 'waiting');
});

test('hosts stay: one who registered, and one who did not', async () => {
	const { of, ids, wish } = await aCafeWith(9, { tables: 3, rounds: 2 });
	await appointHost(database, { ...of, host: aHost({ tableNumber: 2, registrationId: ids[4]! }) }, organiser);
	const hostId = await appointHost(database, { ...of, host: aHost({ tableNumber: 3 }) }, organiser);
	const seats = await seatsIn(database, of.topicId, of.eventId, await seated(wish));
	const at = (guestId: string) => seats.filter((one) => one.guestId === guestId).map(({ tableNumber }) => tableNumber);
	assert.deepEqual(
		[at(ids[4]!), at(hostId)],
		[
			[2, 2],
			[3, 3]
		]
	);
	assert.equal(seats.length, 20);
});

test('who cannot be seated is told at once, with the names', async () => {
	const { of, ids, wish } = await aCafeWith(6, { tables: 2, rounds: 2 });
	const [one, two, three] = ids as [string, string, string];
	for (const [first, other] of [
		[one, two],
		[one, three],
		[two, three]
	] as const)
		await setPair(database, { ...of, one: first, other, kind: 'apart' }, organiser);
	await assert.rejects(askForSeating(database, wish, organiser), (error: { code: string; values: Record<string, string> }) => {
		assert.deepEqual([error.code, error.values['reason']], ['cafe-unseatable', 'apartCannotBeMet']);
		for (const person of [0, 1, 2]) assert.ok(error.values['names']!.includes(`Person ${person}`));
		return true;
	});
	assert.equal(await seatingProgress(database, of.topicId, of.eventId), null);
	await assert.rejects(askForSeating(database, { ...wish, again: true }, organiser), { code: 'cafe-no-seating' });
});

test('five stay away and three come late: the first round stays as it was held, and at most two cards change', async () => {
	const { of, cafe, ids, wish } = await aCafeWith(50, { tables: 10, rounds: 3 });
	const first = await seated(wish);
	await chooseSeating(database, { ...of, number: first }, organiser);
	await giveOutCards(database, of, organiser);
	const present = ids.filter((_, person) => person % 10 !== 7);
	await arrive(of, present);
	await beginRound(database, { ...of, roundNumber: 1 }, organiser);
	const late: string[] = [];
	for (const person of [50, 51, 52]) late.push(await aPerson(of, person));
	await arrive(of, late);
	await endRound(database, of, organiser);

	const again = await seated({ ...wish, whom: 'arrived', again: true });
	const [before, after] = [
		await seatsIn(database, of.topicId, of.eventId, first),
		await seatsIn(database, of.topicId, of.eventId, again)
	];
	const held = (seats: typeof before) => seats.filter(({ roundNumber }) => roundNumber === 1);
	assert.deepEqual(held(after), held(before));
	const to = (round: number) => after.filter(({ roundNumber }) => roundNumber === round);
	assert.deepEqual([to(2).length, to(3).length], [48, 48]);
	for (const round of [2, 3])
		assert.deepEqual(
			new Set(
				Map.groupBy(to(round), ({ tableNumber }) => tableNumber)
					.values()
					.map(({ length }) => length)
			),
			new Set([5, 4])
		);
	await chooseSeating(database, { ...of, number: again }, organiser);
	const inForce = (await seatingInForce(database, of.topicId, of.eventId))!;
	const changed = changedCards(await cardsGiven(database, of), inForce.seats, 1);
	assert.deepEqual(
		late.filter((guestId) => !changed.some((one) => one.guestId === guestId)),
		[],
		'who is new gets a card'
	);
	const moved = changed.flatMap(({ changes }) => changes).filter(({ from }) => from !== null);
	assert.ok(moved.length <= 2, `${moved.length} cards changed`);
	const judged = judge(cafe, await guestsOf(database, of.topicId, of.eventId, 'all'), { pairs: [], pins: [] }, after)!;
	assert.equal(judged.repeated, 0);
	await beginRound(database, { ...of, roundNumber: 2 }, organiser);
	await beginRound(database, { ...of, roundNumber: 3 }, organiser);
	await assert.rejects(askForSeating(database, { ...wish, again: true }, organiser), { code: 'cafe-no-round-to-come' });
});

test('who stops the search gets the best that was found', async () => {
	const { of, wish } = await aCafeWith(36, { tables: 6, rounds: 4 });
	await askForSeating(database, { ...wish, seconds: 60 }, organiser);
	const stop = new Error('somebody asked to stop');
	const begun = performance.now();
	await assert.rejects(
		seat(database, { ...of, whom: 'placed', again: 0, seconds: 60 }, (share) =>
			share > 0 ? Promise.reject(stop) : Promise.resolve()
		),
		stop
	);
	assert.ok(performance.now() - begun < 30_000);
	assert.equal((await seatsIn(database, of.topicId, of.eventId, 1)).length, 36 * 4);
});

test('the same people are seated otherwise when they are seated again: who sat where cannot be worked out from who came', async () => {
	const { of, wish } = await aCafeWith(12, { tables: 3, rounds: 2 });
	const seatings: string[] = [];
	for (let time = 0; time < 3; time++) {
		const seats = await seatsIn(database, of.topicId, of.eventId, await seated(wish));
		const told = seats.map(({ guestId, roundNumber, tableNumber }) => `${roundNumber} ${tableNumber} ${guestId}`);
		seatings.push(told.sort().join('\n'));
	}
	assert.equal(new Set(seatings).size, 3);
});
