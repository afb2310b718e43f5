import type { Figure } from './talk/figures.ts';

/** What is measured, by the word that chooses it. */
export type Subjects = Readonly<Record<string, () => Promise<Figure[]>>>;

/** Measures what the command line chooses, or all; a JSON line a figure. */
export async function measureChosen(subjects: Subjects): Promise<void> {
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
}
