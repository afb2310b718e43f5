import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { project } from './reporting.ts';

/**
 * For the tests of the checks: a copy of the parts of the project that a check reads, with files added or replaced, in which a
 * violation stands. Gone after `use`.
 */
export function planted<T>(parts: readonly string[], files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
	const folder = mkdtempSync(join(tmpdir(), 'open-talks-planted-'));
	try {
		for (const part of parts) cpSync(join(project, part), join(folder, part), { recursive: true });
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), text);
		}
		return use(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
