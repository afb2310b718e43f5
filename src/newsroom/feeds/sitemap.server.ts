import type { Queryable } from '#database/connection.server.ts';
import { latestOfEvent } from '#events/events.server.ts';
import { organisationsHeard } from '#ideas/in-the-name-of.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import type { PageListed, PartListed } from '#newsroom/feeds/sitemap.ts';

/** Pages in one file, each in six languages, which name one another: 6,000 addresses in some 8 MB, within the 50,000 and 50 MB of the format. */
export const mostInAFile = 1_000;

/**
 * What one file lists, by its name: "pages.1" the few that no talk owns and those of organisations and countries, "topics.1" the pages that every talk
 * has, "ideas.internet.2" a stretch of the ideas of a talk by their numbers. A name stays what it was when others come, so that who read it need not
 * again.
 */
export interface Part {
	readonly kind: Kind;
	/** of the talk */
	readonly slug: string | null;
	readonly stretch: number;
}

const numberedKinds = ['ideas', 'submissions', 'reports'] as const;
type NumberedKind = (typeof numberedKinds)[number];
type Kind = NumberedKind | 'topics' | 'pages';

export function partNamed(name: string): Part | null {
	const whole = /^(pages|topics)\.([1-9]\d{0,5})$/.exec(name);
	if (whole) return { kind: whole[1] as Kind, slug: null, stretch: Number(whole[2]) };
	const found = /^(ideas|submissions|reports)\.([a-z0-9-]{1,80})\.([1-9]\d{0,5})$/.exec(name);
	return found ? { kind: found[1] as Kind, slug: found[2]!, stretch: Number(found[3]) } : null;
}

/** All parts, with when the newest page of each last changed; none where one file holds everything. */
export async function partsOfSitemap(queryable: Queryable, { most = mostInAFile } = {}): Promise<PartListed[]> {
	const [pages, topics] = [await pagesOfNoTalk(queryable), await pagesOfTalks(queryable)];
	const numbered: (PartListed & { readonly pages: number })[] = [];
	for (const kind of numberedKinds) {
		const { rows } = await queryable.query<{ slug: string; stretch: number; pages: number; changed: Date | null }>(
			`${publicTopics}
			select slug, (number - 1) / $1 + 1 as stretch, count(*)::int as pages, max(changed) as changed
			from topic
			cross join lateral (${seen[kind]}) as page
			group by slug, stretch
			order by slug, stretch`,
			[most]
		);
		numbered.push(...rows.map(({ slug, stretch, ...rest }) => ({ name: `${kind}.${slug}.${stretch}`, ...rest })));
	}
	const all = pages.length + topics.length + numbered.reduce((sum, part) => sum + part.pages, 0);
	if (all <= most) return [];
	return [...inStretches('pages', pages, most), ...inStretches('topics', topics, most), ...numbered];
}

/** Pages that everybody may read. @param part null: all of them, where they are few */
export async function pagesOfSitemap(
	queryable: Queryable,
	part: Part | null,
	{ most = mostInAFile } = {}
): Promise<PageListed[]> {
	if (part === null) {
		const pages = [...(await pagesOfNoTalk(queryable)), ...(await pagesOfTalks(queryable))];
		for (const kind of numberedKinds) pages.push(...(await numberedPages(queryable, kind, null, [0, 2 ** 31 - 1])));
		return pages;
	}
	const [above, upTo] = [(part.stretch - 1) * most, part.stretch * most];
	if (part.kind === 'pages') return (await pagesOfNoTalk(queryable)).slice(above, upTo);
	if (part.kind === 'topics') return (await pagesOfTalks(queryable)).slice(above, upTo);
	return numberedPages(queryable, part.kind, part.slug, [above, upTo]);
}

async function pagesOfNoTalk(queryable: Queryable): Promise<PageListed[]> {
	const heard = await organisationsHeard(queryable);
	const countries = new Set(heard.map(({ country }) => country).filter((country) => country !== null));
	return [
		...['/', '/terms', '/accessibility', '/data', '/contact'],
		...[...countries].sort().map((country) => `/countries/${country}`),
		...heard.map(({ organisationId }) => `/organisations/${organisationId}`)
	].map((path) => ({ path, changed: null }));
}

async function pagesOfTalks(queryable: Queryable): Promise<PageListed[]> {
	const { rows } = await queryable.query<{ slug: string }>(`${publicTopics} select slug from topic order by topic_id`);
	const events = await queryable.query<{ slug: string; number: number; changed: Date }>(
		`${publicTopics}
		select slug, event_number as number, greatest(planned.changed_at, stands.at) as changed
		from topic
		join events using (topic_id)
		${latestOfEvent}
		where stands.state <> 'planned' and exists (
			select from event_states s
			where s.topic_id = events.topic_id and s.event_id = events.event_id and s.state = 'confirmed')
		order by slug, event_number`
	);
	const ofSlug = Map.groupBy(events.rows, ({ slug }) => slug);
	return rows.flatMap(({ slug }) => [
		...['', '/ideas', '/submissions', '/export'].map((path) => ({ path: `/topics/${slug}${path}`, changed: null })),
		...(ofSlug.get(slug) ?? []).map(({ number, changed }) => ({ path: `/topics/${slug}/events/${number}`, changed }))
	]);
}

/** Of all talks, or of one, with a number above the one and up to the other. */
async function numberedPages(
	queryable: Queryable,
	kind: NumberedKind,
	slug: string | null,
	[above, upTo]: readonly [number, number]
): Promise<PageListed[]> {
	const { rows } = await queryable.query<PageListed>(
		`${publicTopics}
		select '/topics/' || slug || '/${kind}/' || number as path, changed
		from topic
		cross join lateral (${seen[kind]} and number > $2 and number <= $3) as page
		where $1::text is null or slug = $1
		order by slug, number`,
		[slug, above, upTo]
	);
	return rows;
}

// the address a talk has now
const publicTopics = `
	with topic as (
		select topic_id, (select slug from addresses a where a.topic_id = p.topic_id order by since desc, slug limit 1) as slug
		from topic_publications p
	)`;

/** The pages with numbers of a talk that everybody may read, and when the words of each last changed. */
const seen: Readonly<Record<NumberedKind, string>> = {
	ideas: `
		select number, greatest(i.published_at, (
			select max(written_at) from idea_versions v where v.topic_id = i.topic_id and v.idea_number = number
		)) as changed
		from ideas i
		cross join lateral (select i.idea_number as number) as numbered
		where i.topic_id = topic.topic_id and ${canBeSeen('idea', 'i.idea_id', 'i.topic_id')}`,
	submissions: `
		select number, (
			select max(written_at) from contribution_versions v where v.topic_id = s.topic_id and v.contribution_id = s.contribution_id
		) as changed
		from submissions s
		cross join lateral (select s.submission_number as number) as numbered
		where s.topic_id = topic.topic_id and ${canBeSeen('submission', 's.contribution_id', 's.topic_id')}`,
	reports: `
		select number, (
			select max(published_at) from report_publications p where p.topic_id = r.topic_id and p.report_id = r.report_id
		) as changed
		from reports r
		cross join lateral (select r.report_number as number) as numbered
		where r.topic_id = topic.topic_id
			and exists (select from report_publications p where p.topic_id = r.topic_id and p.report_id = r.report_id)`
};

function inStretches(kind: 'pages' | 'topics', pages: readonly PageListed[], most: number): PartListed[] {
	return Array.from({ length: Math.ceil(pages.length / most) }, (_, place) => ({ name: `${kind}.${place + 1}`, changed: null }));
}
