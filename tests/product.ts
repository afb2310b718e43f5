import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { tasksOf } from '#cli/tasks.ts';
import type { Database } from '#database/connection.server.ts';
import { readSettings, type Settings } from '#database/settings.server.ts';
import { testDatabase, type TestWishes } from '#database/test-database.server.ts';
import { runJobs, type RunningJobs } from '#jobs/running.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { serve } from '../server.ts';
import { freePort } from './free-port.ts';

export interface Product {
	/** http://localhost:<port> */
	readonly address: string;
	readonly database: Database;
	readonly settings: Settings;
	/** Background work is done from now on; before, a test sees it waiting. */
	startJobs(): Promise<void>;
}

export interface ProductWishes extends TestWishes {
	/** other settings, by their environment names */
	readonly environment?: Readonly<Record<string, string>>;
	/** called on the migrated database before the server starts */
	readonly prepare?: (database: Database, settings: Settings) => Promise<void>;
}

/** Seals the keys of every product in tests, so that a copied world can be read. */
export const secretOfTests = 'a secret that is for tests and for nothing else';

/** The built product on a fresh database and a free port of loopback, stopped when the tests of this file are done. */
export async function aProduct({ environment = {}, prepare, ...wishes }: ProductWishes = {}): Promise<Product> {
	// first: what is registered first ends first, and the jobs must have ended before their database closes
	let jobs: RunningJobs | undefined;
	after(() => jobs?.stop());
	if (!existsSync(new URL('../build/handler.js', import.meta.url)))
		throw new Error('build first: npx vite build (npm test does it)');
	const data = await mkdtemp(join(tmpdir(), 'open-talks-product-'));
	const database = await testDatabase(wishes);
	const port = await freePort();
	const settings = readSettings({
		OPEN_TALKS_DATA: data,
		OPEN_TALKS_SECRET: secretOfTests,
		PORT: String(port),
		TRUSTED_PROXIES: '127.0.0.1, ::1',
		...environment
	});
	await prepare?.(database, settings);
	const serving = await serve(settings, database);
	after(async () => {
		await serving.stop();
		await rm(data, { recursive: true, force: true });
	});
	return {
		...{ address: serving.address, database, settings },
		async startJobs() {
			const mailer = mailerFor({ smtpUrl: null, outbox: join(data, 'outbox'), from: settings.mailFrom });
			jobs ??= await runJobs(database, tasksOf({ settings, mailer }));
		}
	};
}
