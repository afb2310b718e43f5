import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completeLock, type Lock } from './complete-lock.ts';
import { project } from './reporting.ts';

const lockOfProject = () => JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as Lock;

test('a package for another platform that the lock lacks is named and put back, with its system, processor and library', () => {
	const lock = lockOfProject();
	const names = Object.keys(lock.packages['']?.optionalDependencies ?? {});
	const planted = names.find((name) => name.endsWith('darwin-arm64'))!;
	delete lock.packages[`node_modules/${planted}`];
	lock.packages['node_modules/parent'] = {
		version: '1.0.0',
		dev: true,
		optionalDependencies: { '@parent/linux-x64-musl': '2.1.0' }
	};
	assert.deepEqual(completeLock(lock), [planted, '@parent/linux-x64-musl']);
	assert.deepEqual(lock.packages['node_modules/@parent/linux-x64-musl'], {
		version: '2.1.0',
		cpu: ['x64'],
		dev: true,
		libc: ['musl'],
		optional: true,
		os: ['linux']
	});
	assert.deepEqual(lock.packages[`node_modules/${planted}`]?.os, ['darwin']);
	assert.deepEqual(completeLock(lock), []);
});

test('a package of which platform nobody can tell is refused, and the lock of this project is complete', () => {
	const lock: Lock = { packages: { '': { optionalDependencies: { riddle: '1.0.0' } } } };
	assert.throws(() => completeLock(lock), /cannot tell the platform or version of riddle@1.0.0/);
	assert.deepEqual(completeLock(lockOfProject()), []);
});

test('we ask for no package for a system on which we do not run', () => {
	const { optionalDependencies } = lockOfProject().packages['']!;
	const systems = Object.keys(optionalDependencies ?? {}).map((name) => /(linux|darwin|win32|windows)/.exec(name)?.[0] ?? name);
	assert.deepEqual([...new Set(systems)].sort(), ['darwin', 'linux']);
});
