// Run by disk-full.test.ts on a small file system of its own: writes until nothing fits any more, makes room, and counts.
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#database/connection.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';

const disk = process.argv[2]!;
const settings = readSettings({ OPEN_TALKS_DATA: join(disk, 'data') });
const ballast = join(disk, 'ballast');

let database = await openDatabase(settings);
await database.query('create table rows (id int primary key, filler text)');
// a first part that is surely on the disk, so that counting is about something
const acknowledged = await fill(database);
await database.close();
await wait(3000);
takeTheRest();
const refused = await openDatabase(settings).then(
	() => 'opened',
	(error: Error & { code?: string }) => ({ code: error.code, message: error.message })
);
rmSync(ballast);
rmSync(`${ballast}.rest`);
database = await openDatabase(settings);
const { rows } = await database.query<{ count: number }>('select count(*) from rows where id <= $1', [acknowledged.count]);
await database.query(`insert into rows values (-1, 'there is room again')`);
await database.close();
console.log(JSON.stringify({ acknowledged: acknowledged.count, reason: acknowledged.reason, refused, kept: rows[0]!.count }));

async function fill(into: Database): Promise<{ count: number; reason: string }> {
	writeFileSync(ballast, Buffer.alloc(40_000_000));
	for (let count = 0; ; count++) {
		try {
			// random, so that it cannot be compressed
			await into.query(`insert into rows select $1, string_agg(md5(random()::text), '') from generate_series(1, 6000)`, [
				count + 1
			]);
		} catch (error) {
			return { count, reason: error instanceof Error ? error.message : String(error) };
		}
	}
}

/** Whatever is still free. */
function takeTheRest(): void {
	for (let size = 1_000_000; size >= 1; size = Math.floor(size / 10)) {
		try {
			for (;;) {
				if (statfsSync(disk).bavail === 0) break;
				writeFileSync(`${ballast}.rest`, Buffer.alloc(size), { flag: 'a' });
			}
		} catch {
			// as much as fits
		}
	}
}
