import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { aStage } from '#topics/examples.ts';
import {
	isOpenFor,
	lastMoment,
	nextChange,
	openables,
	opinionsAre,
	resultsAreBlind,
	standing,
	type Stage
} from '#topics/stages/stage.ts';

const at = (text: string) => new Date(`2013-${text}Z`);

test('a stage is open from its first instant and closed at its last', () => {
	const stage = aStage({ opensAt: at('10-08T16:00'), closesAt: at('10-25T10:30') });
	assert.deepEqual(
		['10-08T15:59:59.999', '10-08T16:00', '10-25T10:29:59.999', '10-25T10:30'].map((time) =>
			isOpenFor([stage], 'ideas', at(time))
		),
		[false, true, true, false]
	);
});

test('a stage opens only what it says', () => {
	const stage = aStage({ takesIdeas: false, takesSubmissions: true, takesComments: false, takesOpinions: 'no' });
	assert.deepEqual(
		openables.filter((what) => isOpenFor([stage], what, stage.opensAt)),
		['submissions']
	);
});

test('where stages overlap, blind wins over shown', () => {
	const shown = aStage({ takesOpinions: 'shown', opensAt: at('10-08T00:00'), closesAt: at('10-20T00:00') });
	const blind = aStage({ takesOpinions: 'blind', opensAt: at('10-10T00:00'), closesAt: at('10-15T00:00') });
	assert.deepEqual(
		['10-07T12:00', '10-09T00:00', '10-10T00:00', '10-15T00:00', '10-20T00:00'].map((time) =>
			opinionsAre([shown, blind], at(time))
		),
		['no', 'shown', 'blind', 'shown', 'no']
	);
});

test('results stay blind in the pause between two blind stages, and are seen after the last', () => {
	const stages = [
		aStage({ takesOpinions: 'blind', opensAt: at('10-08T00:00'), closesAt: at('10-10T00:00') }),
		aStage({ takesOpinions: 'blind', opensAt: at('10-12T00:00'), closesAt: at('10-14T00:00') })
	];
	assert.deepEqual(
		['10-07T00:00', '10-09T00:00', '10-11T00:00', '10-13T00:00', '10-14T00:00'].map((time) => resultsAreBlind(stages, at(time))),
		[false, true, true, true, false]
	);
});

test('the next change is the opening, or the end of an unbroken run', () => {
	const stages = [
		aStage({ opensAt: at('10-10T00:00'), closesAt: at('10-12T00:00') }),
		aStage({ opensAt: at('10-08T00:00'), closesAt: at('10-10T00:00') }),
		aStage({ opensAt: at('10-13T00:00'), closesAt: at('10-14T00:00') })
	];
	assert.deepEqual(nextChange(stages, 'ideas', at('10-07T00:00')), { opens: at('10-08T00:00') });
	assert.deepEqual(nextChange(stages, 'ideas', at('10-09T00:00')), { closes: at('10-12T00:00') });
	assert.deepEqual(nextChange(stages, 'ideas', at('10-12T00:00')), { opens: at('10-13T00:00') });
	assert.equal(nextChange(stages, 'ideas', at('10-14T00:00')), null);
});

test('a topic is coming, open (also in a pause) or finished', () => {
	const stages = [
		aStage({ opensAt: at('10-08T00:00'), closesAt: at('10-10T00:00') }),
		aStage({ opensAt: at('10-12T00:00'), closesAt: at('10-14T00:00') })
	];
	assert.deepEqual(
		['10-07T00:00', '10-08T00:00', '10-11T00:00', '10-14T00:00'].map((time) => standing(stages, at(time))),
		['coming', 'open', 'open', 'finished']
	);
	assert.equal(standing([], at('10-07T00:00')), 'coming');
});

const instant = fc.integer({ min: 0, max: 1000 }).map((minutes) => new Date(Date.UTC(2013, 9, 8, 0, minutes)));
const stage: fc.Arbitrary<Stage> = fc
	.record({
		opensAt: instant,
		minutes: fc.integer({ min: 1, max: 300 }),
		takesIdeas: fc.boolean(),
		takesSubmissions: fc.boolean(),
		takesComments: fc.boolean(),
		takesOpinions: fc.constantFrom('no' as const, 'blind' as const, 'shown' as const)
	})
	.map(({ minutes, ...rest }) => ({ ...rest, closesAt: new Date(+rest.opensAt + minutes * 60_000) }));
const stages = fc.array(stage, { maxLength: 6 });

test('whatever the stages: their order is of no matter, and opinions are open exactly when they are blind or shown', () => {
	fc.assert(
		fc.property(stages, instant, (some, time) => {
			const reversed = [...some].reverse();
			for (const what of openables) assert.equal(isOpenFor(some, what, time), isOpenFor(reversed, what, time));
			assert.equal(opinionsAre(some, time), opinionsAre(reversed, time));
			assert.equal(isOpenFor(some, 'opinions', time), opinionsAre(some, time) !== 'no');
		})
	);
});

test('whatever the stages: while opinions are blind the results are blind', () => {
	fc.assert(
		fc.property(stages, instant, (some, time) => {
			if (opinionsAre(some, time) === 'blind') assert.ok(resultsAreBlind(some, time));
		})
	);
});

test('whatever the stages: a further stage never closes what was open', () => {
	fc.assert(
		fc.property(stages, stage, instant, (some, more, time) => {
			for (const what of openables) if (isOpenFor(some, what, time)) assert.ok(isOpenFor([...some, more], what, time));
		})
	);
});

test('whatever the stages: until the next change nothing changes, and at it everything does', () => {
	fc.assert(
		fc.property(stages, instant, (some, time) => {
			for (const what of openables) {
				const change = nextChange(some, what, time);
				const now = isOpenFor(some, what, time);
				if (change === null) assert.equal(now, false);
				else if ('opens' in change)
					assert.deepEqual(
						[now, isOpenFor(some, what, new Date(+change.opens - 1)), isOpenFor(some, what, change.opens)],
						[false, false, true]
					);
				else
					assert.deepEqual(
						[now, isOpenFor(some, what, new Date(+change.closes - 1)), isOpenFor(some, what, change.closes)],
						[true, true, false]
					);
			}
		})
	);
});

test('what closes at midnight is open until the day before, what closes at noon until that day', () => {
	assert.deepEqual(
		['10-14T00:00', '10-14T12:00'].map((time) => lastMoment(at(time)).toISOString().slice(0, 10)),
		['2013-10-13', '2013-10-14']
	);
});
