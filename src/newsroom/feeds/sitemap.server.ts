import type { Queryable } from '#database/connection.server.ts';
import { organisationsHeard } from '#ideas/in-the-name-of.server.ts';
import { languageCodes, pathInLanguage } from '#languages/languages.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { xml } from '#newsroom/feeds/feed.ts';

/** Addresses in one file, each in six languages: within the 50,000 and 50 MB of the protocol. */
export const mostInAFile = 5_000;

/** What one file lists: the pages that are few, or a stretch of the ideas of a topic ("internet.2"). */
export type Part = { readonly kind: 'pages' } | { readonly kind: 'ideas'; readonly slug: string; readonly stretch: number };

export function partNamed(name: string): Part | null {
	if (name === 'pages') return { kind: 'pages' };
	const found = /^([a-z0-9-]{1,80})\.([1-9]\d{0,5})$/.exec(name);
	return found ? { kind: 'ideas', slug: found[1]!, stretch: Number(found[2]) } : null;
}

/** The names of all parts; one alone is answered as the sitemap itself. */
export async function partsOfSitemap(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ slug: string; last: number }>(
		`${publicTopics}
		select slug, coalesce(max(idea_number), 0)::int as last
		from topic
		left join ideas using (topic_id)
		group by slug
		order by slug`
	);
	const all = rows.reduce((sum, { last }) => sum + last, 0);
	if (all <= mostInAFile) return [];
	return [
		'pages',
		...rows.flatMap(({ slug, last }) =>
			Array.from({ length: Math.ceil(last / mostInAFile) }, (_, place) => `${slug}.${place + 1}`)
		)
	];
}

/** Paths that everybody may read. @param part null: all of them, where they are few */
export async function pathsOfSitemap(queryable: Queryable, part: Part | null): Promise<string[]> {
	if (part?.kind === 'ideas') return pathsOfIdeas(queryable, part.slug, part.stretch);
	const pages = ['/', '/terms', '/accessibility', '/data', '/contact'];
	pages.push(...(await pathsOfTopics(queryable)), ...(await pathsOfOrganisations(queryable)));
	return part === null ? [...pages, ...(await pathsOfIdeas(queryable))] : pages;
}

async function pathsOfTopics(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ slug: string; submissions: number[]; reports: number[] }>(
		`${publicTopics}
		select slug,
			array(
				select submission_number from submissions
				where topic_id = topic.topic_id and ${canBeSeen('submission', 'submissions.contribution_id')}
				order by submission_number limit ${mostInAFile}
			) as submissions,
			array(
				select distinct report_number from reports join report_publications using (topic_id, report_id)
				where topic_id = topic.topic_id
				order by report_number
			) as reports
		from topic
		order by slug`
	);
	return rows.flatMap(({ slug, submissions, reports }) => [
		...['', '/ideas', '/submissions', '/export'].map((path) => `/topics/${slug}${path}`),
		...submissions.map((number) => `/topics/${slug}/submissions/${number}`),
		...reports.map((number) => `/topics/${slug}/reports/${number}`)
	]);
}

async function pathsOfOrganisations(queryable: Queryable): Promise<string[]> {
	const heard = await organisationsHeard(queryable);
	const countries = new Set(heard.map(({ country }) => country).filter((country) => country !== null));
	return [
		...heard.map(({ organisationId }) => `/organisations/${organisationId}`),
		...[...countries].sort().map((country) => `/countries/${country}`)
	];
}

/** Of all topics, or of a stretch of one. */
async function pathsOfIdeas(queryable: Queryable, slug: string | null = null, stretch: number | null = null): Promise<string[]> {
	const range = stretch === null ? [0, 2 ** 31 - 1] : [(stretch - 1) * mostInAFile, stretch * mostInAFile];
	const { rows } = await queryable.query<{ slug: string; number: number }>(
		`${publicTopics}
		select slug, idea_number as number
		from topic
		join ideas using (topic_id)
		where ($1::text is null or slug = $1) and idea_number > $2 and idea_number <= $3 and ${canBeSeen('idea', 'ideas.idea_id')}
		order by slug, idea_number`,
		[slug, ...range]
	);
	return rows.map((idea) => `/topics/${idea.slug}/ideas/${idea.number}`);
}

const publicTopics = `
	with topic as (
		select topic_id, (select slug from addresses a where a.topic_id = p.topic_id order by since desc, slug limit 1) as slug
		from topic_publications p
	)`;

/** Each path in each language, every one naming the others. */
export function sitemap(origin: string, paths: readonly string[]): string {
	const entries = paths.flatMap((path) => {
		const others = [
			...languageCodes.map((code) => [code, pathInLanguage(path, code)] as const),
			['x-default', path] as const
		].map(([code, own]) => `\n\t\t<xhtml:link rel="alternate" hreflang="${code}" href="${xml(origin + own)}"/>`);
		return languageCodes.map(
			(code) => `\t<url>\n\t\t<loc>${xml(origin + pathInLanguage(path, code))}</loc>${others.join('')}\n\t</url>\n`
		);
	});
	return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('')}</urlset>
`;
}

export function sitemapIndex(origin: string, parts: readonly string[]): string {
	const entries = parts.map((part) => `\t<sitemap><loc>${xml(`${origin}/sitemaps/${part}.xml`)}</loc></sitemap>\n`);
	return `<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('')}</sitemapindex>
`;
}
