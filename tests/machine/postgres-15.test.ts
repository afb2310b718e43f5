import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { projectFolder } from '#database/project.server.ts';
import { addressVariable } from '#database/test-database.server.ts';

/** The oldest version that is supported; all tests of rules in SQL run on it once more. */
test('every test that asks the database passes on PostgreSQL 15 too', (t) => {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		return t.skip(`PostgreSQL 15 comes from npm for Linux on x64 only, this is ${process.platform} on ${process.arch}`);
	const files = globSync('src/**/*.test.ts', { cwd: projectFolder }).filter((file) =>
		readFileSync(`${projectFolder}/${file}`, 'utf8').includes('#database/test-database.server.ts')
	);
	assert.ok(files.length >= 10, `only ${files.length} files`);
	const { NODE_TEST_CONTEXT: _, [addressVariable]: __, ...environment } = process.env;
	const ran = spawnSync(process.execPath, ['--test', '--test-reporter=tap', '--test-concurrency=2', ...files], {
		cwd: projectFolder,
		env: { ...environment, OPEN_TALKS_TEST_POSTGRES: '15' },
		encoding: 'utf8',
		maxBuffer: 1e9
	});
	const failed = ran.stdout.split('\n').filter((line) => /^\s*not ok /.test(line));
	assert.deepEqual(failed, []);
	assert.equal(ran.status, 0, ran.stderr);
	const passed = Number(/^# pass (\d+)$/m.exec(ran.stdout)?.[1]);
	assert.ok(passed >= files.length, `${passed} tests in ${files.length} files`);
	t.diagnostic(`${passed} tests in ${files.length} files passed on PostgreSQL 15`);
});
