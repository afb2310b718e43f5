// A physical backup with nothing but SQL and file copies, while the server works: PostgreSQL is told to begin, its folder is copied as it
// changes, it is told to end, and the log written between (held by a replication slot of this connection) makes the copy whole again
// when it is started. See "Making a Base Backup Using the Low Level API" in its manual.
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { chown, chmod } from 'node:fs/promises';
import type { Database } from '#database/connection.server.ts';
import { copyFolder } from '#database/embedded/copying.server.ts';
import { databaseOwner } from '#database/embedded/owner.server.ts';
import { databaseFolder, placeIn, prepareFolders } from '#database/embedded/place.server.ts';
import { obstacle } from '#database/obstacle.ts';

/** What the file `backup.json` of a backup says; it is written last, so that a backup that was broken off is none. */
export interface Backup {
	readonly at: string;
	readonly postgres: string;
	readonly lastMigration: string | null;
	readonly files: number;
	readonly bytes: number;
}

/** Copies the embedded database and everything else of the data folder into a new folder. */
export async function backUp(database: Database, data: string, target: string): Promise<Backup> {
	await refuseUnlessEmpty(target);
	await mkdir(target, { recursive: true, mode: 0o700 });
	const place = placeIn(data);
	const client = await database.pool.connect();
	try {
		const { rows } = await client.query<{ at: Date; postgres: string; last: string | null }>(
			`select clock_timestamp() as at, current_setting('server_version') as postgres, (select max(name) from migrations) as last`
		);
		const { at, postgres, last } = rows[0]!;
		await client.query(`select pg_create_physical_replication_slot('backup_' || pg_backend_pid(), true, true)`);
		const began = await client.query<{ segment: string }>(
			`select pg_walfile_name(pg_backup_start('open-talks', fast => true)) as segment`
		);
		const copied = await copyFolder(databaseFolder(place), join(target, 'database'), isPartOfBackup);
		const ended = await client.query<{ segment: string; label: string }>(
			`select pg_walfile_name(lsn) as segment, labelfile as label from pg_backup_stop(wait_for_archive => false)`
		);
		const { segment, label } = ended.rows[0]!;
		const isNeeded = (name: string) => name >= began.rows[0]!.segment && name <= segment;
		const log = await copyFolder(join(databaseFolder(place), 'pg_wal'), join(target, 'database', 'pg_wal'), isNeeded);
		await write(join(target, 'database', 'backup_label'), label);
		// after the database: a row comes before its file, so that every row of the copy finds its file
		const files = await copyFolder(data, join(target, 'data'), (path) => !/^(database|run|log|binaries)(\/|\.|$)/.test(path));
		const backup: Backup = {
			at: at.toISOString(),
			postgres,
			lastMigration: last,
			files: copied.files + log.files + files.files,
			bytes: copied.bytes + log.bytes + files.bytes
		};
		await write(join(target, 'backup.json'), `${JSON.stringify(backup, null, '\t')}\n`);
		return backup;
	} finally {
		// ends the backup and drops the slot too where something failed
		client.release(true);
	}
}

/** Puts a backup back into a data folder that does not exist yet or is empty. The next start recovers what was written during the copy. */
export async function restore(source: string, data: string): Promise<Backup> {
	const backup = await readBackup(source);
	await refuseUnlessEmpty(data);
	const place = placeIn(data);
	const major = Number.parseInt(backup.postgres, 10).toString();
	if (major !== place.major) throw obstacle('postgres-other-major', { folder: source, version: major, program: place.major });
	const owner = prepareFolders(place);
	await copyFolder(join(source, 'data'), data);
	const folder = databaseFolder(place);
	await copyFolder(join(source, 'database'), folder);
	for (const name of emptyFolders) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
	await giveTo(owner, folder);
	return backup;
}

async function readBackup(source: string): Promise<Backup> {
	try {
		return JSON.parse(await readFile(join(source, 'backup.json'), 'utf8')) as Backup;
	} catch (error) {
		const reason = existsSync(source) ? 'its last file, backup.json, is missing' : 'the folder does not exist';
		throw obstacle('no-backup', { folder: source, reason }, error);
	}
}

async function refuseUnlessEmpty(folder: string): Promise<void> {
	if (existsSync(folder) && (await readdir(folder)).length > 0) throw obstacle('not-empty', { folder });
	await mkdir(dirname(folder), { recursive: true });
}

/** Folders whose content PostgreSQL makes anew; the folders themselves must be there. */
const emptyFolders = [
	'pg_wal/archive_status',
	'pg_wal/summaries',
	'pg_replslot',
	'pg_dynshmem',
	'pg_notify',
	'pg_serial',
	'pg_snapshots',
	'pg_stat_tmp',
	'pg_subtrans',
	'pg_tblspc',
	'pg_twophase',
	'pg_commit_ts',
	'pg_stat',
	'pg_logical/snapshots',
	'pg_logical/mappings'
];

function isPartOfBackup(path: string): boolean {
	const isMadeAnew = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//.test(path);
	return !isMadeAnew && !/^(postmaster\.(pid|opts)|pgsql_tmp.*|pg_internal\.init.*|backup_label.*)$/.test(basename(path));
}

async function write(file: string, text: string): Promise<void> {
	const handle = await open(file, 'w', 0o600);
	await handle.writeFile(text);
	await handle.sync();
	await handle.close();
}

async function giveTo(owner: ReturnType<typeof databaseOwner>, path: string): Promise<void> {
	const found = await stat(path);
	await chmod(path, found.isDirectory() ? 0o700 : 0o600);
	if (owner.isOther) await chown(path, owner.uid, owner.gid);
	if (found.isDirectory()) for (const name of await readdir(path)) await giveTo(owner, join(path, name));
}
