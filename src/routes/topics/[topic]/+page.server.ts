import { talkPage } from '#web/talk/talk-page.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => talkPage(event, await topicOfPage(event));
