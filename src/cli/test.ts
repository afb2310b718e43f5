import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { note, read } from '#cli/console.ts';
import { connect } from '#database/connection.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { addressVariable, freshTemplate, startTestCluster } from '#database/test-database.server.ts';
import type { Verb } from '#cli/verb.ts';

const longest = 8 * 60_000;

const places = ['src/**/*.test.ts', 'checks/**/*.test.ts', 'examples/**/*.test.ts', 'tests/**/*.test.ts'];

export const verb: Verb = {
	words: '[<part of a path> …]',
	summary: 'Runs the tests, those in a browser too.',
	help: 'With CI=true a test that is skipped is a failure.',
	async run(words) {
		const parts = words.filter((word) => !word.startsWith('-'));
		read(
			words.filter((word) => word.startsWith('-')),
			{},
			0
		);
		const files = testFiles(parts);
		if (files.length === 0) {
			note(`No test file matches ${parts.join(' ')}.`);
			return 1;
		}
		const address = await startTestCluster();
		const cluster = connect(address, { connections: 1 });
		await freshTemplate(cluster, address);
		process.env[addressVariable] = address;
		const counted = await runTests(files);
		await cluster.close();
		const isSkipFailure = process.env.CI === 'true' && counted.skipped > 0;
		if (isSkipFailure) note(`${counted.skipped} skipped: that is a failure here.`);
		return counted.failed > 0 || isSkipFailure ? 1 : 0;
	}
};

export function testFiles(parts: readonly string[]): string[] {
	const files = globSync(places, { cwd: projectFolder }).sort();
	const chosen = parts.length === 0 ? files : files.filter((file) => parts.some((part) => file.includes(part)));
	return chosen.map((file) => join(projectFolder, file));
}

interface Counted {
	files: number;
	passed: number;
	failed: number;
	skipped: number;
}

async function runTests(files: string[]): Promise<Counted> {
	const counted: Counted = { files: files.length, passed: 0, failed: 0, skipped: 0 };
	const skips: string[] = [];
	// a file that does not come to its end has failed, and the others are told of all the same
	const running = run({ files, concurrency: availableParallelism(), cwd: projectFolder, timeout: longest });
	running.on('test:pass', ({ name, skip, file }) => {
		if (skip === undefined) counted.passed++;
		else skips.push(`${file ?? ''}: ${name}: ${typeof skip === 'string' ? skip : 'no reason given'}`);
	});
	running.on('test:fail', ({ todo }) => {
		if (todo === undefined) counted.failed++;
	});
	const written = running.pipe(new spec());
	written.pipe(process.stdout, { end: false });
	await finished(written);
	counted.skipped = skips.length;
	for (const skip of skips) note(`skipped: ${skip}`);
	return counted;
}
