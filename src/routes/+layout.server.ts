import { inLanguage } from '#languages/texts.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { contextOf } from '#web/context.server.ts';
import { speakerInBrowser, speakerOf } from '#languages/catalogue.server.ts';
import { languages, pathWithoutLanguage } from '#languages/languages.ts';
import { pages } from '#web/pages.ts';
import type { LayoutServerLoad } from './$types';

/** The messages that the layout itself needs in the browser of a page with script; those of the pieces of a page are listed with it. */
const everywhere = [
	'refusals.unexpected',
	'web.about',
	'web.accessibility',
	'web.api',
	'web.contact',
	'web.data',
	'web.desk',
	'web.language',
	'web.main-ways',
	'web.mine',
	'web.sign-in',
	'web.skip',
	'web.talks',
	'web.terms',
	'web.title-with-mistakes',
	'web.wrong-busy',
	'web.wrong-busy-advice',
	'web.wrong-forbidden',
	'web.wrong-forbidden-advice',
	'web.wrong-go-home',
	'web.wrong-missing',
	'web.wrong-missing-advice',
	'web.wrong-refused',
	'web.wrong-refused-advice',
	'web.wrong-unexpected',
	'web.wrong-unexpected-advice'
];

export const load: LayoutServerLoad = async (event) => {
	const { locals, route, url } = event;
	const institution = await institutionSeen(contextOf(event).database);
	const { language, actor } = locals;
	const script = route.id === null ? undefined : pages[route.id]?.script;
	return {
		language,
		direction: languages[language].direction,
		say: script ? speakerInBrowser(language, [...everywhere, ...script]) : speakerOf(language),
		/** the address without its language, for the switch of languages */
		path: pathWithoutLanguage(url.pathname) + url.search,
		institution: {
			name: inLanguage(institution.texts.name, [language]).text || 'Open Talks',
			accent: institution.accent,
			logo: institution.logoVersion === null ? null : `/logo/${institution.logoVersion}`,
			zone: institution.zone
		},
		isBare: route.id !== null && pages[route.id]?.bare === true,
		account: actor.kind === 'account' ? { isStaff: actor.roles.length > 0 } : null
	};
};
