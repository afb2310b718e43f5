import { languageCodes, pathInLanguage } from '#languages/languages.ts';
import { xml } from '#newsroom/feeds/feed.ts';

/** A page as search engines are told of it. */
export interface PageListed {
	readonly path: string;
	/** when its words last changed; null where nobody notes it */
	readonly changed: Date | null;
}

/** A file of the sitemap. */
export interface PartListed {
	readonly name: string;
	readonly changed: Date | null;
}

const atOnce = 50;

/** Each page in each language, every one naming the others; in pieces, as they are sent. */
export function* sitemap(origin: string, pages: readonly PageListed[]): Generator<string> {
	yield `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
`;
	for (let begun = 0; begun < pages.length; begun += atOnce)
		yield pages
			.slice(begun, begun + atOnce)
			.map((page) => inLanguages(origin, page))
			.join('');
	yield '</urlset>\n';
}

export function sitemapIndex(origin: string, parts: readonly PartListed[]): string {
	const entries = parts.map(
		({ name, changed }) =>
			`\t<sitemap>\n\t\t<loc>${xml(`${origin}/sitemaps/${name}.xml`)}</loc>${lastChanged(changed)}\n\t</sitemap>\n`
	);
	return `<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('')}</sitemapindex>
`;
}

function inLanguages(origin: string, { path, changed }: PageListed): string {
	const others = [...languageCodes.map((code) => [code, pathInLanguage(path, code)] as const), ['x-default', path] as const].map(
		([code, own]) => `\n\t\t<xhtml:link rel="alternate" hreflang="${code}" href="${xml(origin + own)}"/>`
	);
	// the order of the elements is that of the format
	const rest = lastChanged(changed) + others.join('');
	return languageCodes
		.map((code) => `\t<url>\n\t\t<loc>${xml(origin + pathInLanguage(path, code))}</loc>${rest}\n\t</url>\n`)
		.join('');
}

function lastChanged(changed: Date | null): string {
	return changed === null ? '' : `\n\t\t<lastmod>${changed.toISOString()}</lastmod>`;
}
