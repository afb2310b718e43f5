import type { Attendance } from '#events/attendance.server.ts';
import type { Registration } from '#events/registration.ts';
import type { Say } from '#languages/speaking.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import { regionName } from './registration-form.server.ts';

/** What staff see of somebody who registered. */
export function personAtDesk(one: Registration, institution: Institution, say: Say) {
	const { registrationId, number, way, name, email, group, region, organisation, accessNeeds, languages, state, hasCome } = one;
	return {
		...{ registrationId, number, way, name, email, organisation, accessNeeds, state, hasCome },
		languages: say.list(languages.map(say.languageName)),
		group: group === null ? null : groupName(institution, group, say),
		region: region === null ? null : regionName(region, say)
	};
}

/** The attendance with the names of groups and regions. */
export function attendanceShown(attendance: Attendance, institution: Institution, say: Say) {
	const named = (cells: Attendance['groups'], name: (key: string) => string, none: string) =>
		cells.map(({ key, people }) => ({ key, name: key === '' ? none : name(key), people }));
	return {
		...attendance,
		groups: named(attendance.groups, (key) => groupName(institution, key, say), say('groups.not-stated')),
		regions: named(attendance.regions, (key) => regionName(key, say), say('regions.not-stated'))
	};
}
