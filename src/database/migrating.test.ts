import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { digestOf, lacking, migrate, migrationsIn } from '#database/migrating.server.ts';
import { testDatabase } from '#database/test-database.server.ts';

const first = { '0001-things.sql': 'create table things (id int primary key); create table more (id int);' };
const second = { ...first, '0005-names.sql': 'alter table things add column name text' };

test('migrations are applied once, in order, and what is lacking is known', async () => {
	const database = await testDatabase({ empty: true });
	assert.deepEqual(
		(await lacking(database, folderWith(second))).map(({ name }) => name),
		['0001-things.sql', '0005-names.sql']
	);
	assert.deepEqual(await migrate(database, folderWith(first)), ['0001-things.sql']);
	assert.deepEqual(await migrate(database, folderWith(second)), ['0005-names.sql']);
	assert.deepEqual(await migrate(database, folderWith(second)), []);
	assert.deepEqual(await lacking(database, folderWith(second)), []);
	await database.query(`insert into things (id, name) values (1, 'one')`);
});

test('four programs that start at the same time apply each migration once', async () => {
	const database = await testDatabase({ empty: true });
	const folder = folderWith(second);
	const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database, folder)));
	assert.deepEqual(applied.flat().sort(), ['0001-things.sql', '0005-names.sql']);
});

test('a migration that fails leaves nothing behind, and those before it stay', async () => {
	const database = await testDatabase({ empty: true });
	const broken = { ...first, '0002-broken.sql': 'create table half (id int); select nonsense' };
	await assert.rejects(migrate(database, folderWith(broken)), /column "nonsense" does not exist/);
	const tables = await database.query(`select to_regclass('half') as half, to_regclass('things')::text as things`);
	assert.deepEqual(tables.rows, [{ half: null, things: 'things' }]);
});

test('a migration that was changed after it was applied is refused by name', async () => {
	const database = await testDatabase({ empty: true });
	await migrate(database, folderWith(second));
	const changed = folderWith({ ...second, '0001-things.sql': 'create table things (id bigint primary key)' });
	const refused = { name: 'Obstacle', code: 'migration-changed', values: { name: '0001-things.sql' } };
	await assert.rejects(migrate(database, changed), refused);
	await assert.rejects(lacking(database, changed), refused);
});

test('a program that is older than the database is refused', async () => {
	const database = await testDatabase({ empty: true });
	await migrate(database, folderWith(second));
	await assert.rejects(migrate(database, folderWith(first)), { code: 'database-newer', values: { name: '0005-names.sql' } });
});

test('a migration with a number before one that is applied is refused', async () => {
	const database = await testDatabase({ empty: true });
	await migrate(database, folderWith(second));
	const late = folderWith({ ...second, '0003-late.sql': 'select 1' });
	await assert.rejects(migrate(database, late), {
		code: 'migration-late',
		values: { name: '0003-late.sql', last: '0005-names.sql' }
	});
});

test('the digest changes with every name and every letter', () => {
	const digests = [first, second, { '0001-thing.sql': first['0001-things.sql'] }, { '0001-things.sql': 'select 1' }].map(
		(files) => digestOf(migrationsIn(folderWith(files)))
	);
	assert.equal(new Set(digests).size, 4);
});

test('two migrations of one number are refused', () => {
	assert.throws(() => migrationsIn(folderWith({ ...first, '0001-other.sql': '' })), /two migrations have the number 0001/);
});

function folderWith(files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'open-talks-migrations-'));
	after(() => rmSync(folder, { recursive: true }));
	for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
	return folder;
}
