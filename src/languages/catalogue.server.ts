import compile from 'icu-minify/compile';
import type { Language } from '#languages/languages.ts';
import { speaker, type Catalogue, type Say } from '#languages/speaking.ts';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import ru from './messages/ru.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The messages as they are written, in ICU MessageFormat. */
export const messages: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr, es, ru, zh, ar };

/** All messages of a language, compiled; English stands in where one is missing (the check of message keys names it). */
export function catalogueOf(language: Language): Catalogue {
	let catalogue = catalogues.get(language);
	if (!catalogue) catalogues.set(language, (catalogue = compiled({ ...messages.en, ...messages[language] })));
	return catalogue;
}

/** For pages without script, mails, documents and the command line. */
export function speakerOf(language: Language): Say {
	let say = speakers.get(language);
	if (!say) speakers.set(language, (say = speaker(language, catalogueOf(language))));
	return say;
}

/**
 * For a page with script, which takes the messages of these areas (`ideas`), or single ones (`ideas.agree`), to the browser: no others are
 * said.
 */
export function speakerInBrowser(language: Language, prefixes: readonly string[]): Say {
	const name = `${language} ${prefixes.join(' ')}`;
	let say = speakers.get(name);
	if (!say) {
		const part = partOf(catalogueOf(language), prefixes);
		speakers.set(name, (say = speaker(language, part, part)));
	}
	return say;
}

// caches of what lies in files: each copy of this module (pages, server, command line) may have its own
const catalogues = new Map<Language, Catalogue>();
const speakers = new Map<string, Say>();

function partOf(catalogue: Catalogue, prefixes: readonly string[]): Catalogue {
	return Object.fromEntries(
		Object.entries(catalogue).filter(([key]) => prefixes.some((prefix) => key === prefix || key.startsWith(`${prefix}.`)))
	);
}

function compiled(written: Readonly<Record<string, string>>): Catalogue {
	return Object.fromEntries(Object.entries(written).map(([key, message]) => [key, compile(message)]));
}
