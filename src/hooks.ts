import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { pathWithoutLanguage, type Language } from '#languages/languages.ts';
import { isSay, speaker, type Catalogue } from '#languages/speaking.ts';
import { crossing } from '#web/crossing.ts';

/** "/fr/topics/internet" is the page "/topics/[topic]" in French. */
export const reroute: Reroute = ({ url }) => pathWithoutLanguage(url.pathname);

const texts = new WeakMap<Catalogue, string>();

/** How what a page is given crosses into the browser where it is more than plain data. */
export const transport: Transport = {
	// first, so that nothing below it is looked at; what it puts in the place is asked about as well
	Nothing: { encode: (thing: unknown) => typeof thing === 'object' && thing !== null && crossing.ends(), decode: () => ({}) },
	Say: {
		encode: (thing: unknown) => isSay(thing) && [thing.language, written(thing.carried)],
		decode: ([language, text]: [Language, string]) => {
			const catalogue = JSON.parse(text) as Catalogue;
			return speaker(language, catalogue, catalogue);
		}
	}
};

/** One text for all pages that take the same messages along: to walk through them for each reader would cost as much as the page. */
function written(catalogue: Catalogue): string {
	let text = texts.get(catalogue);
	if (text === undefined) texts.set(catalogue, (text = JSON.stringify(catalogue)));
	return text;
}
