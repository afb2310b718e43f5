// Shared by the checks of messages: what stands in the files of src/languages/messages, and what a message is made of.
import compile from 'icu-minify/compile';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const languages = ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const;
export type Language = (typeof languages)[number];

export function textOf(folder: string, language: Language): string {
	return readFileSync(join(folder, `src/languages/messages/${language}.json`), 'utf8');
}

export function messagesOf(folder: string, language: Language): Record<string, string> {
	return JSON.parse(textOf(folder, language)) as Record<string, string>;
}

export interface Makings {
	/** names of values, and of tags in angle brackets */
	readonly values: Set<string>;
	/** the forms of each plural, and of each ordinal */
	readonly plurals: { readonly ordinal: boolean; readonly forms: string[] }[];
	/** choices of each select */
	readonly choices: Set<string>;
}

/** Throws where the message is not ICU MessageFormat. The kinds of nodes are those of icu-minify's compiled form. */
export function makingsOf(message: string): Makings {
	const makings: Makings = { values: new Set(), plurals: [], choices: new Set() };
	visit(compile(message), makings);
	return makings;
}

const [select, plural, ordinal] = [1, 2, 3];

function visit(node: unknown, makings: Makings): void {
	if (!Array.isArray(node)) return;
	for (const part of node as unknown[]) {
		if (!Array.isArray(part)) continue;
		const [name, kind, ...rest] = part as [string, unknown, ...unknown[]];
		// 0 is the # of a plural, which may open a tag's content
		makings.values.add((typeof kind === 'number' && kind > 0) || part.length === 1 ? name : `<${name}>`);
		if (kind === select || kind === plural || kind === ordinal) {
			const forms = rest[0] as Record<string, unknown>;
			if (kind === select) for (const choice of Object.keys(forms)) makings.choices.add(`${name}: ${choice}`);
			else makings.plurals.push({ ordinal: kind === ordinal, forms: Object.keys(forms) });
			for (const form of Object.values(forms)) visit(form, makings);
		} else if (typeof kind !== 'number') visit([kind, ...rest], makings);
	}
}
