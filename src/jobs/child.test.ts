import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const folder = await mkdtemp(join(tmpdir(), 'open-talks-child-'));
after(() => rm(folder, { recursive: true }));
const module = new URL('./child.server.ts', import.meta.url).href;
const entry = join(folder, 'entry.mjs');
const diary = join(folder, 'diary');
await writeFile(
	entry,
	`import { appendFileSync } from 'node:fs';
	import { endsWithParent } from ${JSON.stringify(module)};
	appendFileSync(${JSON.stringify(diary)}, 'began ' + process.pid + '\\n');
	endsWithParent(async () => appendFileSync(${JSON.stringify(diary)}, 'ended ' + process.pid + '\\n'));
	setInterval(() => {}, 1000);`
);
const parent = join(folder, 'parent.mjs');
await writeFile(
	parent,
	`import { keepJobsRunning } from ${JSON.stringify(module)};
	const jobs = keepJobsRunning(${JSON.stringify(entry)}, () => {});
	process.on('SIGTERM', () => jobs.stop().then(() => process.exit()));`
);

test('the jobs process is started again when it dies, and ends with its parent, however that dies', async () => {
	const running = spawn(process.execPath, [parent], { stdio: 'ignore' });
	const first = (await written(1))[0]!;
	process.kill(Number(first.split(' ')[1]), 'SIGKILL');
	const second = (await written(2))[1]!;
	assert.match(second, /^began \d+$/);
	running.kill('SIGKILL');
	assert.equal((await written(3))[2], second.replace('began', 'ended'));

	const gentle = spawn(process.execPath, [parent], { stdio: 'ignore' });
	const third = (await written(4))[3]!;
	gentle.kill('SIGTERM');
	await once(gentle, 'exit');
	assert.equal((await written(5))[4], third.replace('began', 'ended'));
});

/** The lines of the diary, once there are so many. */
async function written(count: number): Promise<string[]> {
	for (let tries = 0; tries < 400; tries++) {
		const lines = (await readFile(diary, 'utf8').catch(() => '')).split('\n').slice(0, -1);
		if (lines.length >= count) return lines;
		await pause(25);
	}
	throw new Error(`the diary has no ${count} lines`);
}
