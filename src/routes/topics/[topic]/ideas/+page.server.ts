import { countsOf } from '#activity/counting.server.ts';
import { channels } from '#contributions/contribution.ts';
import { howManyIdeas, mostIdeasCounted } from '#ideas/counting-listed.server.ts';
import { ideaSorts } from '#ideas/idea.ts';
import { ideasOnTopic } from '#ideas/listing.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { regions } from '#people/regions.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { questionNumbered } from '#topics/topic.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const asked = askedIn(event.url.searchParams);
	const question = questionNumbered(topic, asked.question ?? '')?.questionId ?? null;
	const [{ list, found }, totals, institution] = await Promise.all([
		listed(),
		countsOf(context.database, topic.topicId),
		institutionSeen(context.database)
	]);
	const numbers = new Map(topic.questions.map(({ questionId, number }) => [questionId, number]));
	const { after, ...filters } = asked;
	const isFiltered = ['search', 'question', 'group', 'region', 'channel', 'language'].some((name) => name in filters);
	return {
		topic: headOf(topic, language),
		open: opennessOf(topic, at),
		ideas: list.ideas.map(({ author, questionId, ...idea }) => ({
			...idea,
			question: questionId === null ? null : (numbers.get(questionId) ?? null),
			author: authorLine(author, institution, say)
		})),
		sort: list.sort,
		sorts: ideaSorts.filter((sort) => sort !== 'supported' || resultsVisibleTo(actor, topic, at)),
		after: list.after,
		isContinued: after !== undefined,
		asked: filters,
		isFiltered,
		total: isFiltered ? found : (totals['ideas'] ?? 0),
		most: mostIdeasCounted,
		isMore: found !== null && found > mostIdeasCounted,
		questions: topic.questions.map(({ number, texts }) => ({
			number,
			text: inLanguage(texts['text'], [language], topic.defaultLanguage)
		})),
		groups: groupOptions(institution, say),
		regions,
		channels
	};

	async function listed() {
		const wishes = { ...asked, question };
		const found = await howManyIdeas(context.database, topic.topicId, wishes);
		return { found, list: await ideasOnTopic(context.database, topic, wishes, { actor, at, found }) };
	}
};

const asks = ['search', 'question', 'group', 'region', 'channel', 'language', 'sort', 'after'] as const;

/** What the address asks for; an empty field of the form is as if it were not there. */
function askedIn(parameters: URLSearchParams): Partial<Record<(typeof asks)[number], string>> {
	return Object.fromEntries(
		asks.flatMap((name) => {
			const asked = parameters.get(name)?.slice(0, 300).replaceAll('\0', '') ?? '';
			return asked === '' ? [] : [[name, asked]];
		})
	);
}
