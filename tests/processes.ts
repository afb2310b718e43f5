import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { projectFolder } from '#database/project.server.ts';
import type { Database } from '#database/connection.server.ts';
import { freePort } from './free-port.ts';

/** The product as an operator starts it, in two web processes behind one port, on a database that a test has made. */
export async function twoProcesses(
	database: Database
): Promise<{ address: string; child: ChildProcess; ended: Promise<unknown[]> }> {
	const data = await mkdtemp(join(tmpdir(), 'open-talks-processes-'));
	after(() => rm(data, { recursive: true, force: true }));
	const port = await freePort();
	const child = spawn(process.execPath, [join(projectFolder, 'src/cli/open-talks.ts'), 'start'], {
		cwd: projectFolder,
		env: {
			...process.env,
			DATABASE_URL: database.pool.options.connectionString,
			OPEN_TALKS_DATA: data,
			PORT: String(port),
			WEB_PROCESSES: '2'
		},
		stdio: ['ignore', 'ignore', 'pipe']
	});
	after(() => child.kill('SIGKILL'));
	const ended = once(child, 'exit');
	const address = `http://localhost:${port}`;
	await answers(address);
	return { address, child, ended };
}

async function answers(at: string): Promise<void> {
	for (const until = performance.now() + 60_000; performance.now() < until;) {
		if ((await fetch(`${at}/api/v1/topics`).catch(() => null))?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error('the server did not answer within a minute');
}
