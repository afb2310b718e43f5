import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));

/** Run as a script, a check prints its problems and exits with 1 where there is one. Each has a test that plants a violation. */
export function report(module: string, problems: (folder: string) => string[]): void {
	if (process.argv[1] === undefined || fileURLToPath(module) !== process.argv[1]) return;
	const found = problems(project);
	for (const problem of found) console.log(problem);
	if (found.length > 0) process.exitCode = 1;
}

export interface SourceFile {
	/** from the folder that was asked, with slashes */
	readonly path: string;
	readonly text: string;
}

/** The files below a folder whose names end so, in the order of their paths. */
export function filesBelow(folder: string, endings: readonly string[]): SourceFile[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()
		.map((path) => ({ path: relative(folder, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}
