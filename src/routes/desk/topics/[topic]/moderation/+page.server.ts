import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { answerRequest } from '#ideas/requests/answering.server.ts';
import { moderate, undoModeration } from '#ideas/moderating/moderating-many.server.ts';
import { answerThirdPerson } from '#ideas/requests/third-persons.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { claim, release } from '#moderation/claiming.server.ts';
import { setStandings } from '#moderation/standing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { deskOfModeration, tellingOf } from '#web/desk/moderation-desk.server.ts';
import { actOf, chosenIn, decidingForm, type acts } from '#web/desk/moderation-forms.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => deskOfModeration(event, await topicOfPage(event, { drafts: true }));

const answerForm = z.object({ request: z.uuid(), words: z.string().default('') });
const thirdForm = z.object({
	request: z.uuid(),
	answer: z.enum(['hidden', 'redacted', 'declined']),
	words: z.string().default(''),
	phrases: z.string().default('')
});

export const actions: Actions = {
	keep: answering((event, typed) => decided(event, typed, 'keep')),
	trust: answering((event, typed) => decided(event, typed, 'trust')),
	hide: answering((event, typed) => decided(event, typed, 'hide')),
	restore: answering((event, typed) => decided(event, typed, 'restore')),
	redact: answering((event, typed) => decided(event, typed, 'redact')),
	block: answering((event, typed) => decided(event, typed, 'block')),
	claim: answering((event, typed) => claimed(event, typed, false)),
	'take-over': answering((event, typed) => claimed(event, typed, true)),
	release: answering(async (event, typed) => {
		const { topicId } = await topicOfPage(event, { drafts: true });
		await release(contextOf(event).database, topicId, chosenIn(typed), event.locals.actor);
		onward(event, { done: 'released' });
	}),
	undo: answering(async (event, typed) => {
		const { act } = parse(z.object({ act: z.uuid() }), typed, event.locals.say);
		const { database, cache } = contextOf(event);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		const { undone, left } = await undoModeration(database, topicId, act, event.locals.actor);
		cache.purge([`/topics/${slug}`]);
		onward(event, { done: 'undone', count: String(undone), ...(left > 0 && { not: String(left) }) });
	}),
	reset: answering(async (event, typed) => {
		const { author } = parse(z.object({ author: z.coerce.number().int().min(1) }), typed, event.locals.say);
		const { database } = contextOf(event);
		const { topicId } = await topicOfPage(event, { drafts: true });
		const standing = { standing: 'ordinary' } as const;
		await inTransaction(database, (transaction) => setStandings(transaction, topicId, [author], standing, event.locals.actor));
		onward(event, { done: 'reset' });
	}),
	grant: answering((event, typed) => answered(event, typed, true)),
	decline: answering((event, typed) => answered(event, typed, false)),
	third: answering(async (event, typed) => {
		const { request: requestId, answer, words, phrases } = parse(thirdForm, typed, event.locals.say);
		const { database, keys, cache } = contextOf(event);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		const given = { topicId, requestId, answer, words, phrases: phrases.split(/[\r\n]+/u), contacts: false };
		await answerThirdPerson(database, keys, given, event.locals.actor);
		cache.purge([`/topics/${slug}`]);
		onward(event, { done: 'answered' });
	})
};

async function decided(event: RequestEvent<{ topic: string }>, typed: FormData, does: (typeof acts)[number]) {
	const given = parse(decidingForm, typed, event.locals.say);
	const { database, keys, cache } = contextOf(event);
	const { topicId, slug } = await topicOfPage(event, { drafts: true });
	const act = actOf(does, given);
	const wish = { topicId, chosen: chosenIn(typed), act, words: given.words };
	const outcome = await moderate(database, keys, wish, event.locals.actor);
	cache.purge([`/topics/${slug}`]);
	onward(event, tellingOf(act, outcome));
}

async function claimed(event: RequestEvent<{ topic: string }>, typed: FormData, takesOver: boolean) {
	const { topicId } = await topicOfPage(event, { drafts: true });
	const chosen = chosenIn(typed);
	const mine = await claim(contextOf(event).database, topicId, chosen, event.locals.actor, { takesOver });
	onward(event, { done: 'claimed', count: String(mine.length) });
}

async function answered(event: RequestEvent<{ topic: string }>, typed: FormData, grants: boolean) {
	const { request, words } = parse(answerForm, typed, event.locals.say);
	const { database, keys, cache } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	await answerRequest(database, keys, { topicId: topic.topicId, requestId: request, grants, words }, event.locals.actor);
	cache.purge([`/topics/${topic.slug}`]);
	onward(event, { done: grants ? 'granted' : 'declined' });
}

/** Back to the same view, with what was done. */
function onward(event: RequestEvent<{ topic: string }>, told: Record<string, string>): never {
	const query = new URLSearchParams(
		[...event.url.searchParams].filter(([name]) => ['view', 'kind', 'language', 'rule', 'hours', 'like', 'many'].includes(name))
	);
	for (const [name, value] of Object.entries(told)) query.set(name, value);
	redirect(303, localized(event, `/desk/topics/${event.params.topic}/moderation?${query}`));
}
