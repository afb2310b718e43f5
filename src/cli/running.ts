import cluster from 'node:cluster';
import { join } from 'node:path';
import { keepJobsRunning, type JobsProcess } from '#jobs/child.server.ts';
import { note } from '#cli/console.ts';
import type { Database } from '#database/connection.server.ts';
import { migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { projectFolder } from '#database/project.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { destroyKeysOfArchived } from '#topics/archiving.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { passOn } from '#web/front/siblings.server.ts';
import { serve } from '../../server.ts';

export interface Running {
	readonly database: Database;
	readonly address: string;
	/** Ends requests, then jobs, then the database. */
	stop(): Promise<void>;
}

/** Everything that makes the product: the database, brought up to date; the web processes; the jobs. */
export async function runEverything(settings: Settings, prepare?: (database: Database) => Promise<void>): Promise<Running> {
	const database = await openForStart(settings);
	let jobs: JobsProcess | undefined;
	try {
		await prepare?.(database);
		await destroyKeysOfArchived(database, topicKeys({ folder: settings.data, secret: settings.secret ?? undefined }));
		jobs = keepJobs();
		const serving = settings.webProcesses === 1 ? await serve(settings, database) : await serveInProcesses(settings);
		return {
			database,
			address: serving.address,
			async stop() {
				await serving.stop();
				await jobs?.stop();
				await database.close();
			}
		};
	} catch (error) {
		await jobs?.stop();
		await database.close();
		throw error;
	}
}

/** The database of a server: the only start on its data, all migrations applied. */
export async function openForStart(settings: Settings): Promise<Database> {
	if (settings.dataInsteadOf !== null)
		note(`The database runs as another user, who cannot reach ${settings.dataInsteadOf}: the data is in ${settings.data}.`);
	const database = await openDatabase(settings, 'start', 20);
	try {
		const applied = await migrate(database);
		if (applied.length > 0) note(`${applied.length} migrations applied, up to ${applied.at(-1)}.`);
		return database;
	} catch (error) {
		await database.close();
		throw error;
	}
}

export function keepJobs(): JobsProcess {
	return keepJobsRunning(join(projectFolder, 'src/cli/jobs-process.ts'), note);
}

/** Several web processes share the port; one that dies is replaced. */
async function serveInProcesses(settings: Settings): Promise<{ address: string; stop(): Promise<void> }> {
	let stopping = false;
	cluster.setupPrimary({ exec: join(projectFolder, 'src/cli/web-process.ts') });
	passOn();
	cluster.on('exit', (_, code, signal) => {
		if (stopping) return;
		note(`A web process ended (${signal ?? code}); another takes its place.`);
		setTimeout(() => stopping || cluster.fork(), 500);
	});
	const addresses = await Promise.all(Array.from({ length: settings.webProcesses }, () => firstWord(cluster.fork())));
	return {
		address: addresses[0]!,
		async stop() {
			stopping = true;
			const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
			await Promise.all(
				workers.map((worker) => {
					const gone = new Promise((resolve) => worker.once('exit', resolve));
					worker.process.kill('SIGTERM');
					return gone;
				})
			);
		}
	};
}

/** A web process says its address once it serves. */
function firstWord(worker: ReturnType<typeof cluster.fork>): Promise<string> {
	return new Promise((resolve, reject) => {
		worker.on('message', (told: { serving?: string }) => told.serving && resolve(told.serving));
		worker.once('exit', () => reject(new Error('a web process ended before it served')));
	});
}
