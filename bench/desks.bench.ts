import { exporting } from './desks/export.ts';
import { importLarge } from './desks/import-large.ts';
import { mailIn } from './desks/mail-in.ts';
import { queue } from './desks/queue.ts';
import { sheet } from './desks/sheet.ts';
import { thread } from './desks/thread.ts';
import type { Figure } from './talk/figures.ts';

/** Every figure that was promised of the desks, by its id; a word of the command line chooses some. */
const subjects: Readonly<Record<string, () => Promise<Figure[]>>> = {
	export: exporting,
	'import-large': importLarge,
	'mail-in': mailIn,
	queue,
	sheet,
	thread
};

const chosen = process.argv.slice(2).filter((word) => !word.startsWith('-'));
for (const [name, measure] of Object.entries(subjects)) {
	if (chosen.length > 0 && !chosen.includes(name)) continue;
	try {
		for (const one of await measure()) {
			console.log(JSON.stringify(one));
			if (!one.holds) process.exitCode = 1;
		}
	} catch (error) {
		// a line that is missing is a failure, and the others are still measured
		console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
		process.exitCode = 1;
	}
}
