import assert from 'node:assert/strict';
import test from 'node:test';
import { mayBegin, nextRound, roundOn, roundsHeld, type RoundTurn } from '#cafes/rounds.ts';

const rounds = [1, 2, 3].map((roundNumber) => ({ roundNumber, questionId: null, minutes: 20, breakMinutes: 5 }));
const minute = (minutes: number) => new Date(Date.UTC(2013, 9, 8, 16, 15 + minutes));

function turns(
	...told: readonly (readonly [at: number, did: RoundTurn['did'], round: number, isRehearsal?: boolean])[]
): RoundTurn[] {
	return told.map(([at, did, roundNumber, isRehearsal = false]) => ({
		...{ roundNumber, did, isRehearsal, at: minute(at) },
		minutes: did === 'ended' ? null : did === 'prolonged' ? 3 : 20
	}));
}

test('a round is on from when it was begun until somebody ends it, and its time is over when its minutes and those added are', () => {
	assert.equal(roundOn([]), null);
	const begun = turns([0, 'begun', 1], [19, 'prolonged', 1]);
	assert.deepEqual(roundOn(begun), { roundNumber: 1, begunAt: minute(0), endsAt: minute(23), isRehearsal: false });
	assert.equal(roundOn([...begun, ...turns([24, 'ended', 1])]), null);
	assert.equal(roundOn([...begun, ...turns([24, 'begun', 2])])?.roundNumber, 2);
});

test('the next round may begin, the last one once more, no other', () => {
	const after = turns([0, 'begun', 1], [20, 'ended', 1]);
	assert.deepEqual(
		[1, 2, 3].map((round) => mayBegin(after, round, false)),
		[true, true, false]
	);
	assert.equal(mayBegin(turns([0, 'begun', 1]), 1, false), false);
	assert.equal(nextRound(rounds, after)?.roundNumber, 2);
	assert.equal(nextRound(rounds, turns([0, 'begun', 1], [1, 'begun', 2], [2, 'begun', 3])), null);
});

test('a rehearsal takes any round before the first is held, and is none of the rounds held', () => {
	const rehearsed = turns([0, 'begun', 2, true]);
	assert.equal(roundsHeld(rehearsed), 0);
	assert.equal(mayBegin(rehearsed, 3, true), true);
	assert.equal(mayBegin(rehearsed, 1, false), true);
	assert.equal(mayBegin(turns([0, 'begun', 1]), 2, true), false);
	assert.equal(nextRound(rounds, rehearsed)?.roundNumber, 3);
});
