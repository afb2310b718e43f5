import { activityPage } from '#web/desk/activity.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => activityPage(event, null);
