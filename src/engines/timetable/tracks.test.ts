import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TracksInput } from './board.ts';
import { UnfitTimetable } from './input.ts';
import { layTalks } from './tracks.ts';

interface Wishes {
	readonly slots: readonly number[];
	readonly rooms: number;
	/** by track: the slots of its talks */
	readonly tracks: readonly (readonly number[])[];
	readonly conflicts?: readonly (readonly [number, number])[];
	readonly use?: (session: number, room: number, track: number) => number;
	readonly bySession?: (talk: number, session: number) => number;
}

function someTracks({ slots, rooms, tracks, conflicts = [], use = () => 0, bySession = () => 0 }: Wishes): TracksInput {
	const talks = tracks.flatMap((sizes, track) => sizes.map((size) => ({ track, slots: size })));
	return {
		...{ slots, rooms, tracks: tracks.length },
		talks: talks.map((talk, place) => ({
			...talk,
			conflicts: conflicts.flatMap(([one, other]) => (one === place ? [other] : [])),
			bySession: slots.map((_, session) => bySession(place, session)),
			byRoom: Array.from({ length: rooms }, () => 0)
		})),
		use: slots.map((_, session) =>
			Array.from({ length: rooms }, (_, room) => tracks.map((_, track) => use(session, room, track)))
		)
	};
}

const laid = (input: TracksInput, seed = 1) =>
	layTalks(input, { seed, steps: 4_000, goOn: ({ cost, unmet, descents }) => (unmet > 0 || cost > 0) && descents < 3 });

test('a track stays in one room, in no more sessions than hold it, and no room has two tracks at once', () => {
	fc.assert(
		fc.property(
			fc.array(fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
			fc.nat(),
			(tracks, seed) => {
				const input = someTracks({ slots: [4, 4, 4], rooms: 4, tracks });
				const { talks, cost, unmet } = laid(input, seed);
				assert.deepEqual([cost, unmet], [0, 0]);
				const used = new Map<string, number>();
				for (const [track] of tracks.entries()) {
					const own = talks.filter((_, talk) => input.talks[talk]!.track === track);
					assert.equal(new Set(own.map(({ room }) => room)).size, 1);
					const sessions = new Set(own.map(({ session }) => session));
					assert.ok(sessions.size <= Math.ceil(tracks[track]!.reduce((sum, one) => sum + one, 0) / 4));
					for (const session of sessions) {
						const key = `${session} ${own[0]!.room}`;
						assert.ok(!used.has(key));
						used.set(key, track);
					}
				}
				for (const [talk, { session, room, slot }] of talks.entries()) {
					const beside = talks.filter((other, place) => place !== talk && other.session === session && other.room === room);
					const end = slot + input.talks[talk]!.slots;
					assert.ok(end <= 4);
					for (const other of beside) assert.ok(other.slot >= end || other.slot < slot);
				}
			}
		),
		{ numRuns: 60 }
	);
});

test('a presenter is not in two rooms in one session, and everybody comes where it costs least', () => {
	const input = someTracks({
		...{
			slots: [2, 2],
			rooms: 2,
			tracks: [
				[1, 1],
				[1, 1]
			],
			conflicts: [[0, 2]]
		},
		use: (_, room, track) => (room === track ? 0 : 10)
	});
	const { talks, cost, unmet } = laid(input);
	assert.deepEqual([cost, unmet], [0, 0]);
	assert.deepEqual([talks[0]!.room, talks[2]!.room], [0, 1]);
	assert.notEqual(talks[0]!.session, talks[2]!.session);
});

test('what cannot be met is said', () => {
	// one session for both, and a presenter of both
	const input = someTracks({ slots: [1], rooms: 2, tracks: [[1], [1]], conflicts: [[0, 1]], bySession: () => 3 });
	assert.deepEqual(laid(input), { ...laid(input), cost: 6, unmet: 1 });
	assert.throws(
		() => laid(someTracks({ slots: [1], rooms: 1, tracks: [[1], [1]] })),
		(error) => error instanceof UnfitTimetable && error.code === 'too-many'
	);
});

test('the same seed gives the same answer', () => {
	const input = someTracks({
		slots: [3, 3, 3],
		rooms: 3,
		tracks: [
			[1, 2, 1],
			[2, 2],
			[1, 1, 1, 1]
		],
		use: (s, r, t) => (s * 7 + r * 5 + t * 3) % 4
	});
	assert.deepEqual(laid(input, 7), laid(input, 7));
});
