import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Database } from '#database/connection.server.ts';
import { backUp, restore } from '#database/embedded/backing-up.server.ts';
import { migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'open-talks-backup-'));
// as the root of a machine, the database's user must be able to pass
chmodSync(folder, 0o711);
after(() => rmSync(folder, { recursive: true, force: true }));
const settingsOf = (name: string) => readSettings({ OPEN_TALKS_DATA: join(folder, name) });

test('a backup taken while people write gives the same rows and files after restore', async () => {
	const before = await openDatabase(settingsOf('data'));
	await migrate(before);
	await before.query('create table kept as select id, md5(id::text) as word from generate_series(1, 20000) as id');
	await before.query('create table written (id int primary key, word text)');
	mkdirSync(join(folder, 'data', 'files', 'ab'), { recursive: true });
	writeFileSync(join(folder, 'data', 'files', 'ab', 'abcd'), 'the very words');
	const writer = writing(before);
	await writer.reached(50);
	const acknowledgedBefore = writer.acknowledged();
	const backup = await backUp(before, join(folder, 'data'), join(folder, 'backup'));
	const written = await writer.stop();
	const [kept, migrations] = [await digestOf(before, 'kept'), await digestOf(before, 'migrations')];
	await before.close();
	assert.ok(acknowledgedBefore >= 50 && written > acknowledgedBefore, 'the writer wrote during the backup');
	assert.deepEqual(JSON.parse(readFileSync(join(folder, 'backup', 'backup.json'), 'utf8')), backup);

	await restore(join(folder, 'backup'), join(folder, 'again'));
	const again = await openDatabase(settingsOf('again'));
	assert.equal(await digestOf(again, 'kept'), kept);
	assert.equal(await digestOf(again, 'migrations'), migrations);
	const { rows } = await again.query<{ count: number; last: number }>('select count(*), max(id) as last from written');
	assert.equal(rows[0]!.count, rows[0]!.last, 'no row before the last is missing');
	assert.ok(rows[0]!.count >= acknowledgedBefore && rows[0]!.count <= written);
	assert.equal(readFileSync(join(folder, 'again', 'files', 'ab', 'abcd'), 'utf8'), 'the very words');
	await again.query(`insert into written values (0, 'it takes writes')`);
	await again.close();
});

test('a backup into a folder with something in it is refused, and so is a restore', async () => {
	const database = await openDatabase(settingsOf('data'));
	await assert.rejects(backUp(database, join(folder, 'data'), join(folder, 'data')), { code: 'not-empty' });
	await assert.rejects(restore(join(folder, 'backup'), join(folder, 'data')), { code: 'not-empty' });
	await database.close();
});

test('a backup that was broken off is none', async () => {
	rmSync(join(folder, 'backup', 'backup.json'));
	await assert.rejects(restore(join(folder, 'backup'), join(folder, 'third')), {
		message: `${join(folder, 'backup')} holds no backup: its last file, backup.json, is missing.`
	});
});

function writing(database: Database) {
	let acknowledged = 0;
	let stopping = false;
	const work = (async () => {
		while (!stopping) {
			await database.query(`insert into written values ($1, 'word')`, [acknowledged + 1]);
			acknowledged++;
		}
		return acknowledged;
	})();
	return {
		acknowledged: () => acknowledged,
		async reached(count: number) {
			while (acknowledged < count) await new Promise((resolve) => setTimeout(resolve, 5));
		},
		stop: () => ((stopping = true), work)
	};
}

async function digestOf(database: Database, table: string): Promise<string> {
	const { rows } = await database.query<{ digest: string }>(
		`select md5(string_agg(t::text, ',' order by t::text)) as digest from ${table} t`
	);
	return rows[0]!.digest;
}
