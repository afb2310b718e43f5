import type { RequestEvent } from '@sveltejs/kit';
import { countsOf } from '#activity/counting.server.ts';
import { ideasOnTopic } from '#ideas/listing.server.ts';
import { wordsOf } from '#languages/texts.server.ts';
import { hasPublicNotices } from '#newsroom/notices/writing.server.ts';
import { publishedReports } from '#reports/publishing.server.ts';
import { deliverablesShown, libraryShown, topicShown } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { eventsShown } from '#web/events/event-page.server.ts';
import { organisersMarkdown } from '#web/texts/markdown.server.ts';
import { momentOf } from './topic-of-page.server.ts';

const few = 4;

/** Everything that the page of a talk shows: to the public, and to its organisers before it is public. */
export async function talkPage(event: Pick<RequestEvent, 'platform' | 'locals'>, topic: Topic) {
	const context = contextOf(event);
	const { language } = event.locals;
	const at = momentOf(context);
	const shown = topicShown(topic, language, at);
	const asked = { actor: event.locals.actor, at };
	const [counts, newest, supported, reports, hasNotices, events] = await Promise.all([
		countsOf(context.database, topic.topicId),
		ideasOnTopic(context.database, topic, { sort: 'newest' }, asked),
		ideasOnTopic(context.database, topic, { sort: 'supported' }, asked),
		publishedReports(context.database, topic.topicId),
		hasPublicNotices(context.database, topic.topicId),
		eventsShown(event, topic)
	]);
	const words = wordsOf(topic.texts, ['background', 'remit', 'convenor', 'statement'], [language], topic.defaultLanguage);
	return {
		topic: shown,
		counts: {
			ideas: counts['ideas'] ?? 0,
			comments: counts['comments'] ?? 0,
			submissions: counts['submissions'] ?? 0,
			ofQuestions: shown.questions.map(({ questionId }) => counts[`ideas-of-question ${questionId}`] ?? 0)
		},
		reports,
		hasNotices,
		events: [...events.toCome, ...events.over].slice(0, few),
		newest: newest.ideas.slice(0, few),
		// while results are blind the list answers in another order, and there is nothing to show
		supported: supported.sort === 'supported' ? supported.ideas.slice(0, few) : [],
		background: words.background.text === '' ? null : { ...words.background, html: organisersMarkdown(words.background.text) },
		statement: words.statement.text === '' ? null : { ...words.statement, html: organisersMarkdown(words.statement.text) },
		convenor: words.convenor,
		remit: words.remit,
		library: libraryShown(topic, language),
		deliverables: deliverablesShown(topic, language)
	};
}
