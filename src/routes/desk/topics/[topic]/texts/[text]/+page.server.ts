import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { allocateTexts, markRead, reopen } from '#contributions/reading.server.ts';
import { eraseWithoutReceipt } from '#ideas/requests/answering.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing/drawing.server.ts';
import { ideasToChoose } from '#ideas/drawing/finding.server.ts';
import { stances } from '#ideas/stances.server.ts';
import { undoLastAct } from '#ideas/drawing/undoing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering, localized, parse, whatWasTyped } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { chosenQuotes } from '#web/desk/chosen-quotes.server.ts';
import { textAtDesk, textOfPage, type TextEvent } from '#web/desk/text-at-desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => textAtDesk(event);

const question = z.union([z.literal('').transform(() => null), z.uuid()]).default(null);
const drawing = z.object({
	requestKey: z.string().min(8).max(80),
	point: z.string().trim().min(1, 'texts.point-missing'),
	explanation: z.string().default(''),
	question,
	language: z.string().default('und')
});
const attaching = z.object({
	requestKey: z.string().min(8).max(80),
	idea: z.coerce.number({ error: 'texts.idea-missing' }).int().positive('texts.idea-missing'),
	stance: z.enum(stances, { error: 'texts.stance-missing' })
});

const erasing = z.object({ asker: z.string().trim().min(1, 'texts.erase-asker-missing') });

/** After each act the same page again, at the note of what was done. */
function back(event: TextEvent, slug: string, fragment = ''): never {
	contextOf(event).cache.purge([`/topics/${slug}`]);
	redirect(303, localized(event, `/desk/topics/${slug}/texts/${event.params.text}`) + fragment);
}

export const actions: Actions = {
	draw: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { actor, say } = event.locals;
		const quotes = chosenQuotes(typed, say);
		const { requestKey, point, explanation, question: questionId, language } = parse(drawing, typed, say);
		const { topic, topicId, contributionId } = await textOfPage(event);
		const wording = { point, explanation, sources: '', questionId, language };
		const { number } = await drawIdea(database, { topicId, contributionId, quotes, requestKey }, wording, actor);
		back(event, topic.slug, `#idea-${quotes[0]!.part}-${number}`);
	}),
	attach: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { actor, say } = event.locals;
		const quotes = chosenQuotes(typed, say);
		const { requestKey, idea: number, stance } = parse(attaching, typed, say);
		const { topic, topicId, contributionId } = await textOfPage(event);
		await attachPassages(database, { topicId, contributionId, quotes, requestKey }, { number, stance }, actor);
		back(event, topic.slug, `#idea-${quotes[0]!.part}-${number}`);
	}),
	find: answering(async (event, typed) => {
		const { topicId } = await textOfPage(event);
		const words = typed.get('q');
		const found = await ideasToChoose(contextOf(event).database, topicId, typeof words === 'string' ? words.slice(0, 300) : '');
		return { found, refused: null, errors: {}, typed: whatWasTyped(typed) };
	}),
	read: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { topic, topicId, contributionId } = await textOfPage(event);
		const outcome = typed.get('outcome');
		if (outcome !== 'done' && outcome !== 'nothing-to-draw') throw refusal('not-found');
		await markRead(database, { topicId, contributionId, outcome }, event.locals.actor);
		back(event, topic.slug, '#reading');
	}),
	reopen: answering(async (event) => {
		const { topic, topicId, contributionId } = await textOfPage(event);
		await reopen(contextOf(event).database, { topicId, contributionId }, event.locals.actor);
		back(event, topic.slug, '#reading');
	}),
	take: answering(async (event) => {
		const { topic, topicId, contributionId } = await textOfPage(event);
		const { actor } = event.locals;
		if (actor.kind !== 'account') throw refusal('not-allowed');
		await allocateTexts(contextOf(event).database, topicId, [contributionId], actor.accountId, actor);
		back(event, topic.slug, '#reading');
	}),
	erase: answering(async (event, typed) => {
		const { database, keys } = contextOf(event);
		const { asker } = parse(erasing, typed, event.locals.say);
		const { topic, topicId, contributionId } = await textOfPage(event);
		await eraseWithoutReceipt(database, keys, { topicId, contributionId, words: asker }, event.locals.actor);
		contextOf(event).cache.purge([`/topics/${topic.slug}`]);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts`));
	}),
	undo: answering(async (event) => {
		const { topic, topicId, contributionId } = await textOfPage(event);
		await undoLastAct(contextOf(event).database, { topicId, contributionId }, event.locals.actor);
		back(event, topic.slug, '#reading');
	})
};
