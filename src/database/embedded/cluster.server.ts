import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { usableBinaries } from '#database/embedded/binaries.server.ts';
import { asOwner, plainLocale, type Owner } from '#database/embedded/owner.server.ts';
import { databaseFolder, logFile, ownFolder, prepareFolders, socketFolder, type Place } from '#database/embedded/place.server.ts';
import { obstacle } from '#database/obstacle.ts';

export const user = 'open_talks';

export interface Cluster {
	readonly server: ChildProcess;
	/** Ends all connections, writes everything to disk, and leaves. */
	stop(): Promise<void>;
}

/**
 * Makes the database where there is none, and starts its server; returns once it answers. Returns null where another server has it and
 * `isKept` says that it is looked after. `spawned` is told of each server at once, long before it answers: it must not outlive us even then.
 */
export async function startCluster(
	place: Place,
	{ isKept, spawned }: { isKept: () => Promise<boolean>; spawned: (server: ChildProcess) => void }
): Promise<Cluster | null> {
	const owner = prepareFolders(place);
	const binaries = usableBinaries(place.major, owner, place.folder);
	makeDatabase(place, owner, binaries);
	rotateLog(place);
	const server = await startServer(place, () => runServer(place, owner, binaries), { isKept, spawned });
	if (!server) return null;
	await makeFirstDatabase(place);
	return { server, stop: () => stopServer(server) };
}

/** Made beside and moved into place, so that a half-made one is never taken for a database. */
function makeDatabase(place: Place, owner: Owner, binaries: string): void {
	const folder = databaseFolder(place);
	if (existsSync(join(folder, 'PG_VERSION'))) {
		const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
		if (version !== place.major) throw obstacle('postgres-other-major', { folder, version, program: place.major });
		return;
	}
	const making = `${folder}.${process.pid}`;
	rmSync(making, { recursive: true, force: true });
	ownFolder(making, owner);
	// the builtin C.UTF-8 does not change with the system's libraries; 15 does not know it yet
	const locale = [`--locale=${plainLocale}`];
	if (place.major !== '15') locale.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
	const made = spawnSync(
		join(binaries, 'bin', 'initdb'),
		['-D', making, '-U', user, '-E', 'UTF8', '--auth-local=trust', '--auth-host=reject', '--data-checksums', ...locale]
			.concat('--no-instructions')
			.concat(place.durable ? [] : '--no-sync'),
		{ ...asOwner(owner), cwd: making, encoding: 'utf8' }
	);
	if (made.status !== 0) {
		rmSync(making, { recursive: true, force: true });
		const said = `${made.stderr ?? ''} ${made.error?.message ?? ''}`.trim();
		if (said.includes('No space left')) throw obstacle('disk-full', { folder: place.folder });
		throw obstacle('database-did-not-start', { folder: place.folder, reason: said, log: 'none' });
	}
	try {
		renameSync(making, folder);
	} catch (error) {
		rmSync(making, { recursive: true, force: true });
		// another process was faster
		if (!existsSync(join(folder, 'PG_VERSION'))) throw error;
	}
}

async function startServer(
	place: Place,
	run: () => ChildProcess,
	{ isKept, spawned }: { isKept: () => Promise<boolean>; spawned: (server: ChildProcess) => void }
): Promise<ChildProcess | null> {
	const began = Date.now();
	for (;;) {
		const written = existsSync(logFile(place)) ? statSync(logFile(place)).size : 0;
		const server = run();
		spawned(server);
		if (await answers(place, server)) return server;
		const said = readFileSync(logFile(place)).subarray(written).toString();
		// right after a kill the old server may not be gone yet; its lock file is PostgreSQL's to judge and never ours to delete
		if (/lock file "[^"]*" already exists|pre-existing shared memory block/.test(said) && Date.now() - began < 120_000) {
			if (await isKept()) return null;
			if (Date.now() - began > 3000) stopOrphan(place);
			await wait(200);
			continue;
		}
		if (said.includes('No space left')) throw obstacle('disk-full', { folder: place.folder });
		const reason = /(?:FATAL|PANIC): +(.*)/.exec(said)?.[1] ?? 'it said nothing';
		throw obstacle('database-did-not-start', { folder: place.folder, reason, log: logFile(place) });
	}
}

function runServer(place: Place, owner: Owner, binaries: string): ChildProcess {
	const log = openSync(logFile(place), 'a', 0o600);
	const megabytes = Math.floor(totalmem() / 1_048_576);
	const options: Record<string, string | number> = {
		unix_socket_directories: socketFolder(place),
		listen_addresses: '',
		max_connections: 300,
		shared_buffers: place.durable ? `${Math.max(128, Math.min(1024, Math.floor(megabytes / 8)))}MB` : '128MB',
		effective_cache_size: `${Math.max(256, Math.floor(megabytes / 2))}MB`,
		max_wal_size: '2GB',
		checkpoint_timeout: '15min',
		wal_compression: 'on',
		random_page_cost: 1.1,
		jit: 'off',
		timezone: 'UTC',
		log_timezone: 'UTC',
		lc_messages: 'C',
		log_checkpoints: 'off',
		log_line_prefix: '%m [%p] ',
		...(!place.durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
	};
	const server = spawn(
		join(binaries, 'bin', 'postgres'),
		['-D', databaseFolder(place), ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		{ ...asOwner(owner), cwd: databaseFolder(place), stdio: ['ignore', log, log] }
	);
	closeSync(log);
	return server;
}

/** Recovery after a kill may take a while: waits as long as the server lives. */
async function answers(place: Place, server: ChildProcess): Promise<boolean> {
	let gone = false;
	server.once('exit', () => (gone = true));
	server.once('error', () => (gone = true));
	while (!gone) {
		try {
			await asking(place, 'postgres', () => Promise.resolve());
			// an older server that is still there answers on the same socket
			await wait(0);
			if (readFileSync(join(databaseFolder(place), 'postmaster.pid'), 'utf8').startsWith(`${server.pid}\n`)) return true;
		} catch {
			// not yet
		}
		await wait(25);
	}
	return false;
}

/** A server whose keeper and watchdog were both killed would stay for ever. Its working folder proves that it is ours. */
function stopOrphan(place: Place): void {
	try {
		const pid = Number(readFileSync(join(databaseFolder(place), 'postmaster.pid'), 'utf8').split('\n')[0]);
		if (readlinkSync(`/proc/${pid}/cwd`) === realpathSync(databaseFolder(place))) process.kill(pid, 'SIGINT');
	} catch {
		// gone meanwhile, or not ours to look at
	}
}

async function makeFirstDatabase(place: Place): Promise<void> {
	await asking(place, 'postgres', async (client) => {
		const found = await client.query('select from pg_database where datname = $1', [user]);
		if (found.rowCount === 0) await client.query(`create database ${user}`);
	});
}

async function asking<T>(place: Place, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ host: socketFolder(place), user, database, connectionTimeoutMillis: 10_000 });
	client.on('error', () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

async function stopServer(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const gone = new Promise((resolve) => server.once('exit', resolve));
	// "fast": open transactions are rolled back, everything committed is written
	server.kill('SIGINT');
	await gone;
}

function rotateLog(place: Place): void {
	const file = logFile(place);
	if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`);
}
