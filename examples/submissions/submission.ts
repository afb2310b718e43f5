import { readFileSync } from 'node:fs';
import type { Language } from '#languages/languages.ts';
import type { OrganisationKey } from '../people.ts';

export interface ExampleSubmission {
	/** the file of its text: <key>.<language>.txt */
	key: string;
	language: Language;
	author: number;
	organisation: OrganisationKey;
	title: string;
	abstract: string;
	sector: string;
	region: string;
	/** what the rapporteur marked: words that stand exactly once in the text, and what they say to which ideas */
	passages: readonly {
		quote: string;
		stances: readonly (readonly [stance: 'raises' | 'supports' | 'opposes', idea: string])[];
	}[];
}

export function textOf({ key, language }: ExampleSubmission): string {
	return readFileSync(new URL(`./${key}.${language}.txt`, import.meta.url), 'utf8');
}
