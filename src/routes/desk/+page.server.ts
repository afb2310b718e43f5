import { isModerator, isRapporteur, isSecretariat, isStaff } from '#activity/staff.ts';
import { askingIn } from '#contributions/receipts/requests.server.ts';
import { waitingIn } from '#moderation/queue.server.ts';
import { topicsListed } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { standing } from '#topics/stages/stage.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { actor, language } = event.locals;
	const at = momentOf(context);
	const topics = (await topicsListed(context.database, { drafts: true })).filter(({ topicId }) => isStaff(actor, topicId));
	const topicIds = topics.map(({ topicId }) => topicId);
	const [waiting, asking] = await Promise.all([waitingIn(context.database, topicIds), askingIn(context.database, topicIds)]);
	const asked = (topicId: string) => {
		const { appeals, erasures } = asking.get(topicId) ?? { appeals: 0, erasures: 0 };
		return { appeals: isModerator(actor, topicId) ? appeals : 0, erasures: isSecretariat(actor) ? erasures : 0 };
	};
	return {
		isSecretariat: isSecretariat(actor),
		topics: topics.map((topic) => ({
			...headOf(topic, language),
			isDraft: topic.publishedAt === null,
			isArchived: topic.archivedAt !== null,
			standing: standing(topic.stages, at),
			closesAt: topic.stages.length > 0 ? new Date(Math.max(...topic.stages.map(({ closesAt }) => +closesAt))) : null,
			waits: waiting.get(topic.topicId) ?? { held: 0, flagged: 0 },
			asks: asked(topic.topicId),
			mayModerate: isModerator(actor, topic.topicId),
			mayDraw: isRapporteur(actor, topic.topicId)
		}))
	};
};
