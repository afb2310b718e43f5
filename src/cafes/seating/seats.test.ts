import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { beginRound } from '#cafes/leading.server.ts';
import { changedCards } from '#cafes/seating/card.ts';
import { cardOfCode, cardsFor, cardsGiven, cardsInHands, cardsOf, giveOutCards } from '#cafes/seating/cards.server.ts';
import { lastSeatChange, moveGuest, swapGuests, undoSeatChange } from '#cafes/seating/changing.server.ts';
import { follow, followsRule, wallOfRound } from '#cafes/seating/following.ts';
import { forgetSeating } from '#cafes/seating/forgetting.server.ts';
import { chooseSeating, deleteSeating, keepSeating } from '#cafes/seating/keeping.server.ts';
import { seatingInForce, seatingsOf, seatsIn } from '#cafes/seating/reading.server.ts';
import { roundsOf, seatsOf, stepsOf } from '#cafes/seating/seating.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { movesAfter } from '#events/moving.server.ts';

const database = await testDatabase();
const organiser: Actor = { kind: 'job', name: 'examples' };

/** Six people at three tables in two rounds, by the rule of letters: the first three stay, the others move by one. */
async function aSeatedCafe() {
	const cafe = await aCafe(database, { tables: 3, rounds: 2 });
	const guests = Array.from({ length: 6 }, uuidv4);
	const [a, b, c, d, e, f] = guests as [string, string, string, string, string, string];
	const rounds = [
		[
			[a, d],
			[b, e],
			[c, f]
		],
		[
			[a, f],
			[b, d],
			[c, e]
		]
	];
	const of = { topicId: cafe.topicId, eventId: cafe.eventId };
	const found = { ...of, planVersion: 1, follows: null, method: 'closed form' as const, seats: seatsOf(rounds) };
	const number = await keepSeating(database, found, organiser);
	await chooseSeating(database, { ...of, number }, organiser);
	return { cafe, of, number, guests, rounds };
}

test('a seating is read as it was kept, and another one waits beside the one in force', async () => {
	const { cafe, of, number, rounds } = await aSeatedCafe();
	const again = await keepSeating(
		database,
		{ ...of, planVersion: 1, follows: number, method: 'search', seats: seatsOf(rounds) },
		organiser
	);
	const seats = await seatsIn(database, of.topicId, of.eventId, number);
	assert.deepEqual(
		roundsOf(seats, cafe).map((tables) => tables.map((ids) => ids.toSorted())),
		rounds.map((tables) => tables.map((ids) => ids.toSorted()))
	);
	assert.equal((await seatingInForce(database, of.topicId, of.eventId))?.number, number);
	assert.deepEqual(
		(await seatingsOf(database, of.topicId, of.eventId)).map((one) => [one.number, one.follows, one.isInForce]),
		[
			[again, number, false],
			[number, null, true]
		]
	);
	await assert.rejects(deleteSeating(database, { ...of, number }, organiser), { code: 'cafe-seating-in-force' });
	await deleteSeating(database, { ...of, number: again }, organiser);
	assert.equal((await seatingsOf(database, of.topicId, of.eventId)).length, 1);
});

test('two people change places, one goes elsewhere, and both are undone, the last first', async () => {
	const { of, number, guests } = await aSeatedCafe();
	const [a, , , d, e] = guests as [string, string, string, string, string];
	const tableOf = async (guestId: string, round: number) =>
		(await seatsIn(database, of.topicId, of.eventId, number)).find(
			(seat) => seat.guestId === guestId && seat.roundNumber === round
		)?.tableNumber;
	await swapGuests(database, { ...of, number, roundNumber: 2, one: d, other: e }, organiser);
	assert.deepEqual([await tableOf(d, 2), await tableOf(e, 2), await tableOf(d, 1)], [3, 2, 1]);
	await moveGuest(database, { ...of, number, roundNumber: 2, guestId: a, tableNumber: 3 }, organiser);
	assert.equal(await tableOf(a, 2), 3);
	await assert.rejects(moveGuest(database, { ...of, number, roundNumber: 2, guestId: a, tableNumber: 3 }, organiser), {
		code: 'cafe-same-table'
	});
	await assert.rejects(moveGuest(database, { ...of, number, roundNumber: 2, guestId: a, tableNumber: 4 }, organiser), {
		code: 'cafe-no-such-table'
	});
	assert.deepEqual((await lastSeatChange(database, { ...of, number }))?.before, [{ guestId: a, roundNumber: 2, tableNumber: 1 }]);
	await undoSeatChange(database, { ...of, number }, organiser);
	await undoSeatChange(database, { ...of, number }, organiser);
	assert.deepEqual([await tableOf(a, 2), await tableOf(d, 2), await tableOf(e, 2)], [1, 2, 3]);
	await assert.rejects(undoSeatChange(database, { ...of, number }, organiser), { code: 'nothing-to-undo' });
});

test('a round that was begun is not changed any more, not by undoing either', async () => {
	const { of, number, guests } = await aSeatedCafe();
	const [, , , d, e] = guests as [string, string, string, string, string];
	await swapGuests(database, { ...of, number, roundNumber: 1, one: d, other: e }, organiser);
	await beginRound(database, { ...of, roundNumber: 1 }, organiser);
	await assert.rejects(swapGuests(database, { ...of, number, roundNumber: 1, one: d, other: e }, organiser), {
		code: 'cafe-round-held'
	});
	await assert.rejects(undoSeatChange(database, { ...of, number }, organiser), { code: 'cafe-round-held' });
});

test('cards keep their number and code; who has a card is asked to go elsewhere only by a new one', async () => {
	const { of, number, guests } = await aSeatedCafe();
	const [a, , , d, e] = guests as [string, string, string, string, string];
	const cards = await cardsFor(database, of, guests);
	assert.deepEqual(
		cards.map(({ cardNumber }) => cardNumber),
		[1, 2, 3, 4, 5, 6]
	);
	assert.deepEqual(await cardsFor(database, of, [...guests].reverse()), cards);
	const { code, guestId } = cards[0]!;
	assert.match(code, /^[A-Z]{10}$/);
	const typed = `${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`;
	assert.equal((await cardOfCode(database, of, typed))?.guestId, guestId);
	assert.equal(await cardOfCode(database, of, 'BCDFGHJKMA'), null);

	assert.equal(await giveOutCards(database, of, organiser), 6);
	await swapGuests(database, { ...of, number, roundNumber: 2, one: d, other: e }, organiser);
	const inForce = (await seatingInForce(database, of.topicId, of.eventId))!.seats;
	const changed = changedCards(await cardsGiven(database, of), inForce, 0);
	assert.deepEqual(changed.map((one) => one.guestId).sort(), [d, e].sort());
	assert.deepEqual(changed.find((one) => one.guestId === d)?.changes, [{ roundNumber: 2, from: 2, to: 3 }]);
	assert.deepEqual(changedCards(await cardsGiven(database, of), inForce, 2), []);
	const inHands = await cardsInHands(database, of, inForce);
	assert.equal(inHands.find((seat) => seat.guestId === d && seat.roundNumber === 2)?.tableNumber, 2);
	assert.equal(await giveOutCards(database, of, organiser), 2);
	assert.equal((await cardsInHands(database, of, inForce)).find((one) => one.guestId === a)?.tableNumber, 1);
});

test('what a phone is told: the table now and next, and the rule of the card', async () => {
	const { cafe, guests, of, number } = await aSeatedCafe();
	const seats = (await seatsIn(database, of.topicId, of.eventId, number)).filter(({ guestId }) => guestId === guests[3]);
	const shape = { rounds: cafe.rounds, tables: 3 };
	const at = new Date('2013-10-08T16:20Z');
	const turn = (roundNumber: number, isRehearsal = false) => ({
		roundNumber,
		did: 'begun' as const,
		minutes: 20,
		isRehearsal,
		at
	});
	const before = follow(seats, shape, []);
	assert.deepEqual([before.now, before.next, before.steps, before.isOver], [null, { roundNumber: 1, table: 1 }, 1, false]);
	const rehearsed = follow(seats, shape, [turn(2, true)]);
	assert.deepEqual([rehearsed.on, rehearsed.next], [null, { roundNumber: 1, table: 1 }]);
	const first = follow(seats, shape, [turn(1)]);
	assert.deepEqual([first.now, first.next], [1, { roundNumber: 2, table: 2 }]);
	const last = follow(seats, shape, [turn(1), turn(2), { ...turn(2), did: 'ended', minutes: null }]);
	assert.deepEqual([last.now, last.next, last.isOver], [null, null, true]);
	assert.deepEqual(follow([], shape, [turn(1)]).now, null);
});

test('the rule of letters holds where all follow it, and not after one went elsewhere', async () => {
	const { of, number, guests } = await aSeatedCafe();
	const seats = await seatsIn(database, of.topicId, of.eventId, number);
	assert.equal(followsRule(seats, 2, 3), true);
	assert.equal(followsRule(seats.slice(1), 2, 3), false);
	assert.equal(followsRule([], 2, 3), false);
	assert.deepEqual([stepsOf([1, 3, 2], 3), stepsOf([2, 2, 2], 3), stepsOf([1, 2, 2], 3), stepsOf([1], 3)], [2, 0, null, null]);
	const cards = new Map(guests.map((guestId, place) => [guestId, place + 1]));
	assert.deepEqual(
		wallOfRound(seats, 2, cards, 3).map((table) => table.cards),
		[
			[1, 6],
			[2, 4],
			[3, 5]
		]
	);
});

test('what happened is told to whoever listens without who sits where', async () => {
	const { of, number, guests } = await aSeatedCafe();
	const [, , , d, e] = guests as [string, string, string, string, string];
	await swapGuests(database, { ...of, number, roundNumber: 2, one: d, other: e }, organiser);
	await beginRound(database, { ...of, roundNumber: 1, isRehearsal: true }, organiser);
	await beginRound(database, { ...of, roundNumber: 1 }, organiser);
	const moves = await movesAfter(database, of.topicId, of.eventId, 0, 10);
	assert.deepEqual(
		moves.map(({ kind, thingId, details }) => [kind, thingId, details]),
		[
			['seating', null, {}],
			['seating', null, {}],
			['round-begun', null, { round: 1 }]
		]
	);
});

test('after forgetting, nothing in the whole database joins a person to a table', async () => {
	const { of, guests, number } = await aSeatedCafe();
	const hostId = await appointHost(
		database,
		{ ...of, host: aHost({ name: 'Zainab Quxley', email: 'quxley@example.org' }) },
		organiser
	);
	await makeHostLink(database, { ...of, hostId }, organiser);
	await cardsFor(database, of, guests);
	await giveOutCards(database, of, organiser);
	const [, , , d, e] = guests as [string, string, string, string, string];
	await swapGuests(database, { ...of, number, roundNumber: 2, one: d, other: e }, organiser);
	await database.query(
		`insert into cafe_pairs (topic_id, event_id, one, other, kind) values ($1, $2, least($3::uuid, $4), greatest($3::uuid, $4), 'apart')`,
		[of.topicId, of.eventId, d, e]
	);
	await database.query('insert into cafe_pins values ($1, $2, $3, 1, 1)', [of.topicId, of.eventId, d]);
	const traces = [...guests, hostId, 'Quxley', 'quxley'];
	assert.notDeepEqual(await tablesWith(traces), []);
	await inTransaction(database, (transaction) => forgetSeating(transaction, of.topicId, of.eventId));
	assert.deepEqual(await tablesWith(traces), []);
	assert.deepEqual(await cardsOf(database, of), []);
});

/** The tables of ours in which one of these stands anywhere, by looking into every row of every table. */
async function tablesWith(traces: readonly string[]): Promise<string[]> {
	const { rows } = await database.query<{ name: string }>(
		`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
	);
	const found: string[] = [];
	for (const { name } of rows) {
		const { rowCount } = await database.query(
			`select from "${name}" as t where to_jsonb(t)::text like any (select '%' || trace || '%' from unnest($1::text[]) as trace) limit 1`,
			[traces]
		);
		if (rowCount > 0) found.push(name);
	}
	return found;
}
