import { pathInLanguage } from '#languages/languages.ts';
import { wallOf } from '#web/cafes/wall.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const shown = await wallOf(event);
	const base = `/topics/${shown.topic.slug}/events/${shown.event.number}`;
	return { ...shown, page: base, news: pathInLanguage(`${base}/wall.json`, event.locals.language), seat: `${base}/seat` };
};
