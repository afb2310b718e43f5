import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { problems } from './persons-forgotten.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

const schema = readFileSync(join(project, 'src/database/schema.sql'), 'utf8');

test('whatever holds a person is erased by somebody, or stays for a reason', () => {
	assert.deepEqual(problems(project), []);
});

test('a new table that holds a person is found', () => {
	const table = 'create table visitors_of_booths (\n\ttopic_id uuid not null,\n\temail text not null\n);\n';
	assert.deepEqual(planted(['src'], { 'src/database/schema.sql': `${schema}\n${table}` }, problems), [
		'the table visitors_of_booths holds a person: checks/persons-forgotten.ts does not say who erases it'
	]);
});

test('an erasure that was taken out is found', () => {
	const path = 'src/cafes/forgetting-persons.server.ts';
	const without = readFileSync(join(project, path), 'utf8').replace('delete from cafe_hosts', 'select from cafe_hosts');
	assert.deepEqual(planted(['src'], { [path]: without }, problems), [`${path} does not erase what cafe_hosts says of a person`]);
});
