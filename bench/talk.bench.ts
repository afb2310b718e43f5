import { firstSecond } from './talk/first-second.ts';
import type { Figure } from './talk/figures.ts';
import { importing } from './talk/import.ts';
import { memory } from './talk/memory.ts';
import { opinionsHttp } from './talk/opinions-http.ts';
import { pageFigures } from './talk/pages.ts';
import { script } from './talk/script.ts';
import { search } from './talk/search.ts';

/** Every figure that was promised of a talk, by its id; a word of the command line chooses some. */
const subjects: Readonly<Record<string, () => Promise<Figure[]>>> = {
	pages: pageFigures,
	'opinions-http': opinionsHttp,
	'first-second': firstSecond,
	import: importing,
	search,
	script,
	memory
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
