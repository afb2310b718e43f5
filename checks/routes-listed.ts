// Every route stands in web/pages.ts and web/policy.ts and nothing else does; a page with script says so in both places; every form
// action is wrapped in answering(), which limits it and keeps what was typed; public pages have no actions.
import { join } from 'node:path';
import { filesBelow, report } from './reporting.ts';

const file = /^(.*?)\/?\+(page|server)(\.server)?\.(ts|svelte)$/;

export function problems(folder: string): string[] {
	const [pages, policy] = ['pages', 'policy'].map((name) => listed(folder, name)) as [Map<string, string>, Map<string, string>];
	const files = filesBelow(join(folder, 'src/routes'), ['+page.ts', '+page.server.ts', '+page.svelte', '+server.ts']);
	const routes = new Set(files.map(({ path }) => routeOf(path)));
	const found: string[] = [];
	for (const route of routes) {
		if (!pages.has(route)) found.push(`the route ${route} is missing in src/web/pages.ts`);
		if (!policy.has(route)) found.push(`the route ${route} is missing in src/web/policy.ts`);
	}
	for (const [name, list] of Object.entries({ pages, policy }))
		for (const route of list.keys()) if (!routes.has(route)) found.push(`src/web/${name}.ts names ${route}, which is no route`);
	for (const { path, text } of files) {
		const route = routeOf(path);
		const entry = pages.get(route) ?? '';
		if (path.endsWith('+page.ts') && /csr\s*=\s*true/.test(text) && !entry.includes('script'))
			found.push(`${route} has script (csr) but src/web/pages.ts names no messages for it`);
		if (
			path.endsWith('+page.svelte') &&
			entry.includes('script') &&
			!files.some((other) => routeOf(other.path) === route && /csr\s*=\s*true/.test(other.text))
		)
			found.push(`${route} takes messages to the browser but has no script (csr = true in +page.ts)`);
		if (!path.endsWith('+page.server.ts') || !/export const actions\b/.test(text)) continue;
		if (!entry.includes("'personal'")) found.push(`${route} has actions and must be personal in src/web/pages.ts`);
		const actions = /export const actions\b[\s\S]*?\n\}/.exec(text)?.[0] ?? '';
		for (const [, name] of actions.matchAll(/^\t(\w+): (?!answering\()/gm))
			found.push(`the action ${name} of ${route} is not wrapped in answering()`);
	}
	return found;
}

function routeOf(path: string): string {
	return `/${file.exec(path)?.[1] ?? ''}`.replace(/\/\([^)]+\)/g, '') || '/';
}

function listed(folder: string, name: string): Map<string, string> {
	const { text } = filesBelow(join(folder, 'src/web'), [`${name}.ts`]).find(({ path }) => path === `${name}.ts`)!;
	return new Map([...text.matchAll(/^\t'(\/[^']*)': ([^]*?),?\s*(?=^\t'|^\}|(?![^]))/gm)].map((found) => [found[1]!, found[2]!]));
}

report(import.meta.url, problems);
