import type { RequestEvent } from '@sveltejs/kit';
import { pathInLanguage } from '#languages/languages.ts';
import { inLanguage, type ShownText } from '#languages/texts.server.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import type { ShownTopic } from '#topics/showing.server.ts';

// Facts of pages in the words of schema.org, for search engines. They tell no counts of opinions, blind or not.

type Asked = Pick<RequestEvent, 'url' | 'locals'>;

export function factsOfTalk(event: Asked, topic: ShownTopic, institution: Institution) {
	return {
		'@type': 'Event',
		...head(event, topic),
		description: topic.summary.text,
		...(topic.opensAt && { startDate: topic.opensAt.toISOString() }),
		...(topic.closesAt && { endDate: topic.closesAt.toISOString() }),
		eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
		location: { '@type': 'VirtualLocation', url: addressOf(event, `/topics/${topic.slug}`) },
		organizer: publisherOf(event, institution)
	};
}

type Head = { readonly slug: string; readonly title: ShownText };

export function factsOfIdea(
	event: Asked,
	topic: Head,
	idea: {
		readonly number: number;
		readonly language: string;
		readonly publishedAt: Date;
		readonly comments: number;
		readonly author: { readonly name: string | null; readonly organisation: string | null };
	},
	words: { readonly point: string; readonly explanation: string; readonly writtenAt: Date }
) {
	const { name, organisation } = idea.author;
	const author =
		name !== null ? { '@type': 'Person', name } : organisation !== null ? { '@type': 'Organization', name: organisation } : null;
	return {
		'@type': 'DiscussionForumPosting',
		url: addressOf(event, `/topics/${topic.slug}/ideas/${idea.number}`),
		headline: words.point,
		text: words.explanation === '' ? words.point : `${words.point}\n\n${words.explanation}`,
		...(idea.language !== 'und' && { inLanguage: idea.language }),
		datePublished: idea.publishedAt.toISOString(),
		dateModified: words.writtenAt.toISOString(),
		commentCount: idea.comments,
		license,
		...(author && { author }),
		isPartOf: { '@type': 'Event', ...head(event, topic) }
	};
}

export function factsOfReport(
	event: Asked,
	topic: Head,
	report: {
		readonly number: number;
		readonly language: string;
		readonly title: string;
		readonly publishedAt: Date;
		readonly edition: number;
	},
	institution: Institution
) {
	return {
		'@type': 'Report',
		url: addressOf(event, `/topics/${topic.slug}/reports/${report.number}`),
		name: report.title,
		inLanguage: report.language,
		datePublished: report.publishedAt.toISOString(),
		version: String(report.edition),
		publisher: publisherOf(event, institution),
		about: { '@type': 'Event', ...head(event, topic) }
	};
}

const license = 'https://creativecommons.org/licenses/by/4.0/';

function head(event: Asked, { slug, title }: Head) {
	return { name: title.text, inLanguage: title.language, url: addressOf(event, `/topics/${slug}`) };
}

function addressOf({ url, locals }: Asked, path: string): string {
	return url.origin + pathInLanguage(path, locals.language);
}

function publisherOf(event: Asked, { texts }: Institution) {
	const name = inLanguage(texts.name, [event.locals.language]).text || 'Open Talks';
	return { '@type': 'Organization', name, url: event.url.origin };
}
