import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { onLine } from '#database/embedded/lines.server.ts';
import { logFile, placeIn, socketFolder } from '#database/embedded/place.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { readSettings } from '#database/settings.server.ts';

test('two programs that start at the same moment in an empty folder share one server, and it stops cleanly after them', async () => {
	const data = newFolder();
	const [one, other] = await Promise.all([program(data), program(data)]);
	assert.equal(await one.asks('show data_checksums'), 'on');
	assert.equal(
		await other.asks('select pg_postmaster_start_time()::text'),
		await one.asks('select pg_postmaster_start_time()::text')
	);
	assert.equal(starts(data), 1);
	one.process.kill('SIGKILL');
	assert.equal(await other.asks('select 1'), 1);
	other.process.kill('SIGKILL');
	await until(() => !isServerThere(data));
	await until(() => hasShutDown(data));
});

test('a second start on the same data is refused and names the first; a verb works beside it', async () => {
	const data = newFolder();
	const first = await program(data, 'start');
	await assert.rejects(program(data, 'start'), {
		message: `Open Talks is already running on ${data} (process ${first.process.pid}).`
	});
	const verb = await program(data, 'verb');
	assert.equal(await verb.asks('select 1'), 1);
	first.process.kill('SIGKILL');
	await until(() => first.process.signalCode !== null);
	const next = await program(data, 'start');
	assert.equal(await next.asks('select 1'), 1);
	next.process.kill();
	verb.process.kill();
});

test('when the keeper is killed the server stops cleanly, and programs that live have it back', async () => {
	const data = newFolder();
	const living = await program(data);
	await living.asks('create table kept as select 1 as one');
	process.kill(keeperOf(data), 'SIGKILL');
	await until(() => starts(data) === 2);
	assert.ok(readFileSync(logFile(placeIn(data)), 'utf8').includes('database system is shut down'));
	await until(async () => (await living.asks('select one from kept').catch(() => 0)) === 1);
	living.process.kill();
});

test('a keeper that is killed while its server is only starting leaves none behind', async () => {
	const data = newFolder();
	const one = await program(data);
	one.process.kill('SIGKILL');
	await until(() => !isServerThere(data));
	for (const pause of [0, 5, 20, 60, 150]) {
		const keeper = spawn(process.execPath, ['src/database/embedded/keeper.server.ts', JSON.stringify(placeIn(data))], {
			cwd: projectFolder,
			detached: true,
			stdio: 'ignore'
		});
		const before = readFileSync(logFile(placeIn(data)), 'utf8').length;
		await until(() => readFileSync(logFile(placeIn(data)), 'utf8').length > before);
		await wait(pause);
		keeper.kill('SIGKILL');
		await until(() => !isServerThere(data));
		await until(() => hasShutDown(data));
	}
});

test('when keeper, server and program are killed together, what was committed is there after the next start', async () => {
	const data = newFolder();
	const doomed = await program(data);
	await doomed.asks('create table kept as select 7 as seven');
	for (const pid of [keeperOf(data), serverOf(data), doomed.process.pid!]) process.kill(pid, 'SIGKILL');
	const next = await program(data);
	assert.equal(await next.asks('select seven from kept'), 7);
	next.process.kill();
});

test('a folder with a long path works: its sockets are elsewhere', async () => {
	const data = join(newFolder(), 'a'.repeat(120));
	assert.match(socketFolder(placeIn(data)), /^\/tmp\/open-talks-[0-9a-f]{16}$/);
	const one = await program(data);
	assert.equal(await one.asks('select 1'), 1);
	one.process.kill();
	await until(() => !isServerThere(data));
	rmSync(socketFolder(placeIn(data)), { recursive: true });
});

test('a database of another major version is refused by name', async () => {
	const data = newFolder();
	const one = await program(data);
	one.process.kill();
	await until(() => !isServerThere(data));
	writeFileSync(join(data, 'database', 'PG_VERSION'), '17\n');
	await assert.rejects(openDatabase(readSettings({ OPEN_TALKS_DATA: data })), { code: 'postgres-other-major' });
});

test('a database that does not answer is named without its password', async () => {
	const settings = readSettings({ DATABASE_URL: 'postgresql://me:hush@127.0.0.1:4199/talks' });
	await assert.rejects(openDatabase(settings), (error: Error & { code?: string }) => {
		assert.equal(error.code, 'database-unreachable');
		assert.match(
			error.message,
			/^The database at postgresql:\/\/me@127\.0\.0\.1:4199\/talks does not answer: connect ECONNREFUSED/
		);
		return true;
	});
});

interface Program {
	readonly process: ChildProcess;
	/** The first column of the first row. */
	asks(sql: string): Promise<unknown>;
}

/** A program of its own that opens the database and asks what it is told, until it is killed. */
async function program(data: string, purpose = 'verb'): Promise<Program> {
	const source = `
		import { openDatabase } from '#database/opening.server.ts';
		import { readSettings } from '#database/settings.server.ts';
		const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
		try {
			const database = await openDatabase(readSettings({ OPEN_TALKS_DATA: ${JSON.stringify(data)} }), '${purpose}');
			say({ open: true });
			process.stdin.on('data', async (sql) => {
				try {
					const { rows } = await database.query(String(sql));
					say({ value: Object.values(rows[0] ?? {})[0] ?? null });
				} catch (error) {
					say({ error: error.message });
				}
			});
		} catch (error) {
			say({ error: error.message });
		}`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
		cwd: projectFolder,
		stdio: ['pipe', 'pipe', 'ignore']
	});
	after(() => child.kill('SIGKILL'));
	let heard: (answer: { value?: unknown; error?: string }) => void;
	onLine(child.stdout, (line) => heard(JSON.parse(line) as { value?: unknown; error?: string }));
	const answer = () =>
		new Promise<unknown>((resolve, reject) => {
			child.once('exit', () => reject(new Error('the program ended')));
			heard = ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error)));
		});
	await answer();
	return {
		process: child,
		asks(sql) {
			child.stdin.write(sql);
			return answer();
		}
	};
}

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'open-talks-keeping-'));
	// as the root of a machine, the database's user must be able to pass
	chmodSync(folder, 0o711);
	after(async () => {
		if (isServerThere(folder)) process.kill(keeperOf(folder), 'SIGTERM');
		await until(() => !isServerThere(folder));
		rmSync(folder, { recursive: true, force: true });
	});
	return folder;
}

/** Patient, for a machine that has much else to do. */
async function until(holds: () => boolean | Promise<boolean>, patience = 60_000): Promise<void> {
	for (const end = Date.now() + patience; Date.now() < end; await wait(50)) if (await holds()) return;
	assert.fail(`not within ${patience} ms: ${holds.toString()}`);
}

const isServerThere = (data: string): boolean => existsSync(join(data, 'database', 'postmaster.pid'));
const serverOf = (data: string): number => Number(readFileSync(join(data, 'database', 'postmaster.pid'), 'utf8').split('\n')[0]);
const starts = (data: string): number =>
	readFileSync(logFile(placeIn(data)), 'utf8').split('ready to accept connections').length - 1;
/** Its last words, which it writes when its lock file is gone already. */
const hasShutDown = (data: string): boolean =>
	readFileSync(logFile(placeIn(data)), 'utf8')
		.trim()
		.endsWith('LOG:  database system is shut down');

function keeperOf(data: string): number {
	const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${serverOf(data)}/stat`, 'utf8'))?.[1];
	return Number(parent);
}
