import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import loadHighs, { type Highs } from 'highs';
import { lowerBound, provenWithin } from './bound.ts';
import { aProgramme } from './examples.ts';
import { explain } from './explaining.ts';
import type { TimetableInput } from './input.ts';
import { makeTimetable } from './timetable.ts';

let highs: Highs;
before(async () => {
	highs = await loadHighs();
});
const settings = { seed: 1, steps: 20_000, bound: null };
const without = (input: TimetableInput, id: string): TimetableInput => ({
	...input,
	sessions: input.sessions.filter((session) => session.id !== id).map((session) => ({ ...session, feeds: [] }))
});

test('four sessions of one person in three slots: these four, and no other', () => {
	const asked = ['s1', 's2', 's3', 's4'].map((id) => ({ id, people: ['ann', `only ${id}`] }));
	const others = Array.from({ length: 12 }, (_, at) => ({ id: `o${at}`, people: [`p${at % 3}`] }));
	const rooms = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
	const input = aProgramme({ slots: [3, 2], rooms, sessions: [...others, ...asked], away: { ann: [3, 4] } });
	const why = explain(input, highs)!;
	assert.deepEqual(
		[why.because, [...why.sessions].sort(), why.people, why.slots],
		['same-people', ['s1', 's2', 's3', 's4'], ['ann'], [0, 1, 2]]
	);
	assert.equal(explain(without(input, 's2'), highs), null);
});

test('what one session alone makes impossible is told of it, with as few people as say it', () => {
	const rooms = [{ id: 'a', features: ['booth'], away: [0, 1] }, { id: 'b' }];
	const why = (session: object, away = {}) =>
		explain(aProgramme({ slots: [2, 1], rooms, away, sessions: [{ id: 's', ...session }] }), highs);
	assert.deepEqual([why({ needs: ['piano'] })!.because, why({ needs: ['piano'] })!.needs], ['no-room-has-it', ['piano']]);
	assert.equal(why({ minutes: 180 })!.because, 'too-long');
	const never = why({ people: ['ann', 'bo', 'cy', 'di'] }, { ann: [0], bo: [0, 1], cy: [2], di: [1] })!;
	assert.deepEqual([never.because, never.people], ['never-together', ['bo', 'cy']]);
	const away = why({ needs: ['booth'], people: ['ann'] }, { ann: [2] })!;
	assert.deepEqual([away.because, away.rooms, away.slots], ['room-away', ['a'], [0, 1]]);
});

test('more sessions than places, more interpreted ones than teams, something beside a plenary', () => {
	const three = ['s', 't', 'u'].map((id) => ({ id, needs: ['booth'] }));
	const rooms = ['a', 'b'].map((id) => ({ id, features: ['booth'] }));
	assert.equal(explain(aProgramme({ slots: [1], rooms, sessions: three }), highs)!.because, 'same-room');
	const few = explain(aProgramme({ slots: [1], rooms, sessions: three, atOnce: { booth: 1 } }), highs)!;
	assert.deepEqual([few.because, few.sessions.length, few.needs], ['at-once', 2, ['booth']]);
	const beside = explain(aProgramme({ slots: [1], rooms, sessions: [{ id: 's' }, { id: 'all', plenary: true }] }), highs)!;
	assert.deepEqual([beside.because, beside.sessions], ['plenary', ['s', 'all']]);
});

test('two wishes of a hand for one place: the pins are named', () => {
	const pin = { slot: 1, room: 'hall' };
	const sessions = [{ id: 'one', pin }, { id: 'two', pin }, { id: 'three' }];
	const why = explain(aProgramme({ slots: [3], sessions }), highs)!;
	assert.deepEqual([why.because, why.sessions, why.pinned, why.rooms], ['same-room', ['one', 'two'], ['one', 'two'], ['hall']]);
});

test('where only whole sessions have no place, the ones that wait are asked about', () => {
	// three that meet in pairs, in two slots: half of each would fit
	const sessions = [
		{ id: 'ab', people: ['a', 'b'] },
		{ id: 'bc', people: ['b', 'c'] },
		{ id: 'ca', people: ['c', 'a'] }
	];
	const rooms = ['a', 'b', 'c'].map((id) => ({ id }));
	const input = aProgramme({ slots: [2], rooms, sessions });
	const { waiting } = makeTimetable(input, settings);
	assert.equal(waiting.length, 1);
	assert.deepEqual(explain(input, highs, { waiting })!.sessions, ['ab', 'bc', 'ca']);
});

const programmes = fc
	.array(
		fc.record({
			minutes: fc.constantFrom(30, 60, 90),
			audience: fc.integer({ min: 0, max: 60 }),
			theme: fc.constantFrom('a', 'b', null),
			people: fc.subarray(['ann', 'bo', 'cy', 'di']),
			labels: fc.subarray(['africa', 'asia']),
			plenary: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
			avoid: fc.nat({ max: 3 })
		}),
		{ maxLength: 7 }
	)
	.map((sessions) =>
		aProgramme({
			...{
				slots: [3, 3],
				rooms: [
					{ id: 'a', seats: 20 },
					{ id: 'b', seats: 40, away: [5] }
				],
				away: { di: [0, 1, 2] }
			},
			sessions: sessions.map(({ avoid, ...session }, at) => ({
				...session,
				id: `s${at}`,
				wishes: [{ avoid: [avoid], cost: 3 }]
			})),
			weights: { themeAtOnce: 1 }
		})
	);

test('no timetable costs less than the bound, and what is impossible is not found', () => {
	fc.assert(
		fc.property(programmes, (input) => {
			const bound = lowerBound(input, highs);
			const found = makeTimetable(input, settings);
			if (bound.kind === 'impossible') assert.ok(found.cost.waiting > 0);
			else if (found.cost.waiting === 0)
				assert.ok(found.cost.soft >= bound.cost - 1e-6, `${found.cost.soft} below ${bound.cost}`);
			const within = provenWithin(found.cost, bound);
			assert.ok(within === null || within >= 0);
		}),
		{ numRuns: 60 }
	);
});

test('of the sessions named none can be spared, and the others can be laid without them', () => {
	fc.assert(
		fc.property(programmes, (input) => {
			const { waiting } = makeTimetable(input, settings);
			const why = explain(input, highs, { waiting });
			if (!why || why.sessions.length < 2) return;
			const only = { ...input, sessions: input.sessions.filter(({ id }) => why.sessions.includes(id)) };
			assert.ok(makeTimetable(only, settings).waiting.length > 0);
			for (const id of why.sessions) assert.deepEqual(makeTimetable(without(only, id), settings).waiting, []);
		}),
		{ numRuns: 60 }
	);
});
