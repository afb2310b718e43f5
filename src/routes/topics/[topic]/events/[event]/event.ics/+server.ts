import { pathInLanguage } from '#languages/languages.ts';
import { calendarOfEvent } from '#events/calendar-of-event.server.ts';
import { contextOf } from '#web/context.server.ts';
import { publicOrigin } from '#web/desk/inviting.server.ts';
import { eventOfPage } from '#web/events/event-page.server.ts';
import type { RequestHandler } from './$types';

/** One event for the calendar of whoever comes; a cancelled one says so to calendars that took it before. */
export const GET: RequestHandler = async (event) => {
	const { topic, planned } = await eventOfPage(event);
	const { language } = event.locals;
	const path = pathInLanguage(`/topics/${topic.slug}/events/${planned.number}`, language);
	const address = publicOrigin(contextOf(event).settings) + path;
	return new Response(calendarOfEvent(planned, { address, language, defaultLanguage: topic.defaultLanguage, remoteLink: null }), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="${topic.slug}-${planned.number}.ics"`
		}
	});
};
