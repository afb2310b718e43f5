import { institutionSeen } from '#topics/institution/institution.server.ts';
import { contextOf } from '#web/context.server.ts';
import { factsOfTalk } from '#web/talk/facts.server.ts';
import { talkPage } from '#web/talk/talk-page.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	const [page, institution] = await Promise.all([talkPage(event, topic), institutionSeen(contextOf(event).database)]);
	return { ...page, facts: factsOfTalk(event, page.topic, institution) };
};
