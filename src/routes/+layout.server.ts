import { catalogueOf, partOfCatalogue } from '#languages/catalogue.server.ts';
import { languages, pathWithoutLanguage } from '#languages/languages.ts';
import { pages } from '#web/pages.ts';
import type { LayoutServerLoad } from './$types';

/** The messages that the layout itself needs in the browser of a page with script. */
const everywhere = ['web', 'refusals.unexpected'];

export const load: LayoutServerLoad = ({ locals, route, url }) => {
	const { language, actor } = locals;
	const script = route.id === null ? undefined : pages[route.id]?.script;
	return {
		language,
		direction: languages[language].direction,
		messages: script ? partOfCatalogue(language, [...everywhere, ...script]) : catalogueOf(language),
		/** the address without its language, for the switch of languages */
		path: pathWithoutLanguage(url.pathname) + url.search,
		// until an institution can be set up, the product speaks for itself
		institution: { name: 'Open Talks', accent: 'blue', logo: null as string | null, zone: 'UTC' },
		account: actor.kind === 'account' ? { isStaff: actor.roles.length > 0 } : null
	};
};
