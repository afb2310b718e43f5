import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project, found from src/ as well as from the bundle in build/. */
export const projectFolder = folderWith('open-talks.mjs', import.meta.dirname);

function folderWith(name: string, start: string): string {
	for (let folder = start; ; folder = dirname(folder)) {
		if (existsSync(join(folder, name))) return folder;
		if (folder === dirname(folder)) throw new Error(`no ${name} above ${start}`);
	}
}
