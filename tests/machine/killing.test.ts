import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { projectFolder } from '#database/project.server.ts';

/** Two rounds here; `npx open-talks kill-test` does twenty. */
test('when everything is killed while 32 people write, all that was acknowledged is there after the next start, once', (t) => {
	if (process.platform !== 'linux')
		return t.skip(`the tree of processes is read from /proc, which ${process.platform} does not have`);
	const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
	const ran = spawnSync(process.execPath, ['src/cli/open-talks.ts', 'kill-test', '--rounds', '2'], {
		cwd: projectFolder,
		env: environment,
		encoding: 'utf8'
	});
	const told = JSON.parse(ran.stdout.trim().split('\n').at(-1) || '{}') as Record<string, unknown>;
	const { rounds, writers, lost, doubled, holds } = told;
	assert.deepEqual(
		{ rounds, writers, lost, doubled, holds },
		{ rounds: 2, writers: 32, lost: 0, doubled: 0, holds: true },
		`${JSON.stringify(told)}\n${ran.stderr}`
	);
	assert.equal(ran.status, 0);
});
