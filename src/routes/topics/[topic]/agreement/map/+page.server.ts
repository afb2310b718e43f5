import { opinionMapOf } from '#agreement/opinion-map.server.ts';
import { fewestOnAMap } from '#agreement/published-map.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideasOfMap, pictureOf } from '#web/talk/opinion-map.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const isBlind = !resultsVisibleTo(event.locals.actor, topic, at);
	const { map, asOf } = isBlind ? { map: null, asOf: null } : await opinionMapOf(context.database, topic.topicId);
	return {
		topic: headOf(topic, event.locals.language),
		open: opennessOf(topic, at),
		isBlind,
		asOf,
		fewest: fewestOnAMap,
		map: map && {
			people: map.people,
			k: map.k,
			isNamed: map.groups !== null,
			stability: map.stability,
			divide: map.divide,
			falseDiscoveries: map.falseDiscoveries,
			represented: map.shortlist.represented,
			isJust: map.shortlist.isJust,
			picture: pictureOf(map, null),
			ideas: await ideasOfMap(context.database, topic.topicId, map)
		}
	};
};
