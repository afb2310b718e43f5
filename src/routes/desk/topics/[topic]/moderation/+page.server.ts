import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isSecretariat } from '#activity/staff.ts';
import { askingIn } from '#contributions/requests.server.ts';
import { answerRequest } from '#ideas/answering-requests.server.ts';
import { decideOn, wordsOf } from '#ideas/moderating.server.ts';
import { requestsAtDesk } from '#ideas/requests-at-desk.server.ts';
import { hiddenThings, howManyWait, moderationQueue } from '#moderation/queue.server.ts';
import { hidingReasons, moderatedKinds, moderationRules, type ModeratedKind } from '#moderation/rules.ts';
import { moderationRuleOf, setModerationRule } from '#moderation/ruling.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const { topicId } = topic;
	const { searchParams } = event.url;
	const view = views.find((one) => one === searchParams.get('view')) ?? 'waiting';
	const after = afterIn(searchParams.get('after'));
	const maySeeErasures = isSecretariat(event.locals.actor);
	const [rule, waits, asking, requests, queue] = await Promise.all([
		moderationRuleOf(database, topicId),
		howManyWait(database, topicId),
		askingIn(database, [topicId]),
		view === 'asked' ? requestsAtDesk(database, topicId, { maySeeErasures }) : [],
		view === 'asked' ? nothing : (view === 'hidden' ? hiddenThings : moderationQueue)(database, topicId, after)
	]);
	const words = new Map(
		(await wordsOf(database, topicId, queue.waiting)).map((shown) => [`${shown.kind} ${shown.thingId}`, shown])
	);
	const last = queue.waiting.at(-1);
	return {
		topic: headOf(topic, event.locals.language),
		view,
		rule,
		waits,
		asks: (asking.get(topicId)?.appeals ?? 0) + (maySeeErasures ? (asking.get(topicId)?.erasures ?? 0) : 0),
		requests,
		things: queue.waiting.flatMap((waiting) => {
			const shown = words.get(`${waiting.kind} ${waiting.thingId}`);
			return shown ? [{ ...shown, ...waiting }] : [];
		}),
		after: queue.more && last ? `${last.since.toISOString()} ${last.thingId}` : null,
		done: event.url.searchParams.get('done')
	};
};

const views = ['waiting', 'hidden', 'asked'] as const;
const nothing = { waiting: [], more: false };

const thing = {
	kind: z.enum(moderatedKinds),
	thing: z.uuid(),
	seen: z.coerce.number().int().min(1),
	words: z.string().default('')
};
const ruleForm = z.object({ rule: z.enum(moderationRules) });
const decisionForm = z.object(thing);
const hidingForm = z.object({ ...thing, reason: z.enum(hidingReasons, 'refusals.reason-missing') });

const answerForm = z.object({ request: z.uuid(), words: z.string().default('') });

export const actions: Actions = {
	rule: answering(async (event, typed) => {
		const { rule } = parse(ruleForm, typed, event.locals.say);
		const topic = await topicOfPage(event, { drafts: true });
		await setModerationRule(contextOf(event).database, topic.topicId, rule, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/moderation?done=rule`));
	}),
	approve: answering((event, typed) => decide(event, typed, 'approved')),
	restore: answering((event, typed) => decide(event, typed, 'restored')),
	dismiss: answering((event, typed) => decide(event, typed, 'flags-dismissed')),
	hide: answering(async (event, typed) => {
		const { reason, words, seen, ...named } = parse(hidingForm, typed, event.locals.say);
		await decided(event, named, { decision: 'hidden', reason, words, seen });
	}),
	grant: answering((event, typed) => answer(event, typed, true)),
	decline: answering((event, typed) => answer(event, typed, false))
};

async function answer(event: RequestEvent, typed: FormData, grants: boolean) {
	const { request, words } = parse(answerForm, typed, event.locals.say);
	const { database, keys, cache } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	await answerRequest(database, keys, { topicId: topic.topicId, requestId: request, grants, words }, event.locals.actor);
	cache.purge([`/topics/${topic.slug}`]);
	redirect(303, localized(event, `/desk/topics/${topic.slug}/moderation?view=asked&done=${grants ? 'granted' : 'declined'}`));
}

async function decide(event: RequestEvent, typed: FormData, decision: 'approved' | 'restored' | 'flags-dismissed') {
	const { words, seen, ...named } = parse(decisionForm, typed, event.locals.say);
	await decided(event, named, { decision, words, seen });
}

async function decided(
	event: RequestEvent,
	named: { kind: ModeratedKind; thing: string },
	deciding: Parameters<typeof decideOn>[2]
) {
	const { database, cache } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const moderated = { topicId: topic.topicId, kind: named.kind, thingId: named.thing };
	await decideOn(database, moderated, deciding, event.locals.actor);
	cache.purge([`/topics/${topic.slug}`]);
	const view = deciding.decision === 'restored' ? 'view=hidden&' : '';
	redirect(303, localized(event, `/desk/topics/${topic.slug}/moderation?${view}done=${deciding.decision}`));
}

function afterIn(text: string | null): { since: Date; thingId: string } | null {
	const [since = '', thingId = ''] = text?.split(' ') ?? [];
	return z.iso.datetime().safeParse(since).success && z.uuid().safeParse(thingId).success
		? { since: new Date(since), thingId }
		: null;
}
