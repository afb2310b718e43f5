import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { projectFolder } from '#database/project.server.ts';

/** A numbered file of plain SQL; once applied, neither it nor anything before it may change. */
export interface Migration {
	readonly number: number;
	readonly name: string;
	readonly sql: string;
	readonly sha256: string;
}

export const migrationsFolder = join(projectFolder, 'src/database/migrations');

export function migrationsIn(folder: string): Migration[] {
	const names = readdirSync(folder)
		.filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
		.sort();
	return names.map((name, place) => {
		if (names[place - 1]?.slice(0, 4) === name.slice(0, 4)) throw new Error(`two migrations have the number ${name.slice(0, 4)}`);
		const sql = readFileSync(join(folder, name), 'utf8');
		return { number: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
	});
}

/** Applies what is not applied yet, each file in a transaction of its own; returns the names. Refuses rather than guesses. */
export async function migrate(database: Database, folder = migrationsFolder): Promise<string[]> {
	const migrations = migrationsIn(folder);
	await makeList(database);
	const applied: string[] = [];
	while (await inTransaction(database, applyNext)) continue;
	// graphile-worker keeps its own schema; brought up here, so that a verb's transaction can add a job from the first moment on
	await runMigrations({ pgPool: database.pool, logger: quiet });
	return applied;

	async function applyNext(transaction: Parameters<Parameters<typeof inTransaction>[1]>[0]): Promise<boolean> {
		// whoever comes second waits here, and then finds the work done
		await transaction.query('lock table migrations in exclusive mode');
		const next = pending(migrations, await appliedTo(transaction))[0];
		if (!next) return false;
		await transaction.query(next.sql);
		await transaction.query('insert into migrations (number, name, sha256, at) values ($1, $2, $3, $4)', [
			next.number,
			next.name,
			next.sha256,
			transaction.at
		]);
		applied.push(next.name);
		return true;
	}
}

/** Whether nothing was ever applied: a verb may fill an empty database, and never changes a filled one silently. */
export async function isFresh(database: Database): Promise<boolean> {
	const { rows } = await database.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`);
	return !rows[0]!.there || (await appliedTo(database)).length === 0;
}

/** The migrations that this database still lacks. Refuses a database that this program must not touch. */
export async function lacking(database: Database, folder = migrationsFolder): Promise<Migration[]> {
	const found = await database.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`);
	return pending(migrationsIn(folder), found.rows[0]!.there ? await appliedTo(database) : []);
}

/** For the test that decides whether a template still fits. */
export function digestOf(migrations: readonly Migration[]): string {
	return createHash('sha256')
		.update(migrations.map(({ name, sha256 }) => `${name} ${sha256}\n`).join(''))
		.digest('hex');
}

interface Applied {
	readonly number: number;
	readonly name: string;
	readonly sha256: string;
}

/** Pure: what is to be done, given the files and the database's own list. */
export function pending(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
	const files = new Map(migrations.map((migration) => [migration.number, migration]));
	const last = applied.at(-1);
	for (const done of applied) {
		const file = files.get(done.number);
		if (!file && done.number > (migrations.at(-1)?.number ?? 0)) throw obstacle('database-newer', { name: done.name });
		if (file?.sha256 !== done.sha256) throw obstacle('migration-changed', { name: done.name });
	}
	const numbers = new Set(applied.map(({ number }) => number));
	const rest = migrations.filter(({ number }) => !numbers.has(number));
	if (last && rest[0] && rest[0].number < last.number) throw obstacle('migration-late', { name: rest[0].name, last: last.name });
	return rest;
}

async function appliedTo(database: Pick<Database, 'query'>): Promise<Applied[]> {
	return (await database.query<Applied>('select number, name, sha256 from migrations order by number')).rows;
}

async function makeList(database: Database): Promise<void> {
	try {
		await database.query(
			'create table if not exists migrations (number int primary key, name text not null, sha256 text not null, at timestamptz not null)'
		);
	} catch (error) {
		// "if not exists" does not hold against another process in the same instant: it has made it then
		if (!['23505', '42P07', '42710'].includes(String((error as { code?: unknown }).code))) throw error;
	}
}

const quiet = new Logger(() => () => {});
