import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#database/connection.server.ts';
import { migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { instanceSecret, keyFor } from '#database/secret.server.ts';
import { readSettings, type Settings } from '#database/settings.server.ts';
import { visitors, type Visitors } from '#people/visitors.server.ts';
import { topicKeys, type TopicKeys } from '#topics/topic-keys.server.ts';

/** A durable database in a folder of its own, for one benchmark. */
export interface Ground {
	readonly settings: Settings;
	readonly database: Database;
	readonly keys: TopicKeys;
	/** makes the same tokens as the server */
	readonly visitors: Visitors;
	close(): Promise<void>;
}

/** The product as it is shipped, in processes of its own. */
export interface Shipped {
	readonly port: number;
	/** of the web server */
	readonly pid: number;
	/** microseconds that the web server has spent on processors so far; null where the system does not tell */
	cpu(): number | null;
	stop(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
	const data = await mkdtemp(join(tmpdir(), 'open-talks-bench-'));
	const port = String(await freePort());
	const settings = readSettings({ OPEN_TALKS_DATA: data, PORT: port, TRUSTED_PROXIES: '127.0.0.1, ::1' });
	const database = await openDatabase(settings, 'verb', 20);
	await migrate(database);
	const secret = await instanceSecret({ folder: settings.data, secret: undefined });
	return {
		settings,
		database,
		keys: topicKeys({ folder: settings.data, secret }),
		visitors: visitors(keyFor(secret, 'visitors')),
		async close() {
			await database.close();
			await rm(data, { recursive: true, force: true });
		}
	};
}

/**
 * `open-talks start` on this ground, until it answers.
 * @param more settings, by their environment names
 */
export async function ship({ settings }: Ground, more: Readonly<Record<string, string>> = {}): Promise<Shipped> {
	const child = spawn(process.execPath, [...process.execArgv, join(projectFolder, 'src/cli/open-talks.ts'), 'start'], {
		cwd: projectFolder,
		env: {
			...{ ...process.env, OPEN_TALKS_DATA: settings.data, PORT: String(settings.port), TRUSTED_PROXIES: '127.0.0.1, ::1' },
			...more
		},
		stdio: ['ignore', 'ignore', 'inherit']
	});
	await answers(child, settings.port);
	return {
		port: settings.port,
		pid: child.pid!,
		cpu: () => cpuOf(child.pid!),
		async stop() {
			if (child.exitCode !== null) return;
			child.kill('SIGTERM');
			await once(child, 'exit');
		}
	};
}

/** Runs a file of this folder in a process of its own, so that what loads the server is not the server; its last line is its answer. */
export async function inProcess<Answer>(file: string, given: unknown, flags: readonly string[] = []): Promise<Answer> {
	const child = spawn(process.execPath, [...flags, join(import.meta.dirname, file)], { stdio: ['pipe', 'pipe', 'inherit'] });
	child.stdin.end(JSON.stringify(given));
	let said = '';
	for await (const chunk of child.stdout.setEncoding('utf8')) said += String(chunk);
	return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Answer;
}

/** What the file of inProcess was given. */
export async function whatWasGiven<Given>(): Promise<Given> {
	let said = '';
	for await (const chunk of process.stdin.setEncoding('utf8')) said += String(chunk);
	return JSON.parse(said) as Given;
}

/** From /proc, in ticks of a hundredth of a second. */
export function cpuOf(pid: number): number | null {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10_000;
	} catch {
		return null;
	}
}

async function answers(child: ChildProcess, port: number): Promise<void> {
	for (const deadline = performance.now() + 60_000; performance.now() < deadline;) {
		if (child.exitCode !== null) throw new Error('the server ended before it answered');
		const answer = await fetch(`http://localhost:${port}/api/v1/topics`).catch(() => null);
		if (answer?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error('the server did not answer within a minute');
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}
