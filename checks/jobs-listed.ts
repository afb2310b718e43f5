// Every job that is added is in the task list of src/cli/tasks.ts, and no task stands there that nobody adds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, report } from './reporting.ts';

export function problems(folder: string): string[] {
	const tasks = [...readFileSync(join(folder, 'src/cli/tasks.ts'), 'utf8').matchAll(/^\t\t'([a-z.-]+)': async/gm)].map(
		(found) => found[1]!
	);
	const added = filesBelow(join(folder, 'src'), ['.ts'])
		.filter(({ path }) => !path.endsWith('.test.ts') && path !== 'jobs/jobs.server.ts')
		.flatMap(({ path, text }) =>
			[...text.matchAll(/\baddJob\(\s*\w+,\s*([^,]+),/g)].map((found) => ({
				path,
				given: found[1]!,
				name: nameIn(text, found[1]!)
			}))
		);
	const names = new Set(added.map(({ name }) => name));
	return [
		...added
			.filter(({ name }) => name === null)
			.map(({ path, given }) => `src/${path} adds the job ${given}: its name must be a text or a constant of the same file`),
		...added
			.filter(({ name }) => name !== null && !tasks.includes(name))
			.map(({ path, name }) => `src/${path} adds the job ${name}, which src/cli/tasks.ts does not know`),
		...tasks.filter((task) => !names.has(task)).map((task) => `src/cli/tasks.ts knows the job ${task}, which nothing adds`)
	];
}

/** The text itself, or that of a constant or of a field of one: `taskOf.preview`. */
function nameIn(text: string, given: string): string | null {
	const literal = /^'([^']+)'$/.exec(given);
	if (literal) return literal[1]!;
	const [constant, field] = given.split('.');
	const value = new RegExp(`\\bconst ${constant}\\b[^=]*= ([^;]+);`).exec(text)?.[1] ?? '';
	return (field ? new RegExp(`\\b${field}: '([^']+)'`) : /^'([^']+)'/).exec(value)?.[1] ?? null;
}

report(import.meta.url, problems);
