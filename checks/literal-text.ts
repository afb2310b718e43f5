// What a page says comes from the messages: no words stand in the markup of a .svelte file, nor in attributes that are read aloud or shown.
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { filesBelow, report } from './reporting.ts';

const spoken = new Set(
	'alt title placeholder label summary aria-label aria-description aria-roledescription aria-valuetext'.split(' ')
);

/** Elements whose content is the same in every language. */
const notSpoken = new Set(['code', 'kbd', 'samp', 'style', 'script']);

/** The sheet of samples shows the pieces of pages with invented words; it is no page of the product. */
const samples = 'routes/style/';

/** The product's own name. */
const names = /\bOpen Talks\b/g;

interface Node {
	readonly type: string;
	readonly name?: string;
	readonly data?: string;
	readonly value?: unknown;
	readonly start: number;
}

export function problems(folder: string): string[] {
	const pages = filesBelow(join(folder, 'src'), ['.svelte']).filter(({ path }) => !path.startsWith(samples));
	return pages.flatMap(({ path, text }) => {
		const found: string[] = [];
		visit(parse(text, { modern: true }).fragment, (node) => {
			const words = wordsOf(node).replace(names, '');
			const line = text.slice(0, node.start).split('\n').length;
			if (/\p{L}{2}/u.test(words)) found.push(`src/${path}:${line} says "${words.trim().replace(/\s+/g, ' ')}" in English only`);
		});
		return found;
	});
}

function wordsOf({ type, data, value }: Node): string {
	if (type === 'Text') return (data ?? '').replace(/&\w+;/g, '');
	// {open ? 'Still open' : ''}: a space between words, or a capital; keys of messages and names of classes have neither
	return type === 'Literal' && typeof value === 'string' && /^\p{Lu}\p{Ll}|\p{L} \p{L}/u.test(value) ? value : '';
}

function visit(tree: unknown, see: (node: Node) => void): void {
	if (typeof tree !== 'object' || tree === null) return;
	const node = tree as Node;
	if (node.type === 'RegularElement' && notSpoken.has(node.name ?? '')) return;
	if (/^Attribute$|Directive$/.test(node.type) && !spoken.has(node.name ?? '')) return;
	see(node);
	for (const [name, part] of Object.entries(tree)) if (name !== 'metadata' && name !== 'parent') visit(part, see);
}

report(import.meta.url, problems);
