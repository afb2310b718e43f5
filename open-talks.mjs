#!/usr/bin/env node
// Brings the project to the point where it can run itself, on any Node from 20 on and with nothing installed: installs what is missing,
// builds what is stale, then hands over to src/cli/open-talks.ts under the Node that npm brought. Plain JavaScript, no dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	chmodSync,
	closeSync,
	existsSync,
	lstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
	writeSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(fileURLToPath(import.meta.url));
const inProject = (...path) => join(project, ...path);
const verb = process.argv[2] ?? '';
const wantsHelp = process.argv.includes('--help') || process.argv.includes('-h');

/** What runs the built pages; the others run from the sources. */
const verbsWithPages = ['start', 'demo', 'test', 'check', 'bench', 'kill-test'];
/** What needs the files that `svelte-kit sync` makes. */
const verbsWithTypes = ['dev', 'check', 'test'];

if (process.platform === 'win32') stop('Open Talks runs on Linux and on a Mac; on Windows within WSL.');

if (isInstallStale()) oneAtATime('installing', isInstallStale, install);
linkOurselves();
if (!wantsHelp) {
	if (verbsWithTypes.includes(verb) && isSyncStale()) oneAtATime('preparing', isSyncStale, sync);
	if (verbsWithPages.includes(verb) && isBuildStale()) oneAtATime('building', isBuildStale, build);
}
handOver();

/** Whether what lies in node_modules is not what the lock file says. npm keeps its own list of what it put there. */
function isInstallStale() {
	const installedList = inProject('node_modules', '.package-lock.json');
	if (!existsSync(installedList)) return true;
	const wanted = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
	const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages;
	return Object.entries(wanted).some(([place, { version, optional }]) => {
		if (place === '') return false;
		const found = installed[place];
		// an optional package may be one for another platform
		return found ? found.version !== version || !existsSync(inProject(place)) : !optional;
	});
}

function install() {
	// without install scripts: nothing here needs one, and a registry's package should not run code before it is used
	run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
	if (isInstallStale()) stop('npm ci ended well, yet node_modules is not what package-lock.json says.');
}

/** So that `npx open-talks <verb>` finds this program. */
function linkOurselves() {
	const link = inProject('node_modules', '.bin', 'open-talks');
	try {
		if (lstatSync(link, { throwIfNoEntry: false })) return;
		chmodSync(inProject('open-talks.mjs'), 0o755);
		symlinkSync('../../open-talks.mjs', link);
	} catch {
		// a project of another user, or a system without links: `node open-talks.mjs <verb>` always works
	}
}

function isSyncStale() {
	return (
		!existsSync(inProject('node_modules', '$app', 'tsconfig.json')) ||
		isStale(inProject('node_modules', '$app', '.digest'), routesDigest())
	);
}

function sync() {
	run(theNode(), [inProject('node_modules', '@sveltejs', 'kit', 'svelte-kit.js'), 'sync'], { quietly: true });
	write(inProject('node_modules', '$app', '.digest'), routesDigest());
}

function isBuildStale() {
	return isStale(inProject('build', '.digest'), sourcesDigest());
}

function build() {
	// taken before, so that a file that is changed while we build makes the next run build again
	const digest = sourcesDigest();
	sync();
	run(theNode(), [inProject('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], { quietly: true });
	write(inProject('build', '.digest'), digest);
}

function isStale(stamp, digest) {
	return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest;
}

/** Of everything that goes into the pages. */
function sourcesDigest() {
	const single = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'].map((name) => inProject(name));
	const sources = [...filesIn(inProject('src')), ...filesIn(inProject('static'))];
	return digestOf([...single, ...sources.filter((file) => !/\.test\.ts$|\.sql$/.test(file))]);
}

/** The types that SvelteKit makes follow the names of the routes and the settings, not what is written in the pages. */
function routesDigest() {
	const names = filesIn(inProject('src', 'routes')).concat(inProject('src', 'hooks.ts')).join('\n');
	return createHash('sha256')
		.update(names)
		.update(digestOf([inProject('package-lock.json'), inProject('vite.config.ts')]))
		.digest('hex');
}

function filesIn(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.sort();
}

function digestOf(files) {
	const hash = createHash('sha256');
	for (const file of files)
		if (existsSync(file)) hash.update(file.slice(project.length)).update('\0').update(readFileSync(file)).update('\0');
	return hash.digest('hex');
}

/** Two programs that start together must not install or build into the same folder: the second waits, and then finds it done. */
function oneAtATime(what, isNeeded, work) {
	const lock = inProject('.open-talks.lock');
	let said = false;
	for (;;) {
		try {
			const file = openSync(lock, 'wx');
			writeSync(file, String(process.pid));
			closeSync(file);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') stop(`${what} is needed, but ${project} cannot be written: ${error.message}`);
			if (!isAlive(holderOf(lock))) rmSync(lock, { force: true });
			else if (!said) say('waiting for another open-talks that is installing or building …');
			said = true;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
		}
	}
	const unlock = () => rmSync(lock, { force: true });
	process.once('exit', unlock);
	try {
		if (!isNeeded()) return;
		const began = Date.now();
		say(`${what} …`);
		work();
		say(`${what}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
	} finally {
		process.off('exit', unlock);
		unlock();
	}
}

function holderOf(lock) {
	try {
		return Number(readFileSync(lock, 'utf8')) || process.pid;
	} catch {
		return process.pid;
	}
}

function isAlive(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Runs a step. What it says is shown on stderr, for stdout belongs to the verbs; of one that works well, only where it is long. */
function run(program, words, { quietly = false } = {}) {
	const done = spawnSync(program, words, {
		cwd: project,
		stdio: ['ignore', quietly ? 'pipe' : 2, quietly ? 'pipe' : 2]
	});
	if (done.error) stop(`${program} could not be run: ${done.error.message}`);
	if (done.status === 0) return;
	if (quietly) say(`${done.stdout}${done.stderr}`);
	process.exit(done.status ?? 1);
}

/** The Node that npm brought, or this one where it is new enough. */
function theNode() {
	const brought = inProject('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
	if (existsSync(brought)) return brought;
	if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
	return stop(
		`Node ${process.versions.node} is too old, and npm has none for ${process.platform} ${process.arch}: install Node 24.`
	);
}

function handOver() {
	// V8 sizes its heap by the machine: of 24 GB it takes 130 MB for what is young and lets the rest grow fourfold before it looks again,
	// where a web process lives on 90 MB. The less it may take at most, the sooner it looks.
	const flags = ['--max-semi-space-size=16', '--max-old-space-size=1024'];
	// the channel closes when we are killed, so that the verb ends then too
	const child = spawn(theNode(), [...flags, inProject('src', 'cli', 'open-talks.ts'), ...process.argv.slice(2)], {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc']
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.once('error', (error) => stop(`the program could not be started: ${error.message}`));
	child.once('exit', (code, signal) =>
		process.exit(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0))
	);
}

function write(file, text) {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}

function say(sentence) {
	process.stderr.write(`${sentence}\n`);
}

function stop(sentence) {
	say(sentence);
	return process.exit(1);
}
