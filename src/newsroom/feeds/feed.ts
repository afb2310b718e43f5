/** What a feed reader is shown of a topic, of one of its questions, or of a search; two forms write the same. */
export interface Feed {
	/** stays the same for ever: urn:uuid:… */
	readonly id: string;
	readonly title: string;
	readonly language: string;
	/** the page that people read */
	readonly page: string;
	/** of this feed itself */
	readonly address: string;
	readonly author: string;
	readonly licence: string;
	readonly updated: Date;
	readonly items: readonly FeedItem[];
}

export interface FeedItem {
	readonly id: string;
	readonly kind: 'idea' | 'submission' | 'report' | 'notice' | 'stage';
	readonly title: string;
	/** plain text or Markdown; '' where there is none */
	readonly text: string;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly address: string;
	readonly author: string | null;
	readonly published: Date;
	readonly updated: Date;
}

/** RFC 4287. */
export function atom(feed: Feed): string {
	const entries = feed.items.map(
		(item) => `
	<entry${item.language === 'und' ? '' : ` xml:lang="${xml(item.language)}"`}>
		<id>${xml(item.id)}</id>
		<title>${xml(item.title)}</title>
		<link rel="alternate" type="text/html" href="${xml(item.address)}"/>
		<published>${item.published.toISOString()}</published>
		<updated>${item.updated.toISOString()}</updated>${item.author === null ? '' : `\n\t\t<author><name>${xml(item.author)}</name></author>`}
		<category term="${item.kind}"/>${item.text === '' ? '' : `\n\t\t<content type="text">${xml(item.text)}</content>`}
	</entry>`
	);
	return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">
	<id>${xml(feed.id)}</id>
	<title>${xml(feed.title)}</title>
	<updated>${feed.updated.toISOString()}</updated>
	<link rel="self" type="application/atom+xml" href="${xml(feed.address)}"/>
	<link rel="alternate" type="text/html" href="${xml(feed.page)}"/>
	<author><name>${xml(feed.author)}</name></author>
	<rights>${xml(feed.licence)}</rights>${entries.join('')}
</feed>
`;
}

/** jsonfeed.org, version 1.1. */
export function jsonFeed(feed: Feed): string {
	const whole = {
		version: 'https://jsonfeed.org/version/1.1',
		title: feed.title,
		home_page_url: feed.page,
		feed_url: feed.address,
		language: feed.language,
		authors: [{ name: feed.author }],
		items: feed.items.map((item) => ({
			id: item.id,
			url: item.address,
			title: item.title,
			content_text: item.text === '' ? item.title : item.text,
			date_published: item.published.toISOString(),
			date_modified: item.updated.toISOString(),
			...(item.language !== 'und' && { language: item.language }),
			...(item.author !== null && { authors: [{ name: item.author }] }),
			tags: [item.kind]
		}))
	};
	return `${JSON.stringify(whole, null, '\t')}\n`;
}

/** A text in XML: escaped, and without the characters that XML 1.0 has no way to write. */
export function xml(text: string): string {
	return text
		.toWellFormed()
		.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
		.replace(/[&<>"'\r]/g, (character) => escapes[character]!);
}

const escapes: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'\r': '&#13;'
};
