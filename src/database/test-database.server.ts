import { createHash, randomBytes } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { connect, inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import type { Major } from '#database/embedded/binaries.server.ts';
import { keepRunning } from '#database/embedded/keeping.server.ts';
import type { Place } from '#database/embedded/place.server.ts';
import { digestOf, migrate, migrationsFolder, migrationsIn } from '#database/migrating.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { socketAddress } from '#database/opening.server.ts';

/** The name under which a run hands its cluster's address on to its test files. */
export const addressVariable = 'OPEN_TALKS_TEST_DATABASE';

export interface TestWishes {
	/** Milliseconds by which the clock is moved. */
	readonly clockShift?: number;
	/** Without tables, for tests of what makes them. */
	readonly empty?: boolean;
	readonly connections?: number;
	/** A copy of a database with something in it, made once for all test files. */
	readonly world?: World;
}

export interface World {
	/** of lower-case letters, digits and _: tells exactly what is in it, code included */
	readonly name: string;
	/** fills a migrated database */
	readonly make: (database: Database) => Promise<void>;
}

/** A fresh, migrated database for this test file, dropped when its tests are done. */
export async function testDatabase({
	clockShift = 0,
	empty = false,
	connections = 10,
	world
}: TestWishes = {}): Promise<Database> {
	const address = process.env[addressVariable] ?? (await startTestCluster());
	const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
	const cluster = connect(address, { connections: 2 });
	const template = empty
		? 'template0'
		: world
			? await worldTemplate(cluster, address, world)
			: await freshTemplate(cluster, address);
	await cluster.query(`create database ${name} template ${template}`);
	const database = connect(databaseAt(address, name), { clockShift, connections });
	after(async () => {
		await database.close();
		await cluster.query(`drop database ${name} with (force)`);
		await cluster.close();
	});
	return database;
}

/** Resolves once somebody in this database waits for what somebody else holds, as what a test does at once must; ten seconds at most. */
export async function someoneWaits(database: Database): Promise<void> {
	const until = performance.now() + 10_000;
	for (;;) {
		const { rowCount } = await database.query(
			`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
		);
		if (rowCount > 0) return;
		if (performance.now() > until) throw new Error('nobody waits for anybody');
		await pauseFor(5);
	}
}

type Work = (transaction: Transaction) => Promise<unknown>;

/** On a connection each: the second begins before the first ends, and waits for it or not. What became of each, in the order given. */
export async function atOnce(database: Database, [one, other]: readonly [Work, Work]): Promise<[string, string]> {
	const outcome = (work: Promise<unknown>) =>
		work.then(
			() => 'done',
			(error: Error & { code?: string }) => error.code ?? error.message
		);
	let second: Promise<string> = Promise.resolve('');
	const first = await outcome(
		inTransaction(database, async (transaction) => {
			await one(transaction);
			second = outcome(inTransaction(database, other));
			await Promise.race([second, someoneWaits(database)]);
		})
	);
	return [first, await second];
}

/** The address of this user's test cluster of this project, started where it does not run. It leaves with the last process that uses it. */
export async function startTestCluster(
	major: Major = process.env.OPEN_TALKS_TEST_POSTGRES === '15' ? '15' : '18'
): Promise<string> {
	const who = createHash('sha256').update(`${projectFolder} ${userInfo().uid}`).digest('hex').slice(0, 12);
	const place: Place = { folder: join(tmpdir(), `open-talks-tests-${who}-${major}`), major, durable: false, linger: 5000 };
	const { host } = await keepRunning(place, 'verb');
	return socketAddress(host, 'postgres');
}

/** The name of a database with all migrations, made where there is none for exactly these files. */
export async function freshTemplate(cluster: Database, address: string): Promise<string> {
	const name = `template_${digestOf(migrationsIn(migrationsFolder)).slice(0, 16)}`;
	const found = await cluster.query<{ datname: string }>(
		`select datname from pg_database where datname like 'template\\_%' or datname like 'test\\_%'`
	);
	if (found.rows.some(({ datname }) => datname === name)) return name;
	const making = `making_${process.pid}_${randomBytes(5).toString('hex')}`;
	await cluster.query(`create database ${making} template template0`);
	const database = connect(databaseAt(address, making), { connections: 2 });
	try {
		await migrate(database);
	} catch (error) {
		await database.close();
		await cluster.query(`drop database ${making} with (force)`);
		throw error;
	}
	await database.close();
	await publish(cluster, making, name);
	await dropLeftovers(
		cluster,
		name,
		found.rows.map(({ datname }) => datname)
	);
	return name;
}

/** The name of a database with that world, made by one of the files that want it while the others wait. */
async function worldTemplate(cluster: Database, address: string, { name, make }: World): Promise<string> {
	const fresh = await freshTemplate(cluster, address);
	const template = `world_${name}`;
	const waiting = await cluster.pool.connect();
	try {
		await waiting.query('select pg_advisory_lock(hashtext($1))', [template]);
		const found = await waiting.query<{ datname: string }>(`select datname from pg_database where datname like 'world\\_%'`);
		if (found.rows.some(({ datname }) => datname === template)) return template;
		for (const { datname } of found.rows) await waiting.query(`drop database if exists ${datname}`).catch(() => {});
		const making = `making_${process.pid}_${randomBytes(5).toString('hex')}`;
		await waiting.query(`create database ${making} template ${fresh}`);
		const database = connect(databaseAt(address, making));
		try {
			await make(database);
		} finally {
			await database.close();
		}
		await waiting.query(`alter database ${making} rename to ${template}`);
		return template;
	} finally {
		await waiting.query('select pg_advisory_unlock_all()');
		waiting.release();
	}
}

/** A rename happens or does not: two processes that made the template at the same time end with one. */
async function publish(cluster: Database, making: string, name: string): Promise<void> {
	try {
		await cluster.query(`alter database ${making} rename to ${name}`);
	} catch (error) {
		await cluster.query(`drop database ${making} with (force)`);
		// taken before it looked (42P04), or between its look and its write (23505)
		if (!['42P04', '23505'].includes(String((error as { code?: unknown }).code))) throw error;
	}
}

/** Templates of earlier migrations, and databases of test files that were killed. */
async function dropLeftovers(cluster: Database, template: string, names: readonly string[]): Promise<void> {
	for (const name of names) {
		const pid = /^test_(\d+)_/.exec(name)?.[1];
		if (name === template || (pid !== undefined && isAlive(Number(pid)))) continue;
		await cluster.query(`drop database if exists ${name}`).catch(() => {});
	}
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

export function databaseAt(address: string, name: string): string {
	const url = new URL(address);
	url.pathname = `/${name}`;
	return url.href;
}
