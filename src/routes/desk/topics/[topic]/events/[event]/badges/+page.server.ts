import { renderSVG } from 'uqr';
import { badgeOf } from '#events/badge.ts';
import { showsGroups } from '#events/event.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const [registrations, institution] = await Promise.all([registrationsOf(database, planned), institutionSeen(database)]);
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		badges: registrations
			.filter(({ state, way, name }) => state === 'placed' && way === 'room' && name !== null)
			.map(({ registrationId, number, name, organisation, group }) => ({
				...{ number, organisation },
				name: name!,
				// a badge that names a group tells at the table who speaks for whom
				group: group !== null && showsGroups(planned) ? groupName(institution, group, say) : null,
				picture: `data:image/svg+xml,${encodeURIComponent(renderSVG(badgeOf(registrationId), { border: 1, ecc: 'M' }))}`
			}))
			.sort((one, other) => one.name.localeCompare(other.name, language))
	};
};
