import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actor } from '#activity/actor.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { ownOpinion } from '#ideas/opinions/opinions.server.ts';
import { opinionWords } from '#ideas/opinions/opinion.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { opinionsAre } from '#topics/stages/stage.ts';
import { profileOf } from '#topics/participants/stating.server.ts';
import { questionNumbered, type Question, type Topic } from '#topics/topic.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { askedOfCafe, type AskedOfCafe } from '#web/cafes/asked-of-cafe.server.ts';
import { contextOf, type Context } from '#web/context.server.ts';
import { ideaNumberIn, numberAsked } from '#web/talk/idea-numbers.server.ts';
import { markdown } from '#web/texts/markdown.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database, keys, opinions } = context;
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event);
	const { topicId } = topic;
	const at = momentOf(context);
	const participant = topic.archivedAt === null ? await seenParticipant(database, keys, topicId, actor) : null;
	const profile = participant ? await profileOf(database, topicId, participant.number) : null;
	const reads = profile && profile.reads.length > 0 ? profile.reads : [language];
	const stated = { reads, groups: profile?.groups ?? [] };
	const asked = numberAsked(event.url.searchParams, 'idea');
	const judged = numberAsked(event.url.searchParams, 'judged');
	const question = questionAsked(topic, event.url);
	const questionId = question?.questionId ?? null;
	const cafe = await askedOfCafe(event, topic, participant?.number ?? null);
	const judging = { asked, judged, participant: participant?.number ?? null, stated, question: questionId, cafe, actor, at };
	const idea = await ideaToJudge(context, topic, judging);
	const [institution, progress, own, last] = await Promise.all([
		institutionSeen(database),
		cafe
			? { judged: cafe.judged.size, ideas: cafe.ideas.length }
			: opinions.progress(topicId, participant?.number ?? null, questionId),
		idea && participant ? ownOpinion(database, topicId, participant.number, idea.number) : null,
		lastOpinion(context, topicId, participant?.number ?? null, numberAsked(event.url.searchParams, 'from'))
	]);
	const newest = idea?.versions[0];
	return {
		topic: headOf(topic, language),
		open: opennessOf(topic, at),
		isBlind: opinionsAre(topic.stages, at) === 'blind',
		question: question && {
			number: question.number,
			text: inLanguage(question.texts['text'], [language], topic.defaultLanguage)
		},
		cafe: cafe && { number: cafe.number, title: cafe.title },
		idea:
			idea && newest
				? {
						number: idea.number,
						version: newest.version,
						point: newest.point,
						explanation: newest.explanation === '' ? null : markdown(newest.explanation),
						language: idea.language,
						publishedAt: idea.publishedAt,
						channel: idea.channel,
						comments: idea.comments,
						author: authorLine(idea.author, institution, say)
					}
				: null,
		own,
		last,
		progress
	};
};

const form = z.object({
	value: z.enum(opinionWords),
	idea: z.string(),
	version: z.coerce.number().int().min(1).max(32767)
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { value, idea, version } = parse(form, typed, event.locals.say);
		const topic = await topicOfPage(event);
		const ideaNumber = ideaNumberIn(idea);
		const { opinions } = contextOf(event);
		const question = questionAsked(topic, event.url);
		const given = { ideaNumber, opinion: value, seen: version };
		await opinions.give(topic.topicId, event.locals.actor, given, question?.questionId ?? null);
		const cafe = numberAsked(event.url.searchParams, 'event');
		const of = question ? `&question=${question.number}` : cafe === null ? '' : `&event=${cafe}`;
		const onward = `from=${ideaNumber}${of}`;
		redirect(303, localized(event, `/topics/${topic.slug}/opinions?${onward}`));
	})
};

/** The guiding question whose ideas alone are asked about; null: all. */
function questionAsked(topic: Topic, url: URL): Question | null {
	return questionNumbered(topic, url.searchParams.get('question') ?? '') ?? null;
}

interface Judging {
	readonly asked: number | null;
	/** the opinion on it was refused just now: it is shown as it reads now */
	readonly judged: number | null;
	readonly participant: number | null;
	readonly stated: { readonly reads: readonly string[]; readonly groups: readonly string[] };
	/** id of the guiding question whose ideas alone are asked about */
	readonly question: string | null;
	readonly cafe: AskedOfCafe | null;
	readonly actor: Actor;
	readonly at: Date;
}

/** The idea that was asked for, or the next; one that was hidden a moment ago is passed over. */
async function ideaToJudge({ database, opinions }: Context, topic: Topic, { asked, judged, ...judging }: Judging) {
	const { participant, stated, question, cafe, actor, at } = judging;
	for (let first = asked ?? judged; ; first = null) {
		const number = first ?? (cafe ? cafe.next : await opinions.next(topic.topicId, actor, participant, stated, question));
		if (number === null) return null;
		const idea = await ideaPage(database, topic, number, { actor, at });
		if (idea.concealed === null) return idea;
		if (asked !== null) throw refusal('not-found');
		// of a café only what can be seen is asked for; what was judged a moment ago is passed over
		if (cafe && first === null) return null;
		await opinions.passOver(topic.topicId, number);
	}
}

/** What was said last, so that it can be taken back at once. */
async function lastOpinion({ database }: Context, topicId: string, participant: number | null, from: number | null) {
	if (participant === null || from === null) return null;
	const opinion = await ownOpinion(database, topicId, participant, from);
	return opinion && { number: from, opinion };
}
