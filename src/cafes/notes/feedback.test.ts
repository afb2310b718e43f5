import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedbackInBrief } from '#cafes/notes/feedback.ts';

const said = (...marks: number[]) => marks.map((went) => ({ went, words: went === 1 ? 'Too loud' : '', language: 'en' }));

test('how a café went is told from five hosts on, in steps of five and more, and words stand apart from marks', () => {
	assert.deepEqual(feedbackInBrief([]), { given: 0, average: null, steps: [], words: [] });
	const few = feedbackInBrief(said(5, 1, 4, 4));
	assert.deepEqual(few, { given: null, average: null, steps: [], words: [{ words: 'Too loud', language: 'en' }] });
	assert.deepEqual(feedbackInBrief(said(5, 5, 4, 4, 5)), {
		...{ given: 5, average: 4.6, words: [] },
		steps: [
			{ step: 'well', people: 5 },
			{ step: 'neither', people: 0 },
			{ step: 'badly', people: 0 }
		]
	});
	// one step of two people would be the rest: the other is withheld with it
	const mixed = feedbackInBrief(said(5, 5, 4, 4, 5, 5, 1, 2));
	assert.deepEqual(
		mixed.steps.map(({ people }) => people),
		[null, 0, null]
	);
	assert.equal(mixed.average, 3.9);
});
