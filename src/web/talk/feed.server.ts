import type { RequestEvent } from '@sveltejs/kit';
import { licenceOfContributions } from '#contributions/receiving.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { inLanguage, wordsOf } from '#languages/texts.server.ts';
import { feedItemsOf, mostInFeed } from '#newsroom/feeds/gathering.server.ts';
import type { Feed, FeedItem } from '#newsroom/feeds/feed.ts';
import { noticesOf } from '#newsroom/notices/writing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { questionNumbered, type Topic } from '#topics/topic.ts';
import { turnsOf } from '#topics/stages/turning.server.ts';
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
	const things = rows.map(({ path, title: own, ...row }) => ({
		...row,
		title: own ?? say('reports.title', { title: title.text }),
		address: link(path)
	}));
	// of one question or a search: what people sent alone
	const told = query === '' ? await toldOf(event, topic, link) : [];
	const items = [...things, ...told].sort((one, other) => +other.updated - +one.updated).slice(0, mostInFeed);
	return {
		id: search !== null ? own('/feed.atom') : `urn:uuid:${question?.questionId ?? topic.topicId}`,
		title: [title.text, ...of].join(' – '),
		language: title.language,
		page: query === '' ? link('') : own('/ideas'),
		address: own(`/${form}`),
		author: inLanguage(institution.texts.name, [language]).text || 'Open Talks',
		licence: licenceOfContributions,
		updated: new Date(Math.max(+(topic.publishedAt ?? topic.createdAt), ...items.map(({ updated }) => +updated))),
		items
	};
}

/** What the secretariat told everybody, and what the clock opened and closed. */
async function toldOf(event: FeedEvent, topic: Topic, link: (path: string) => string): Promise<FeedItem[]> {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const [notices, turns] = await Promise.all([
		noticesOf(database, topic.topicId, { only: 'public' }),
		turnsOf(database, topic.topicId, mostInFeed)
	]);
	return [
		...notices.map(({ noticeId, number, sentAt, texts }): FeedItem => {
			const { title, text } = wordsOf(texts, ['title', 'text'], [language], topic.defaultLanguage);
			return {
				id: `urn:uuid:${noticeId}`,
				kind: 'notice',
				title: say('feeds.notice', { title: title.text }),
				text: text.text,
				language: text.language,
				address: link(`/notices?before=${number + 1}#notice-${number}`),
				author: null,
				published: sentAt!,
				updated: sentAt!
			};
		}),
		...turns.flatMap(({ stageId, turn, at }): FeedItem[] => {
			const stage = topic.stages.find((one) => one.stageId === stageId);
			if (!stage) return [];
			const name = inLanguage(stage.texts['name'], [language], topic.defaultLanguage);
			return [
				{
					id: `urn:uuid:${stageId}#${turn}-${at.toISOString()}`,
					kind: 'stage',
					title: say(`feeds.stage-${turn}`, { name: name.text }),
					text: '',
					language: name.language,
					address: link(''),
					author: null,
					published: at,
					updated: at
				}
			];
		})
	];
}
