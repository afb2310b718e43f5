import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf, migrationsFolder, migrationsIn } from '#database/migrating.server.ts';
import { testDatabase } from '#database/test-database.server.ts';

test('a test file has a database of its own, with all tables, of the version that is asked for', async () => {
	const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
	await one.query('create table only_here (id int)');
	const there = await other.query(`select to_regclass('only_here') as only_here, to_regclass('ideas')::text as ideas`);
	assert.deepEqual(there.rows, [{ only_here: null, ideas: 'ideas' }]);
	const { rows } = await one.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
	assert.equal(rows[0]!.major, process.env.OPEN_TALKS_TEST_POSTGRES === '15' ? 15 : 18);
});

test('the template is the one of these very migrations', async () => {
	const database = await testDatabase();
	const { rows } = await database.query<{ found: boolean }>(
		`select exists (select from pg_database where datname = $1) as found`,
		[`template_${digestOf(migrationsIn(migrationsFolder)).slice(0, 16)}`]
	);
	assert.deepEqual(rows, [{ found: true }]);
});

test('a test database may move its clock', async () => {
	const database = await testDatabase({ clockShift: 86_400_000 });
	assert.equal(database.clockShift, 86_400_000);
});
