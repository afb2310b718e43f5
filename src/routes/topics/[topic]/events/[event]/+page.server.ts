import { ideasOfCafe } from '#cafes/harvest/opinions.server.ts';
import { attendanceOf } from '#events/attendance.server.ts';
import { isOver, showsNames } from '#events/event.ts';
import { hubsOf } from '#events/hubs.server.ts';
import { closedBecause, waysOf } from '#events/registration.ts';
import { listedOf } from '#events/registrations.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { publicLinks } from '#web/events/event-links.ts';
import { eventOfPage, eventShown, linksFor } from '#web/events/event-page.server.ts';
import { figuresOfMeeting } from '#townhalls/minutes/figures.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { attendanceShown } from '#web/events/people.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { language, say } = event.locals;
	const { database } = contextOf(event);
	const [institution, hubs, listed, attendance, figures] = await Promise.all([
		institutionSeen(database),
		hubsOf(database, planned),
		showsNames(planned) ? listedOf(database, planned) : [],
		planned.state === 'held' ? attendanceOf(database, planned) : null,
		planned.state !== 'cancelled' && isOver(planned, at) ? figuresOfMeeting(database, planned) : null
	]);
	const closed = closedBecause(planned, at);
	const ideas = planned.kind === 'cafe' ? (await ideasOfCafe(database, planned)).length : 0;
	return {
		topic: headOf(topic, language),
		event: eventShown(planned, topic, language, at),
		canRegister: (closed === null && waysOf(planned).length > 0) || closed === 'event-for-invited',
		listed: listed.map(({ number, name, organisation }) => ({ number, name, organisation })),
		hubs: hubs.map(({ number, place, headsCounted }) => ({ number, place, heads: headsCounted })),
		attendance: attendance && attendanceShown(attendance, institution, say),
		ideas,
		figures: figures && { ...figures, groups: groupOptions(institution, say) },
		links: linksFor(publicLinks, event, { topic, planned })
	};
};
