import { isSecretariat } from '#activity/staff.ts';
import { regions } from '#people/regions.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { participationOf } from '#topics/participation/participation.server.ts';
import { headOf } from '#topics/showing.server.ts';
import type { Cell } from '#topics/participation/small-numbers.ts';
import { targetsOf, type Target } from '#topics/participation/targets.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const [participation, targets, institution] = await Promise.all([
		participationOf(database, topic.topicId, actor),
		targetsOf(database, topic.topicId),
		institutionSeen(database)
	]);
	const against = (
		dimension: Target['dimension'],
		cells: readonly Cell[],
		keys: readonly string[],
		name: (key: string) => string
	) =>
		[...new Set([...keys, ...cells.map(({ key }) => key)])].map((key) => {
			const cell = cells.find((known) => known.key === key);
			return {
				key,
				label: key === '' ? say('groups.not-stated') : name(key),
				people: cell ? cell.people : 0,
				target: targets.find((target) => target.dimension === dimension && target.key === key)?.people ?? 0
			};
		});
	return {
		topic: headOf(topic, language),
		people: participation.people,
		maySetTargets: isSecretariat(actor),
		groups: against('group', participation.groups, institution.groups, (key) => groupName(institution, key, say)),
		regions: against('region', participation.regions, regions, (key) => {
			const message = `regions.${key}`;
			return say.knows(message) ? say(message) : key;
		}),
		languages: participation.languages.map(({ key, people }) => ({
			key,
			label: key === '' ? say('groups.not-stated') : say.languageName(key),
			people
		})),
		assurances: participation.assurances.map(({ key, people }) => {
			const message = `assurances.${key}`;
			return { key, label: say.knows(message) ? say(message) : key, people };
		})
	};
};
