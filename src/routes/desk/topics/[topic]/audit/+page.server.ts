import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { namesOfAccounts } from '#people/role-holders.server.ts';
import { agreeToAudit, askForAudit, auditRequests, hoursOfAudit } from '#sheets/auditing.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { actor, language } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const at = momentOf(context);
	const requests = await auditRequests(context.database, topic.topicId, actor, at);
	const names = await namesOfAccounts(
		context.database,
		requests.flatMap(({ askedBy, agreedBy }) => (agreedBy ? [askedBy, agreedBy] : [askedBy]))
	);
	return {
		topic: headOf(topic, language),
		hours: hoursOfAudit,
		isBlind: !resultsVisibleTo(actor, topic, at),
		requests: requests.map(({ askedBy, agreedBy, ...request }) => ({
			...request,
			askedBy: names.get(askedBy) ?? '',
			agreedBy: agreedBy ? (names.get(agreedBy) ?? '') : ''
		})),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	ask: answering(async (event, typed) => {
		const { why } = parse(z.object({ why: z.string().trim().min(1, 'audit.why-missing').max(4000) }), typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await askForAudit(contextOf(event).database, topicId, why, event.locals.actor);
		return back(event, slug, 'asked');
	}),
	agree: answering(async (event, typed) => {
		const { request } = parse(z.object({ request: z.uuid() }), typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await agreeToAudit(contextOf(event).database, topicId, request, event.locals.actor);
		return back(event, slug, 'agreed');
	})
};

function back(event: RequestEvent, slug: string, done: string): never {
	redirect(303, localized(event, `/desk/topics/${slug}/audit?done=${done}`));
}
