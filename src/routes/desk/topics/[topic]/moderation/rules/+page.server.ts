import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { addHouseRule, changeHouseRule, endHouseRule, houseRules } from '#moderation/house-rules.server.ts';
import { setThreshold, thresholdOf } from '#moderation/noticing.server.ts';
import { moderationRules } from '#moderation/rules.ts';
import { moderationRuleOf, setModerationRule } from '#moderation/ruling.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { textsForForm, textsFrom } from '#web/texts/texts-of-form.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

const fields = ['title', 'explanation'];

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const [rule, threshold, rules] = await Promise.all([
		moderationRuleOf(database, topic.topicId),
		thresholdOf(database, topic.topicId),
		houseRules(database, topic.topicId)
	]);
	return {
		topic: headOf(topic, event.locals.language),
		languages: topic.languages,
		rule,
		threshold,
		rules: rules.map(({ number, endedAt, texts }) => ({ number, isEnded: endedAt !== null, texts: textsForForm(texts, fields) })),
		done: event.url.searchParams.get('done')
	};
};

const ruleForm = z.object({ rule: z.enum(moderationRules) });
const thresholdForm = z.object({ things: z.string().regex(/^\s*\d{0,6}\s*$/u, 'refusals.field') });
const numberForm = z.object({ number: z.coerce.number().int().min(1) });

export const actions: Actions = {
	rule: answering(async (event, typed) => {
		const { rule } = parse(ruleForm, typed, event.locals.say);
		const { topicId } = await topicOfPage(event, { drafts: true });
		await setModerationRule(contextOf(event).database, topicId, rule, event.locals.actor);
		onward(event, 'rule');
	}),
	threshold: answering(async (event, typed) => {
		const things = Number(parse(thresholdForm, typed, event.locals.say).things.trim());
		const { topicId } = await topicOfPage(event, { drafts: true });
		await setThreshold(contextOf(event).database, topicId, things > 0 ? things : null, event.locals.actor);
		onward(event, 'threshold');
	}),
	add: answering(async (event, typed) => {
		const { topicId, languages, slug } = await topicOfPage(event, { drafts: true });
		await addHouseRule(contextOf(event).database, topicId, textsFrom(typed, fields, languages, 'new.'), event.locals.actor);
		contextOf(event).cache.purge([`/topics/${slug}`]);
		onward(event, 'house-rule');
	}),
	change: answering(async (event, typed) => {
		const { number } = parse(numberForm, typed, event.locals.say);
		const { topicId, languages, slug } = await topicOfPage(event, { drafts: true });
		const texts = textsFrom(typed, fields, languages, `rule-${number}.`);
		await changeHouseRule(contextOf(event).database, { topicId, number }, texts, event.locals.actor);
		contextOf(event).cache.purge([`/topics/${slug}`]);
		onward(event, 'house-rule');
	}),
	end: answering(async (event, typed) => {
		const { number } = parse(numberForm, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await endHouseRule(contextOf(event).database, { topicId, number }, event.locals.actor);
		contextOf(event).cache.purge([`/topics/${slug}`]);
		onward(event, 'house-rule');
	})
};

function onward(event: RequestEvent<{ topic: string }>, done: string): never {
	redirect(303, localized(event, `/desk/topics/${event.params.topic}/moderation/rules?done=${done}`));
}
