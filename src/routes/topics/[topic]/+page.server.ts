import { talkPage } from '#web/talk-page.server.ts';
import { topicOfPage } from '#web/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => talkPage(event, await topicOfPage(event));
