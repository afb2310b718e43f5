import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { verbs } from '#cli/verbs.ts';
import { projectFolder } from '#database/project.server.ts';

const data = mkdtempSync(join(tmpdir(), 'open-talks-cli-'));
// as the root of a machine, the database's user must be able to pass
chmodSync(data, 0o711);
after(() => rmSync(data, { recursive: true, force: true }));

test('without a verb every verb is shown with what it does', () => {
	const { status, out } = asked([]);
	assert.equal(status, 0);
	const shown = [...out.matchAll(/^ {2}([a-z-]+) /gm)].map((found) => found[1]);
	assert.deepEqual(shown, Object.keys(verbs));
});

test('every verb prints its help, and does nothing else', async () => {
	for (const [name, load] of Object.entries(verbs)) {
		const { verb } = await load();
		const { status, out, err } = asked([name, '--help']);
		assert.deepEqual([status, err], [0, ''], name);
		assert.ok(out.startsWith(`${`open-talks ${name} ${verb.words}`.trimEnd()}\n\n${verb.summary}\n`), out);
	}
});

const wrongs: [words: string[], sentence: string][] = [
	[['fly'], 'There is no verb "fly".'],
	[['backup'], '1 expected, 0 given.'],
	[['migrate', '--now'], `Unknown option '--now'`],
	[['kill-test', '--rounds', 'many'], '"many" is no number of rounds or writers.']
];
for (const [words, sentence] of wrongs) {
	test(`"open-talks ${words.join(' ')}" is asked wrongly: status 2, and a sentence`, () => {
		const { status, out, err } = asked(words);
		assert.equal(status, 2);
		assert.ok(err.startsWith(sentence), err);
		assert.doesNotMatch(err + out, /^ {4}at /m);
	});
}

const obstacles: [about: string, words: string[], environment: Record<string, string>, sentence: RegExp][] = [
	[
		'a setting that cannot be',
		['start'],
		{ PORT: 'high' },
		/^The setting PORT cannot be "high": a whole number from 0 to 65535 is needed\.\n$/
	],
	[
		'a folder that cannot be made',
		['migrate'],
		{ OPEN_TALKS_DATA: '/etc/passwd/data' },
		/^The folder \/etc\/passwd\/data cannot be written by \w+: ENOTDIR.* Choose another with OPEN_TALKS_DATA=…\.\n$/
	],
	[
		'a database that does not answer',
		['start'],
		{ DATABASE_URL: 'postgresql://me:hush@127.0.0.1:1/talks' },
		/^The database at postgresql:\/\/me@127\.0\.0\.1:1\/talks does not answer: connect ECONNREFUSED.*\n$/
	],
	[
		'a backup with DATABASE_URL',
		['backup', '/tmp/nowhere'],
		{ DATABASE_URL: 'postgresql:///talks' },
		/^With DATABASE_URL backup is the work of your PostgreSQL: pg_dump /
	],
	['a backup that is none', ['restore', '/tmp/nowhere'], {}, /^\/tmp\/nowhere holds no backup: the folder does not exist\.\n$/]
];
for (const [about, words, environment, sentence] of obstacles) {
	test(`${about} is refused in a sentence, with status 1`, () => {
		const { status, out, err } = asked(words, environment);
		assert.match(err, sentence);
		assert.deepEqual([status, out], [1, '']);
	});
}

test('a port that is taken, and a second start, are refused in a sentence', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as { port: number };
	const taken = asked(['start'], { PORT: String(port) });
	assert.match(
		taken.err,
		new RegExp(`Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another with PORT=….\n$`)
	);
	assert.equal(taken.status, 1);
	other.close();
	await once(other, 'close');

	const first = spawn(process.execPath, ['src/cli/open-talks.ts', 'start'], {
		...how({ PORT: String(port) }),
		stdio: ['ignore', 'ignore', 'pipe']
	});
	await new Promise<void>((resolve) => first.stderr.on('data', (said: Buffer) => said.includes('Open Talks is at') && resolve()));
	const second = asked(['start'], { PORT: '0' });
	assert.equal(second.err, `Open Talks is already running on ${data} (process ${first.pid}).\n`);
	assert.equal(second.status, 1);
	// beside the server a verb works
	assert.deepEqual(asked(['migrate', '--dry']), { status: 0, out: '{"lacking":0}\n', err: '' });
	first.kill('SIGTERM');
	const [status] = (await once(first, 'exit')) as [number];
	assert.equal(status, 0);
});

test('doctor names every setting and finds the database', () => {
	const { status, out } = asked(['doctor'], { OPEN_TALKS_SECRET: 'a secret that is long enough to be one' });
	assert.equal(status, 0, out);
	for (const line of [
		'PORT=(not set)',
		'OPEN_TALKS_SECRET=(set, not shown)',
		`OPEN_TALKS_DATA=${data}`,
		'✔ database: PostgreSQL 18'
	])
		assert.ok(out.includes(line), line);
	assert.equal(out.trim().split('\n').at(-1), '{"wrong":[]}');
});

function asked(words: string[], environment: Record<string, string> = {}) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/open-talks.ts', ...words], {
		...how(environment),
		encoding: 'utf8'
	});
	return { status, out: stdout, err: stderr };
}

function how(environment: Record<string, string>) {
	const { PATH, HOME } = process.env;
	return { cwd: projectFolder, env: { PATH, HOME, OPEN_TALKS_DATA: data, ...environment } };
}

test('what a file holds that a terminal would obey is written out', () => {
	const folder = mkdtempSync(join(data, 'conversation-'));
	writeFileSync(join(folder, 'comments.csv'), 'comment-id,moderated\n0,1\n');
	writeFileSync(join(folder, 'votes.csv'), 'comment-id,voter-id,vote\n0,0,\0\u001b[2J\u009b1\n');
	const { status, err } = asked(['agreement', folder]);
	assert.deepEqual([status, err], [1, 'votes.csv, line 2: the vote is "\\u{0}\\u{1b}[2J\\u{9b}1", none of 1, 0 and -1\n']);
	assert.ok(asked(['agreement', `${folder}\u001b[2J`]).err.startsWith(`${folder}\\u{1b}[2J has no comments.csv`));
});

test('whoever reads slowly gets every line, and whoever stops reading stops nothing', async () => {
	const folder = mkdtempSync(join(data, 'conversation-'));
	const people = 10_000;
	writeFileSync(
		join(folder, 'comments.csv'),
		'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,,0,0,0,0,1,One\n'
	);
	const votes = Array.from({ length: people }, (_, person) => `${person},,0,${person},1`);
	writeFileSync(join(folder, 'votes.csv'), `timestamp,datetime,comment-id,voter-id,vote\n${votes.join('\n')}\n`);
	const words = [join(projectFolder, 'src/cli/open-talks.ts'), 'agreement', folder, '--json'];
	const slow = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] });
	const exit = once(slow, 'exit') as Promise<[number]>;
	await delay(3_000);
	const [read, [status]] = await Promise.all([text(slow.stdout), exit]);
	const { result } = JSON.parse(read.trim().split('\n').at(-1)!) as { result: { people: unknown[] } };
	assert.deepEqual([status, result.people.length], [0, people]);

	const left = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
	left.stdout.destroy();
	const [complaints, [ended]] = await Promise.all([text(left.stderr), once(left, 'exit') as Promise<[number]>]);
	assert.deepEqual([ended, /^ {4}at /m.test(complaints)], [0, false], complaints);
});
