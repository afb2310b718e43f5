import { activityFile } from '#web/desk/activity.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => activityFile(event, null, 'activity.csv');
