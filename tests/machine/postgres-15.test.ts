import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '#database/connection.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { addressVariable, databaseAt, startTestCluster } from '#database/test-database.server.ts';
import { freePort } from '../free-port.ts';

/** The oldest version that is supported; all tests of rules in SQL run on it once more. */
const whyNot =
	process.platform === 'linux' && process.arch === 'x64'
		? null
		: `PostgreSQL 15 comes from npm for Linux on x64 only, this is ${process.platform} on ${process.arch}`;

test('every test that asks the database passes on PostgreSQL 15 too', (t) => {
	if (whyNot !== null) return t.skip(whyNot);
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

test('the product runs on a PostgreSQL 15 at DATABASE_URL, and brings it up to date', async (t) => {
	if (whyNot !== null) return t.skip(whyNot);
	const address = await startTestCluster('15');
	const cluster = connect(address, { connections: 1 });
	const name = `test_${process.pid}_product`;
	await cluster.query(`create database ${name} template template0`);
	const data = mkdtempSync(join(tmpdir(), 'open-talks-by-url-'));
	after(async () => {
		await cluster.query(`drop database ${name} with (force)`);
		await cluster.close();
		rmSync(data, { recursive: true });
	});
	const port = await freePort();
	const { PATH, HOME } = process.env;
	const product = spawn(process.execPath, ['src/cli/open-talks.ts', 'start'], {
		cwd: projectFolder,
		env: { PATH, HOME, PORT: String(port), OPEN_TALKS_DATA: data, DATABASE_URL: databaseAt(address, name) },
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let said = '';
	product.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
	while (!said.includes('Open Talks is at') && product.exitCode === null) await wait(50);
	assert.match(said, /\d+ migrations applied/);
	assert.equal((await fetch(`http://localhost:${port}/`)).status, 200);
	product.kill('SIGTERM');
	assert.deepEqual(await once(product, 'exit'), [0, null], said);
	// nothing of an embedded database was made
	assert.equal(existsSync(join(data, 'database')), false);
});
