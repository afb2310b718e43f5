import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { note, read, result, seconds } from '#cli/console.ts';
import { projectFolder } from '#database/project.server.ts';
import type { Verb } from '#cli/verb.ts';

/** What a step runs: a program of node_modules, or a file of ours. */
interface Step {
	readonly name: string;
	readonly program: string;
	readonly words: readonly string[];
}

export const verb: Verb = {
	words: '[--fast]',
	summary: 'Format, imports, our own checks, lint, types, unused code, schema, then the tests.',
	help: '--fast   without the tests',
	async run(words) {
		const { values } = read(words, { fast: { type: 'boolean' } }, 0);
		const failed: string[] = [];
		const began = performance.now();
		for (const step of steps(values.fast ?? false)) {
			const stepBegan = performance.now();
			const { status, said } = await runStep(step);
			note(`${status === 0 ? '✔' : '✖'} ${step.name} (${seconds(performance.now() - stepBegan)})`);
			if (status === 0) continue;
			if (said) note(said.trimEnd());
			failed.push(step.name);
		}
		result({ failed, seconds: Math.round((performance.now() - began) / 1000) });
		return failed.length === 0 ? 0 : 1;
	}
};

/** In the order of their cost; the tests come last and speak for themselves. */
export function steps(fast: boolean): Step[] {
	const bin = (...path: string[]) => join(projectFolder, 'node_modules', ...path);
	const ours = globSync('checks/*.ts', {
		cwd: projectFolder
	}).filter((file) => !/\.test\.ts$|planting|reporting|complete-lock/.test(file));
	return [
		{ name: 'lock file', program: 'checks/complete-lock.ts', words: ['--check'] },
		...ours.sort().map((file) => ({ name: file.replace(/^checks\/|\.ts$/g, '').replaceAll('-', ' '), program: file, words: [] })),
		{ name: 'format', program: bin('prettier/bin/prettier.cjs'), words: ['--check', '--log-level', 'warn', '.'] },
		{
			name: 'imports',
			program: bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
			words: ['src', 'server.ts', 'examples', '--config']
		},
		{ name: 'unused code', program: bin('knip/bin/knip.js'), words: [] },
		{
			name: 'lint',
			program: bin('eslint/bin/eslint.js'),
			words: ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/']
		},
		{
			name: 'types',
			program: bin('svelte-check/bin/svelte-check'),
			words: ['--tsconfig', './tsconfig.json', '--fail-on-warnings']
		},
		{ name: 'schema', program: 'src/cli/open-talks.ts', words: ['schema', '--check'] },
		...(fast ? [] : [{ name: 'tests', program: 'src/cli/open-talks.ts', words: ['test'] }])
	];
}

function runStep({ name, program, words }: Step): Promise<{ status: number; said: string }> {
	const speaks = name === 'tests';
	const child = spawn(process.execPath, [program, ...words], {
		cwd: projectFolder,
		stdio: ['ignore', speaks ? 'inherit' : 'pipe', speaks ? 'inherit' : 'pipe'],
		env: { ...process.env, FORCE_COLOR: process.stderr.isTTY ? '1' : '0' }
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (said += piece.toString()));
	return new Promise((resolve, reject) =>
		child.once('error', reject).once('close', (code) => resolve({ status: code ?? 1, said }))
	);
}
