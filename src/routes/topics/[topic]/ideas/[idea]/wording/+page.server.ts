import { z } from 'zod';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { suggestWording } from '#ideas/suggesting.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn } from '#web/talk/idea-numbers.server.ts';
import { fieldsOfSending, onToReceipt, sendingPage, stateBeside } from '#web/sending/sending.server.ts';
import { suspicionOf } from '#web/sending/suspicion.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { actor } = event.locals;
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const idea = await ideaPage(context.database, topic, ideaNumberIn(event.params.idea), { actor, at });
	const newest = idea.versions[0];
	if (!newest || idea.isDrawn) throw refusal('not-found');
	return {
		...(await sendingPage(event, topic, 'ideas')),
		idea: { ...newest, number: idea.number, language: idea.language }
	};
};

const form = z.object({
	point: z.string().default(''),
	explanation: z.string().default(''),
	seen: z.coerce.number().int().min(1).default(1),
	...fieldsOfSending
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const { actor, say } = event.locals;
		const { requestKey, language: _, ...draft } = parse(form, typed, say);
		const topic = await topicOfPage(event);
		const number = ideaNumberIn(event.params.idea);
		const suspicion = await suspicionOf(event, typed);
		await stateBeside(event, topic, typed);
		const sent = await suggestWording(
			database,
			keys,
			{
				...draft,
				topicId: topic.topicId,
				number,
				requestKey: requestKey || null,
				suspicion
			},
			actor
		);
		onToReceipt(event, topic, sent);
	}, 'writing')
};
