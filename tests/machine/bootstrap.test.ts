import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { projectFolder } from '#database/project.server.ts';

// A project of three files, in which npm, SvelteKit and vite only write down that they were called: what is tried is when they are.
const folder = mkdtempSync(join(tmpdir(), 'open-talks-bootstrap-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const diary = join(folder, 'diary');
const told = () => readFileSync(diary, 'utf8').trim().split('\n').filter(Boolean);
const writes = (word: string) =>
	`import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(diary)}, '${word}\\n');`;
const lock = (version: string) =>
	JSON.stringify({ packages: { '': {}, 'node_modules/one': { version }, 'node_modules/other': { version, optional: true } } });

put('diary', '');
put('package.json', '{ "type": "module" }');
put('package-lock.json', lock('1.0.0'));
put(
	'src/cli/open-talks.ts',
	`import { appendFileSync } from 'node:fs';
	process.on('SIGTERM', () => process.exit(7));
	process.once('disconnect', () => {
		appendFileSync(${JSON.stringify(diary)}, 'left\\n');
		process.exit();
	});
	console.log(process.argv.slice(2).join(' '));
	if (process.argv[2] === 'wait') setInterval(() => {}, 1000);
	else process.exit(Number(process.argv[3]));`
);
put('parts/vite.js', `${writes('built')} await new Promise((resolve) => setTimeout(resolve, 700));`);
put('parts/svelte-kit.js', writes('synced'));
put(
	'bin/npm',
	`#!/bin/sh
echo "npm $1" >> ${diary}
mkdir -p node_modules/.bin node_modules/vite/bin node_modules/@sveltejs/kit
mkdir -p node_modules/one node_modules/other
cp parts/vite.js node_modules/vite/bin/vite.js
cp parts/svelte-kit.js node_modules/@sveltejs/kit/svelte-kit.js
cp package-lock.json node_modules/.package-lock.json
`
);
chmodSync(join(folder, 'bin/npm'), 0o755);
cpSync(join(projectFolder, 'open-talks.mjs'), join(folder, 'open-talks.mjs'));

test('what is missing is installed and what is stale is built, once, also by two that start together', async () => {
	const [one, other] = await Promise.all([asked('start', '0'), asked('start', '0')]);
	assert.deepEqual([one.status, other.status], [0, 0], one.err + other.err);
	assert.deepEqual(told(), ['npm ci', 'synced', 'built']);
	assert.equal(readlinkSync(join(folder, 'node_modules/.bin/open-talks')), '../../open-talks.mjs');
	await asked('start', '0');
	assert.equal(told().length, 3);
});

test('a source that changed is built again, a test that changed is not', async () => {
	put('src/one.ts', 'export {};');
	put('src/one.test.ts', 'export {};');
	await asked('start', '0');
	assert.deepEqual(told().slice(3), ['synced', 'built']);
	put('src/one.test.ts', 'export const changed = true;');
	await asked('start', '0');
	assert.equal(told().length, 5);
});

test('another version in the lock file is installed; a package for another platform that lacks is not missed', async () => {
	put('package-lock.json', lock('1.0.1'));
	await asked('doctor', '0');
	assert.deepEqual(told().slice(5), ['npm ci']);
	const installed = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as {
		packages: Record<string, unknown>;
	};
	rmSync(join(folder, 'node_modules/other'), { recursive: true });
	delete installed.packages['node_modules/other'];
	put('node_modules/.package-lock.json', JSON.stringify(installed));
	await asked('doctor', '0');
	assert.equal(told().length, 6);
	rmSync(join(folder, 'node_modules/one'), { recursive: true });
	await asked('doctor', '0');
	assert.deepEqual(told().slice(6), ['npm ci']);
});

test('words, exit status and signals are passed on', async () => {
	const { status, out } = await asked('migrate', '3', '--dry');
	assert.deepEqual([status, out], [3, 'migrate 3 --dry\n']);
	const waiting = run('wait');
	await once(waiting.stdout!, 'data');
	waiting.kill('SIGTERM');
	assert.deepEqual(await once(waiting, 'exit'), [7, null]);
});

test('when it is killed, what it started learns of it', async () => {
	const before = told().length;
	const waiting = run('wait');
	await once(waiting.stdout!, 'data');
	waiting.kill('SIGKILL');
	for (const end = Date.now() + 5000; told().length === before && Date.now() < end;) await wait(20);
	assert.deepEqual(told().slice(before), ['left']);
});

function put(path: string, text: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), text);
}

function run(...words: string[]): ChildProcess {
	return spawn(process.execPath, [join(folder, 'open-talks.mjs'), ...words], {
		env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` },
		stdio: ['ignore', 'pipe', 'pipe']
	});
}

async function asked(...words: string[]) {
	const child = run(...words);
	let [out, err] = ['', ''];
	child.stdout!.on('data', (piece: Buffer) => (out += piece.toString()));
	child.stderr!.on('data', (piece: Buffer) => (err += piece.toString()));
	const [status] = (await once(child, 'close')) as [number];
	return { status, out, err };
}
