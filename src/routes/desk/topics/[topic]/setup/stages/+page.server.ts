import { institutionSeen } from '#topics/institution/institution.server.ts';
import { runs } from '#topics/stages/stage.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { wallTime, zones } from '#topics/stages/zones.ts';
import { answering } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { goOn, setupHead } from '#web/desk/setup.server.ts';
import { stagesFrom } from '#web/desk/stages-of-form.server.ts';
import { textsForForm } from '#web/texts/texts-of-form.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const { zone } = await institutionSeen(context.database);
	const at = momentOf(context);
	return {
		...setupHead(event, topic),
		stages: topic.stages.map((stage) => ({
			stageId: stage.stageId,
			texts: textsForForm(stage.texts, ['name', 'explanation']),
			opens: wallTime(stage.opensAt, stage.zone),
			closes: wallTime(stage.closesAt, stage.zone),
			opensAt: stage.opensAt,
			closesAt: stage.closesAt,
			zone: stage.zone,
			takes: [
				...(stage.takesIdeas ? ['ideas'] : []),
				...(stage.takesSubmissions ? ['submissions'] : []),
				...(stage.takesComments ? ['comments'] : [])
			],
			opinions: stage.takesOpinions,
			hasBegun: stage.opensAt <= at,
			runs: runs(stage, at)
		})),
		zone: topic.stages[0]?.zone ?? zone,
		zones
	};
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const topic = await topicOfPage(event, { drafts: true });
		await setStages(contextOf(event).database, topic.topicId, stagesFrom(typed, topic, say), actor);
		goOn(event, topic.slug, 'stages', typed);
	})
};
