import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { moveStage } from '#topics/stages/staging.server.ts';
import { topicShown } from '#topics/showing.server.ts';
import { instantOf, wallTime } from '#topics/stages/zones.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { forgetPages, setupHead } from '#web/desk/setup.server.ts';
import { textsFrom } from '#web/texts/texts-of-form.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	const at = momentOf(contextOf(event));
	const stage = topicShown(topic, event.locals.language, at).stages.find(({ stageId }) => stageId === event.params.stage);
	if (!stage) throw refusal('not-found');
	return {
		...setupHead(event, topic),
		stage,
		opens: wallTime(stage.opensAt, stage.zone),
		closes: wallTime(stage.closesAt, stage.zone),
		hasBegun: stage.opensAt <= at
	};
};

const form = z.object({ opens: z.string().default(''), closes: z.string() });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const topic = await topicOfPage(event, { drafts: true });
		const stage = topic.stages.find(({ stageId }) => stageId === event.params.stage);
		if (!stage) throw refusal('not-found');
		const { opens, closes } = parse(form, typed, say);
		const opensAt = opens === '' ? stage.opensAt : instantOf(opens, stage.zone, stage.opensAt);
		const closesAt = instantOf(closes, stage.zone, stage.closesAt);
		const note = textsFrom(typed, ['note'], topic.languages)['note']!;
		const errors = {
			...(opensAt ? {} : { opens: say('desk.opens-missing') }),
			...(closesAt ? {} : { closes: say('desk.closes-missing') }),
			...(Object.values(note).some(Boolean) ? {} : { note: say('refusals.note-missing') })
		};
		if (!opensAt || !closesAt || Object.keys(errors).length > 0) throw new WrongInput(errors);
		await moveStage(contextOf(event).database, topic.topicId, stage.stageId, { opensAt, closesAt, note }, actor);
		forgetPages(event, topic.slug);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/setup/stages?saved`));
	})
};
