import { whereSomebodyStands } from '#agreement/where-you-stand.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import { pictureOf } from '#web/talk/opinion-map.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database, keys } = context;
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const head = { topic: headOf(topic, language), open: opennessOf(topic, at) };
	// an archived topic knows nobody any more
	const participant = topic.archivedAt === null ? await seenParticipant(database, keys, topic.topicId, actor) : null;
	if (!resultsVisibleTo(actor, topic, at)) return { ...head, isBlind: true, stands: null };
	if (participant === null) return { ...head, isBlind: false, stands: null };
	const [{ map, given, needed, place, group, declared, opinionGroups }, institution] = await Promise.all([
		whereSomebodyStands(database, topic.topicId, participant.number),
		institutionSeen(database)
	]);
	return {
		...head,
		isBlind: false,
		stands: {
			given,
			needed,
			group,
			hasMap: map !== null,
			isNamed: map?.groups != null,
			people: map?.people ?? 0,
			picture: map && place ? pictureOf(map, place) : null,
			declared: declared.map((one) => ({ ...one, name: groupName(institution, one.key, say) })),
			opinionGroups
		}
	};
};
