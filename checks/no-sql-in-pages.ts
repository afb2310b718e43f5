// Pages, the web around them and the API ask the domain: no SQL stands there. A transaction around several verbs may.
import { join } from 'node:path';
import { filesBelow, report } from './reporting.ts';

const pages = /^(routes|web|api)\/|^[^/]+$/;

// Hono calls what stands after the ? of an address a query, too
const asks = /(?<!\breq)\.query\s*[(<]/g;
const statement = /[`'"]\s*(select\s[^`']*\sfrom\s|insert into\s|update\s+\w+\s+set\s|delete from\s|with\s+\w+\s+as\s)/g;

export function problems(folder: string): string[] {
	return filesBelow(join(folder, 'src'), ['.ts', '.svelte'])
		.filter(({ path }) => pages.test(path) && !path.endsWith('.test.ts'))
		.flatMap(({ path, text }) => {
			const places = [...text.matchAll(asks), ...text.matchAll(statement)].map(
				({ index }) => text.slice(0, index).split('\n').length
			);
			return [...new Set(places)].map((line) => `src/${path}:${line} has SQL: it belongs into a verb of the domain`);
		});
}

report(import.meta.url, problems);
