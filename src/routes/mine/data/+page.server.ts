import { ownData } from '#newsroom/own-data.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { actor, language, say } = event.locals;
	const [data, institution] = await Promise.all([
		ownData(context.database, context.keys, actor, language, momentOf(context)),
		institutionSeen(context.database)
	]);
	return {
		own: {
			...data,
			talks: data.talks.map((talk) => ({
				...talk,
				profiles: talk.profiles.map((profile) => ({
					...profile,
					groups: profile.groups.map((group) => groupName(institution, group, say))
				}))
			}))
		}
	};
};
