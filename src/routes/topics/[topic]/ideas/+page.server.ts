import { countsOf } from '#activity/counting.server.ts';
import { channels } from '#contributions/contribution.ts';
import { ideasFound, mostIdeasFound } from '#ideas/finding.server.ts';
import { ideaSorts } from '#ideas/idea.ts';
import { ideasOnTopic } from '#ideas/listing.server.ts';
import { confirmedThemes } from '#ideas/themes/listing.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { questionNumbered } from '#topics/topic.ts';
import { askedIn } from '#web/asked-in.ts';
import { contextOf } from '#web/context.server.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { channelKey } from '#web/talk/channels.ts';
import { byLanguage, byQuestion, byRegion, byTheme } from '#web/talk/filters.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const [themes, totals, institution] = await Promise.all([
		confirmedThemes(database, topic.topicId),
		countsOf(database, topic.topicId),
		institutionSeen(database)
	]);
	const filters = [
		byQuestion(topic, event.locals),
		byTheme(themes, event.locals),
		{
			name: 'group',
			label: say('ideas.group'),
			options: [...groupOptions(institution, say), { value: 'not-stated', label: say('groups.not-stated') }]
		} as const,
		byRegion(say('ideas.region'), event.locals),
		{
			name: 'channel',
			label: say('ideas.channel'),
			options: channels.map((value) => ({ value, label: say(channelKey(value)) }))
		} as const,
		byLanguage(event.locals)
	];
	const { asked, notHere } = askedIn(event.url.searchParams, filters, ['search', 'sort', 'after']);
	const wishes = {
		...asked,
		theme: asked.theme === undefined ? null : Number(asked.theme),
		question: questionNumbered(topic, asked.question ?? '')?.questionId ?? null
	};
	const found = await ideasFound(database, topic.topicId, wishes);
	const list = await ideasOnTopic(database, topic, wishes, { actor, at, found: found?.numbers ?? null });
	const numbers = new Map(topic.questions.map(({ questionId, number }) => [questionId, number]));
	const { after, sort, ...narrowing } = asked;
	const isFiltered = Object.keys(narrowing).length > 0;
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
		asked: { ...narrowing, ...(sort !== undefined && { sort }) },
		notHere,
		filters,
		isFiltered,
		total: isFiltered ? (found?.count ?? null) : (totals['ideas'] ?? 0),
		most: mostIdeasFound,
		isMore: found !== null && found.numbers === null
	};
};
