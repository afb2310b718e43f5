import { printPage } from '#web/desk/paper-print.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => printPage(event, await topicOfPage(event, { drafts: true }));
