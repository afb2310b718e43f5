// Run by starting.test.ts as the user and in the folder that it is about: starts the product, asks for a page, ends it, starts it again.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readSettings } from '#database/settings.server.ts';
import { freePort } from '../free-port.ts';

const port = await freePort();
const first = await startAndEnd();
const second = await startAndEnd();
const log = () => readFileSync(join(readSettings().data, 'log/postgres.log'), 'utf8').trim();
// patient, for a machine that has much else to do
for (let looks = 0; looks < 300 && !log().endsWith('database system is shut down'); looks++) await wait(100);
console.log(JSON.stringify({ first, second, uid: process.getuid?.(), lastWords: log().split('LOG:  ').at(-1) }));

async function startAndEnd() {
	const child = spawn('node', ['open-talks.mjs', 'start'], {
		stdio: ['ignore', 'inherit', 'pipe'],
		env: { ...process.env, PORT: String(port) }
	});
	let said = '';
	child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	while (!said.includes('Open Talks is at') && child.exitCode === null) await wait(50);
	if (child.exitCode !== null) return { said, page: 0, status: child.exitCode };
	const { status: page } = await fetch(`http://localhost:${port}/`);
	child.kill('SIGTERM');
	return { said, page, status: await ended };
}
