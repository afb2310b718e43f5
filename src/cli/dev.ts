import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { read } from '#cli/console.ts';
import { keepJobs, openForStart } from '#cli/running.ts';
import { projectFolder } from '#database/project.server.ts';
import { readSettings } from '#database/settings.server.ts';
import type { Verb } from '#cli/verb.ts';

export const verb: Verb = {
	words: '',
	summary: 'Serves the sources; a page changes while you write it.',
	async run(words) {
		read(words, {}, 0);
		const settings = readSettings();
		const database = await openForStart(settings);
		const jobs = keepJobs();
		const vite = spawn(
			process.execPath,
			[join(projectFolder, 'node_modules/vite/bin/vite.js'), 'dev', '--port', String(settings.port), '--strictPort'].concat(
				settings.host === null ? [] : ['--host', settings.host]
			),
			{ cwd: projectFolder, stdio: 'inherit' }
		);
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => vite.kill('SIGTERM'));
		const status = await new Promise<number | null>((resolve) => vite.once('exit', resolve));
		await jobs.stop();
		await database.close();
		return status ?? 0;
	}
};
