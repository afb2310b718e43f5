import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hold, meetings, speechSeconds, waitingIn } from '#townhalls/floor/examples-of-meetings.ts';
import { owedToChannels, proposedNext } from '#townhalls/floor/floor.ts';

test('where all speak in their turn and no longer than they may, no channel is ever owed more than one speech, also one that left and returned', () => {
	fc.assert(
		fc.property(meetings({ isByRule: true }), (meeting) => {
			hold(meeting, (floor) => {
				for (const owed of Object.values(owedToChannels(floor, floor.now)))
					assert.ok(owed <= speechSeconds + roundingOff, `a channel is owed ${owed} s`);
			});
		}),
		{ numRuns: 1000 }
	);
});

test('what a channel is owed, others took: nothing is saved up in silence, and what was taken is paid back also by who left', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			hold(meeting, (floor) => {
				const owed = Object.values(owedToChannels(floor, floor.now));
				const sum = owed.reduce((one, other) => one + other, 0);
				assert.ok(sum <= roundingOff, `${sum} s are owed that nobody took`);
			});
		}),
		{ numRuns: 1000 }
	);
});

test('nobody who took more than their share is proposed while somebody waits who is owed time', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			hold(meeting, (floor) => {
				const why = proposedNext(floor, floor.now)?.why;
				if (why?.because !== 'turn' || why.channelOwed >= -roundingOff) return;
				const owed = owedToChannels(floor, floor.now);
				for (const { channel } of waitingIn(floor))
					assert.ok(owed[channel] <= roundingOff, `${channel} is owed ${owed[channel]} s`);
			});
		}),
		{ numRuns: 1000 }
	);
});

test('an override or overrun puts a channel behind by its length at most', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			let extra = 0;
			hold(meeting, (floor, { seconds, isOverride }) => {
				extra += isOverride ? seconds : Math.max(0, seconds - speechSeconds);
				for (const owed of Object.values(owedToChannels(floor, floor.now)))
					assert.ok(owed <= speechSeconds + extra + roundingOff, `a channel is owed ${owed} s`);
			});
		}),
		{ numRuns: 500 }
	);
});

test('a group of a channel is never owed more than one speech of the time of the channel', () => {
	fc.assert(
		fc.property(meetings({ isByRule: true }), (meeting) => {
			hold(meeting, (floor) => {
				const why = proposedNext(floor, floor.now)?.why;
				if (why?.because === 'turn')
					assert.ok(why.groupOwed <= speechSeconds + roundingOff, `${why.group} is owed ${why.groupOwed} s`);
			});
		}),
		{ numRuns: 500 }
	);
});

/** Sums of fractions that are equal on paper differ by less (s). */
const roundingOff = 1e-3;
