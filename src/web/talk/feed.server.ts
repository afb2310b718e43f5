import type { RequestEvent } from '@sveltejs/kit';
import { licenceOfContributions } from '#contributions/receiving.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { feedItemsOf } from '#newsroom/feeds/gathering.server.ts';
import type { Feed } from '#newsroom/feeds/feed.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { questionNumbered } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from './topic-of-page.server.ts';

type FeedEvent = Pick<RequestEvent, 'platform' | 'url' | 'request' | 'locals'> & { readonly params: { readonly topic: string } };

/** What the address of a feed asks for: all of a topic, one question (`?question=2`) or a search (`?search=…`). */
export async function feedOf(event: FeedEvent, form: 'feed.atom' | 'feed.json'): Promise<Feed> {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const topic = await topicOfPage(event);
	const asked = (name: string) => event.url.searchParams.get(name)?.slice(0, 300).replaceAll('\0', '').trim() || null;
	const [number, search] = [asked('question'), asked('search')];
	const question = number === null ? null : questionNumbered(topic, number);
	if (question === undefined) throw refusal('not-found');
	const institution = await institutionSeen(database);
	const rows = await feedItemsOf(database, topic.topicId, { questionId: question?.questionId ?? null, search });
	const { title } = headOf(topic, language);
	const query = new URLSearchParams({
		...(number !== null && { question: number }),
		...(search !== null && { search })
	}).toString();
	const link = (path: string) => event.url.origin + pathInLanguage(`/topics/${topic.slug}${path}`, language);
	const own = (path: string) => link(path) + (query === '' ? '' : `?${query}`);
	const of = [
		question ? inLanguage(question.texts['text'], [language], topic.defaultLanguage).text : '',
		search === null ? '' : say('feeds.search', { words: search })
	].filter(Boolean);
	return {
		id: search !== null ? own('/feed.atom') : `urn:uuid:${question?.questionId ?? topic.topicId}`,
		title: [title.text, ...of].join(' – '),
		language: title.language,
		page: query === '' ? link('') : own('/ideas'),
		address: own(`/${form}`),
		author: inLanguage(institution.texts.name, [language]).text || 'Open Talks',
		licence: licenceOfContributions,
		updated: new Date(Math.max(+(topic.publishedAt ?? topic.createdAt), ...rows.map(({ updated }) => +updated))),
		items: rows.map(({ path, title: own, ...row }) => ({
			...row,
			title: own ?? say('reports.title', { title: title.text }),
			address: link(path)
		}))
	};
}
