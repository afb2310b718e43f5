import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsOf, grown, spanOf } from '#topics/participation/growth.ts';

test('a short time is told day by day, a long one in equal steps of whole days, at most as many as asked for', () => {
	assert.deepEqual(spanOf(new Date('2013-10-08T16:00Z'), new Date('2013-10-10T01:00Z')), {
		from: new Date('2013-10-08T00:00Z'),
		days: 1,
		steps: 3,
		whole: 3
	});
	assert.deepEqual(spanOf(new Date('2013-10-08T16:00Z'), new Date('2013-10-08T16:00Z')).steps, 1);
	assert.deepEqual(spanOf(new Date('2013-10-08T16:00Z'), new Date('2013-10-01T00:00Z')).steps, 1);
	const year = spanOf(new Date('2013-01-01T00:00Z'), new Date('2013-12-31T23:00Z'));
	assert.deepEqual(year, { from: new Date('2013-01-01T00:00Z'), days: 16, steps: 23, whole: 365 });
	assert.deepEqual(endsOf(year).at(-1), new Date('2013-12-31T00:00Z'));
	assert.deepEqual(endsOf({ ...year, steps: 2 }), [new Date('2013-01-16T00:00Z'), new Date('2013-02-01T00:00Z')]);
});

test('what came in each step is summed up, the largest key first', () => {
	const came = [
		{ key: 'en', step: 0, count: 2 },
		{ key: 'en', step: 2, count: 1 },
		{ key: 'fr', step: 1, count: 4 }
	];
	assert.deepEqual(grown(came, { steps: 3 }), [
		{ key: 'fr', totals: [0, 4, 4] },
		{ key: 'en', totals: [2, 2, 3] }
	]);
});
