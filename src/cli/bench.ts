import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { note, wrong } from '#cli/console.ts';
import { projectFolder } from '#database/project.server.ts';
import type { Verb } from '#cli/verb.ts';

const folder = join(projectFolder, 'bench');

export const verb: Verb = {
	words: '[<subject>] [--long|--short]',
	summary: 'Measures; one JSON line a figure, status 1 where one does not hold.',
	help: 'A subject is a file of bench/; without one all are run. --short: less of what takes long, to see that it works.',
	async run(words) {
		const subjects = existsSync(folder) ? readdirSync(folder).filter((name) => /^[a-z-]+\.bench\.ts$/.test(name)) : [];
		const names = subjects.map((name) => name.replace('.bench.ts', ''));
		const asked = words.find((word) => !word.startsWith('-'));
		const rest = words.filter((word) => word !== asked);
		if (asked !== undefined && !names.includes(asked))
			throw wrong(`There is no subject "${asked}". Subjects: ${names.join(', ') || 'none'}.`);
		const chosen = asked === undefined ? names : [asked];
		if (asked === undefined) note(`All subjects: ${names.join(', ') || 'none'}.`);
		let status = 0;
		for (const name of chosen) status = Math.max(status, await measured(name, rest));
		return status;
	}
};

function measured(name: string, words: readonly string[]): Promise<number> {
	const child = spawn(process.execPath, [...process.execArgv, join(folder, `${name}.bench.ts`), ...words], {
		cwd: projectFolder,
		stdio: 'inherit'
	});
	return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code === 0 ? 0 : 1)));
}
