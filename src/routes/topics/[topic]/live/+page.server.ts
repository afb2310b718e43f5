import { renderSVG } from 'uqr';
import { pathInLanguage } from '#languages/languages.ts';
import { toldOf } from '#live/totals.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { language } = event.locals;
	const topic = await topicOfPage(event);
	const now = await toldOf(contextOf(event).database, topic.topicId);
	if (!now) throw refusal('not-found');
	const { isOpen } = opennessOf(topic, now.at).opinions;
	return {
		topic: headOf(topic, language),
		told: now.told,
		at: now.at,
		takePart: isOpen ? wayIn(new URL(pathInLanguage(`/topics/${topic.slug}/opinions`, language), event.url)) : null
	};
};

/** For the phones of those who see the page on a screen in a room. */
function wayIn({ href, host, pathname }: URL): { shown: string; picture: string } {
	return { shown: host + pathname, picture: `data:image/svg+xml,${encodeURIComponent(renderSVG(href, { border: 2 }))}` };
}
