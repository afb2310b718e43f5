// Every setting stands in docs/running.md, and nothing there is a setting that does not exist.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from './reporting.ts';

export function problems(folder: string): string[] {
	const source = readFileSync(join(folder, 'src/database/settings.server.ts'), 'utf8');
	const page = readFileSync(join(folder, 'docs/running.md'), 'utf8');
	const settings = [...source.matchAll(/name: '([A-Z_]+)'/g)].map((found) => found[1]!);
	const rows = page.split('\n').filter((line) => line.startsWith('| `'));
	const documented = rows.flatMap((line) => [...line.split('|')[1]!.matchAll(/`([A-Z][A-Z_]+)`/g)].map((found) => found[1]!));
	return [
		...settings.filter((name) => !documented.includes(name)).map((name) => `the setting ${name} is missing in docs/running.md`),
		...documented.filter((name) => !settings.includes(name)).map((name) => `docs/running.md names ${name}, which is no setting`)
	];
}

report(import.meta.url, problems);
