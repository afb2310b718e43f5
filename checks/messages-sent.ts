// A page with script takes to the browser every message that it or what it imports names, and no area of which it names nothing.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { messagesOf } from './messages.ts';
import { report } from './reporting.ts';

export function problems(folder: string): string[] {
	const keys = Object.keys(messagesOf(folder, 'en'));
	const read = (path: string) => readFileSync(join(folder, path), 'utf8');
	const everywhere = listIn(/const everywhere = \[([^\]]*)\]/.exec(read('src/routes/+layout.server.ts'))![1]!);
	const frame = reached(folder, ['src/routes/+layout.svelte', 'src/routes/+error.svelte']);
	return [...read('src/web/pages.ts').matchAll(/'(\/[^']*)': \{\s*kind: '[a-z]+',\s*script: \[([^\]]*)\]/g)].flatMap(
		([, page, list]) => {
			const sent = listIn(list!);
			const covers = (entry: string, key: string) => key === entry || key.startsWith(`${entry}.`);
			const isSent = (key: string) => [...everywhere, ...sent].some((entry) => covers(entry, key));
			const own = reached(folder, [`src/routes${page === '/' ? '' : page}/+page.svelte`]);
			const names = namedIn([...new Set([...frame, ...own])].map(read).join('\n'), keys);
			return [
				...names
					.flatMap((meant) => meant.filter((key) => !isSent(key)).slice(0, 1))
					.map((key) => `${page} names ${key}, which it does not take along`),
				...sent
					.filter((entry) => !names.some((meant) => meant.some((key) => covers(entry, key))))
					.map((entry) => `${page} takes ${entry} along and names nothing of it`)
			];
		}
	);
}

/** Each name of a message, with the messages that it may mean: several where it is put together (`opinions.you-${…}`). */
function namedIn(text: string, keys: readonly string[]): string[][] {
	const known = new Set(keys);
	const literal = [...text.matchAll(/['"`]([a-z][a-z-]*(?:\.[a-z0-9-]+)+)['"`]/g)].map((name) => name[1]!);
	const templates = [...text.matchAll(/`([a-z][a-z-]*\.[^`\n]*\$\{[^`\n]*)`/g)].map((template) => template[1]!);
	return [
		...[...new Set(literal)].filter((name) => known.has(name)).map((name) => [name]),
		...[...new Set(templates)]
			.map((template) => {
				const pattern = template.replaceAll('.', '\\.').replace(/\$\{.*?\}(?=[^}]|$)/g, '[a-z0-9.-]+');
				return keys.filter((key) => new RegExp(`^${pattern}$`).test(key));
			})
			.filter((meant) => meant.length > 0)
	];
}

/** The files of the browser that these import, themselves included: neither types nor what stays on the server. */
function reached(folder: string, from: readonly string[]): string[] {
	const seen = new Set<string>();
	const visit = (path: string) => {
		if (seen.has(path) || path.endsWith('.server.ts') || !existsSync(join(folder, path))) return;
		seen.add(path);
		const text = readFileSync(join(folder, path), 'utf8');
		for (const [, , name] of text.matchAll(/^\s*(import|export) (?!type )[^;]*?from '([#.][^']+)'/gm))
			visit(name!.startsWith('#') ? `src/${name!.slice(1)}` : normalize(join(dirname(path), name!)));
	};
	from.forEach(visit);
	return [...seen];
}

function listIn(text: string): string[] {
	return [...text.matchAll(/'([^']+)'/g)].map((entry) => entry[1]!);
}

report(import.meta.url, problems);
