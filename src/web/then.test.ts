import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathThen } from '#web/then.ts';

test('after signing in one is led on within this house only', () => {
	assert.deepEqual(
		['/desk', '/fr/topics/internet?sort=new#7'].map((then) => pathThen(then, '/')),
		['/desk', '/fr/topics/internet?sort=new#7']
	);
	for (const foreign of [
		null,
		'',
		'desk',
		'https://example.org',
		'//example.org',
		'/\\example.org',
		'/ /example.org',
		'/\t/example.org',
		'javascript:alert(1)'
	])
		assert.equal(pathThen(foreign, '/'), '/', String(foreign));
});
