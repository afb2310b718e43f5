import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { decideOn, wordsOf } from '#ideas/moderating.server.ts';
import { hiddenThings, howManyWait, moderationQueue } from '#moderation/flagging.server.ts';
import { hidingReasons, moderatedKinds, moderationRules, type ModeratedKind } from '#moderation/rules.ts';
import { moderationRuleOf, setModerationRule } from '#moderation/ruling.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/topic-of-page.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const { topicId } = topic;
	const view = event.url.searchParams.get('view') === 'hidden' ? 'hidden' : 'waiting';
	const after = afterIn(event.url.searchParams.get('after'));
	const [rule, waits, queue] = await Promise.all([
		moderationRuleOf(database, topicId),
		howManyWait(database, topicId),
		view === 'hidden' ? hiddenThings(database, topicId, after) : moderationQueue(database, topicId, after)
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
		things: queue.waiting.flatMap((waiting) => {
			const shown = words.get(`${waiting.kind} ${waiting.thingId}`);
			return shown ? [{ ...shown, ...waiting }] : [];
		}),
		after: queue.more && last ? `${last.since.toISOString()} ${last.thingId}` : null,
		done: event.url.searchParams.get('done')
	};
};

const thing = { kind: z.enum(moderatedKinds), thing: z.uuid(), words: z.string().default('') };
const ruleForm = z.object({ rule: z.enum(moderationRules) });
const decisionForm = z.object(thing);
const hidingForm = z.object({ ...thing, reason: z.enum(hidingReasons, 'refusals.reason-missing') });

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
		const { reason, words, ...named } = parse(hidingForm, typed, event.locals.say);
		await decided(event, named, { decision: 'hidden', reason, words });
	})
};

async function decide(event: RequestEvent, typed: FormData, decision: 'approved' | 'restored' | 'flags-dismissed') {
	const { words, ...named } = parse(decisionForm, typed, event.locals.say);
	await decided(event, named, { decision, words });
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
