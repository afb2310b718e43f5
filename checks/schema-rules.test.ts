import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planted } from './planting.ts';
import { project } from './reporting.ts';
import { problems } from './schema-rules.ts';

const schema = 'src/database/migrations/0001-new.sql';
const plant = (sql: string) => planted([], { [schema]: sql, 'src/x.server.ts': '' }, problems);

test('the schema keeps its rules', () => {
	assert.deepEqual(problems(project), []);
});

test('a table of a topic that is not keyed by it is found, and one without a comment', () => {
	assert.deepEqual(plant('-- why\ncreate table drawers (\n\tdrawer_id uuid primary key,\n\tunique (drawer_id)\n);\n'), [
		`${schema}: the table drawers has no comment`,
		`${schema}: drawers does not begin with topic_id`,
		`${schema}: a unique of drawers does not begin with topic_id`
	]);
});

test('a trigger, a migration without why and a foreign key without on delete are found', () => {
	assert.deepEqual(plant('create trigger t;\nalter table a add constraint b\n\tforeign key (c) references d (e);\n'), [
		`${schema} does not begin with why`,
		`${schema} uses create trigger`,
		`${schema}: a foreign key does not say what happens on delete: alter table a add constraint b`
	]);
});

test('the clock in an upsert is found', () => {
	const sql = '`insert into a values (1) on conflict (a) do update set at = now()`';
	assert.deepEqual(planted([], { [schema]: '-- why\n', 'src/a.server.ts': sql }, problems), [
		'src/a.server.ts reads the clock in an upsert'
	]);
});
