import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#database/connection.server.ts';
import { migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';

/** A database with nothing in it, for one measurement. */
export async function ofItsOwn<T>(work: (database: Database) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'open-talks-rooms-'));
	const database = await openDatabase(readSettings({ OPEN_TALKS_DATA: folder }), 'verb', 4);
	try {
		await migrate(database);
		return await work(database);
	} finally {
		await database.close();
		await rm(folder, { recursive: true, force: true });
	}
}
