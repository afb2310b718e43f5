import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aPlannedRound, aPlannedTable } from '#cafes/examples.server.ts';
import { aGuest } from '#cafes/seating/examples.ts';
import { groupMarks } from '#cafes/seating/groups.ts';
import { judge } from '#cafes/seating/judging.ts';
import { wishesOf } from '#cafes/seating/reading.server.ts';
import { questionOf, seatsOf, type Guest } from '#cafes/seating/seating.ts';
import { refuseUnfit } from '#cafes/seating/unfit.ts';
import { setPair, setPin } from '#cafes/seating/wishing.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { seatEveryone } from '#engines/seating/seating.ts';

const none = { pairs: [], pins: [] };

function aShape(tables: number, rounds: number) {
	return {
		tables: Array.from({ length: tables }, (_, place) => ({ tableNumber: place + 1, ...aPlannedTable() })),
		rounds: Array.from({ length: rounds }, (_, place) => ({ roundNumber: place + 1, ...aPlannedRound() }))
	};
}

/** Who is asked for cannot be seated: why, and whom it concerns. */
function unfit(cafe: ReturnType<typeof aShape>, guests: readonly Guest[], wishes: Parameters<typeof questionOf>[2] = none) {
	const question = questionOf(cafe, guests, wishes);
	try {
		refuseUnfit(new Map(guests.map(({ guestId, name }) => [guestId, name])), question);
		return null;
	} catch (error) {
		const { values } = error as { values: { reason: string; names: string } };
		return [values.reason, values.names.replaceAll(/[\u2068\u2069]/g, '')];
	}
}

test('the café of 2013: fifty people of six groups meet twelve others each, no pair twice, proven best', () => {
	const cafe = aShape(10, 3);
	const guests = Array.from({ length: 50 }, (_, place) =>
		aGuest({ group: `g${place % 6}`, hosts: place < 10 ? place + 1 : null })
	);
	const { rounds } = seatEveryone(questionOf(cafe, guests, none));
	const judged = judge(cafe, guests, none, seatsOf(rounds))!;
	assert.deepEqual([judged.newPeople, judged.repeated, judged.isProvenBest], [12, 0, true]);
	assert.ok(judged.groups!.fewest >= 4 && judged.groups!.of === 6);
	assert.deepEqual(judged.unmet, { apart: [], together: [], misplaced: [], sizes: 0 });
});

test('a seating changed by hand is judged by what it has become, and somebody forgotten counts as anybody', () => {
	const cafe = aShape(2, 1);
	const guests = [aGuest({ group: 'a' }), aGuest({ group: 'a' }), aGuest({ group: 'b' }), aGuest({ group: 'b' })];
	const [one, two, three, four] = guests.map(({ guestId }) => guestId) as [string, string, string, string];
	const mixed = judge(
		cafe,
		guests,
		none,
		seatsOf([
			[
				[one, three],
				[two, four]
			]
		])
	)!;
	const split = judge(
		cafe,
		guests,
		none,
		seatsOf([
			[
				[one, two],
				[three, four]
			]
		])
	)!;
	assert.deepEqual([mixed.off[0]?.off, mixed.groups, mixed.isProvenBest], [0, { fewest: 2, of: 2 }, true]);
	assert.deepEqual([split.off[0]?.off, split.groups, split.isProvenBest], [4, { fewest: 1, of: 2 }, false]);
	const pairs = [{ one, other: two, kind: 'apart' as const }];
	assert.deepEqual(
		judge(
			cafe,
			guests,
			{ pairs, pins: [] },
			seatsOf([
				[
					[one, two],
					[three, four]
				]
			])
		)!.unmet.apart,
		[[one, two]]
	);
	assert.equal(
		judge(
			cafe,
			guests.slice(1),
			none,
			seatsOf([
				[
					[one, three],
					[two, four]
				]
			])
		)!.groups!.fewest,
		1
	);
	assert.equal(judge(cafe, guests, none, []), null);
});

test('where nobody stated a group, nothing is said of groups and the rest is proven', () => {
	const cafe = aShape(2, 1);
	const guests = Array.from({ length: 5 }, () => aGuest());
	const ids = guests.map(({ guestId }) => guestId);
	const judged = judge(cafe, guests, none, seatsOf([[ids.slice(0, 3), ids.slice(3)]]))!;
	assert.deepEqual([judged.groups, judged.off, judged.isProvenBest], [null, [], true]);
	assert.deepEqual(groupMarks(guests), [{ group: null, letter: '–', fill: 10, people: 5 }]);
});

test('who comes online sits where one can, at a table of their language; who reads Brazilian Portuguese where Portuguese is spoken', () => {
	const { rounds } = aShape(0, 1);
	const cafe = {
		rounds,
		tables: [
			{ tableNumber: 1, ...aPlannedTable({ languages: ['pt'] }) },
			{ tableNumber: 2, ...aPlannedTable({ mode: 'online', link: 'https://meet.example.org' }) }
		]
	};
	const online = Array.from({ length: 2 }, () => aGuest({ comes: 'online', languages: ['fr'] }));
	const inRoom = [aGuest({ languages: ['pt-BR'] }), aGuest()];
	const seating = seatEveryone(questionOf(cafe, [...online, ...inRoom], none));
	assert.deepEqual(
		seating.rounds[0]!.map((ids) => [...ids].sort()),
		[inRoom, online].map((guests) => guests.map(({ guestId }) => guestId).sort())
	);
	const lost = aGuest({ name: 'Ming', comes: 'room', languages: ['zh'] });
	assert.deepEqual(unfit(cafe, [...online, ...inRoom, lost]), ['languagesCannotBeMet', 'Ming']);
});

test('what cannot be is refused with its reason and the names of those whom it concerns', () => {
	const people = (count: number, changes: (place: number) => Partial<Guest> = () => ({})) =>
		Array.from({ length: count }, (_, place) => aGuest({ name: `P${place}`, ...changes(place) }));
	assert.deepEqual(unfit(aShape(3, 0), people(9)), ['noRounds', '']);
	assert.deepEqual(unfit(aShape(1, 3), people(9)), ['oneTable', '']);
	assert.deepEqual(unfit(aShape(5, 3), people(4)), ['moreTablesThanPeople', '']);
	assert.deepEqual(unfit(aShape(0, 3), []), ['oneTable', '']);
	assert.deepEqual(
		unfit(
			aShape(2, 3),
			people(3, (place) => ({ hosts: place + 1 }))
		),
		['moreHostsThanTables', 'P0, P1, P2']
	);
	assert.equal(unfit(aShape(3, 3), people(10)), null);
	const trio = people(9);
	const [one, two, three] = trio.map(({ guestId }) => guestId) as [string, string, string];
	const pairs = [
		{ one, other: two, kind: 'apart' as const },
		{ one, other: three, kind: 'apart' as const },
		{ one: two, other: three, kind: 'apart' as const }
	];
	assert.deepEqual(unfit(aShape(2, 2), trio, { pairs, pins: [] }), ['apartCannotBeMet', 'P0, P1, P2']);
	const both = [...pairs, { one, other: two, kind: 'together' as const }];
	assert.deepEqual(unfit(aShape(3, 2), trio, { pairs: both, pins: [] }), ['apartAndTogether', 'P0, P1']);
	const pins = trio.slice(0, 4).map(({ guestId }) => ({ guestId, roundNumber: 1, tableNumber: 1 }));
	assert.deepEqual(unfit(aShape(3, 2), trio, { pairs: [], pins }), ['tooManyPinned', 'P0, P1, P2, P3']);
});

test('two hosts of one table sit there both', () => {
	const cafe = aShape(2, 2);
	const guests = [aGuest({ hosts: 1 }), aGuest({ hosts: 1 }), ...Array.from({ length: 4 }, () => aGuest())];
	const { rounds } = seatEveryone(questionOf(cafe, guests, none));
	for (const [first] of rounds) for (const { guestId } of guests.slice(0, 2)) assert.ok(first!.includes(guestId));
});

test('groups have letters, the largest first, and more than ten of them fills that come again', () => {
	const marks = groupMarks(['b', 'a', 'a', null].map((group) => ({ group })));
	assert.deepEqual(marks, [
		{ group: 'a', letter: 'A', fill: 0, people: 2 },
		{ group: 'b', letter: 'B', fill: 1, people: 1 },
		{ group: null, letter: '–', fill: 10, people: 1 }
	]);
	const many = groupMarks(Array.from({ length: 30 }, (_, place) => ({ group: String(100 + place) })));
	assert.deepEqual([many[10]?.letter, many[10]?.fill, many[26]?.letter], ['K', 0, 'AA']);
});

test('wishes are kept once for a pair, whoever is named first, and taken back', async () => {
	const database = await testDatabase();
	const organiser: Actor = { kind: 'job', name: 'examples' };
	const { topicId, eventId } = await aCafe(database, { tables: 3, rounds: 3 });
	const of = { topicId, eventId };
	const [one, other] = [uuidv4(), uuidv4()].sort() as [string, string];
	await setPair(database, { ...of, one, other, kind: 'apart' }, organiser);
	await setPair(database, { ...of, one: other, other: one, kind: 'together' }, organiser);
	await setPin(database, { ...of, guestId: one, roundNumber: null, tableNumber: 2 }, organiser);
	await setPin(database, { ...of, guestId: one, roundNumber: 3, tableNumber: null }, organiser);
	assert.deepEqual(await wishesOf(database, topicId, eventId), {
		pairs: [{ one, other, kind: 'together' }],
		pins: [1, 2].map((roundNumber) => ({ guestId: one, roundNumber, tableNumber: 2 }))
	});
	await setPair(database, { ...of, one: other, other: one, kind: null }, organiser);
	assert.deepEqual((await wishesOf(database, topicId, eventId)).pairs, []);
	await assert.rejects(setPair(database, { ...of, one, other: one, kind: 'apart' }, organiser), { code: 'cafe-unseatable' });
	await assert.rejects(setPin(database, { ...of, guestId: one, roundNumber: 1, tableNumber: 9 }, organiser), {
		code: 'cafe-no-such-table'
	});
});
