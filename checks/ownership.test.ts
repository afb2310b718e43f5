import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './ownership.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('every table has an owner, and only its owner writes to it', () => {
	assert.deepEqual(problems(project), []);
});

test('a write in a foreign folder is found', () => {
	const file = "await transaction.query(`update ideas set language = 'en'`);";
	assert.deepEqual(planted(['src/database/migrations'], { 'src/topics/wrong.server.ts': file }, problems), [
		'src/topics/wrong.server.ts writes to ideas, which belongs to src/ideas'
	]);
});

test('a table that nobody owns is found', () => {
	assert.deepEqual(
		planted(['src/database/migrations'], { 'src/database/migrations/0500-new.sql': 'create table drawers (a int);' }, problems),
		['the table drawers has no owner in checks/ownership.ts']
	);
});
