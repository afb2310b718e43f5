import { createContext } from 'svelte';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';

/** What each piece of a page knows about the page it stands on. Set once, by the root layout. */
export interface Here {
	readonly say: Say;
	readonly institution: { readonly name: string };
	/** IANA zone in which times are told: the institution's, because a page that reads no cookie does not know the reader's. */
	readonly zone: string;
	/** An address of ours in the reader's language, or in another: link('/topics') → '/fr/topics'. */
	readonly link: (path: string, language?: Language) => string;
}

const [here, setHere] = createContext<Here>();
export { here };

export function standHere(say: Say, institution: { name: string; zone: string }): Here {
	const { name, zone } = institution;
	return setHere({ say, institution: { name }, zone, link: (path, language = say.language) => pathInLanguage(path, language) });
}
