import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { pathWithoutLanguage, type Language } from '#languages/languages.ts';
import { isSay, speaker, type Catalogue } from '#languages/speaking.ts';
import { crossing } from '#web/crossing.ts';

/** "/fr/topics/internet" is the page "/topics/[topic]" in French. */
export const reroute: Reroute = ({ url }) => pathWithoutLanguage(url.pathname);

/** How what a page is given crosses into the browser where it is more than plain data. */
export const transport: Transport = {
	// first, so that nothing below it is looked at; what it puts in the place is asked about as well
	Nothing: { encode: (thing: unknown) => typeof thing === 'object' && thing !== null && crossing.ends(), decode: () => ({}) },
	Say: {
		encode: (thing: unknown) => isSay(thing) && [thing.language, thing.carried],
		decode: ([language, catalogue]: [Language, Catalogue]) => speaker(language, catalogue, catalogue)
	}
};
