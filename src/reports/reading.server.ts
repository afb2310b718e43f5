import type { Queryable } from '#database/connection.server.ts';
import type { Language } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Paragraph } from '#reports/checking.ts';
import type { Source } from '#reports/paragraph.ts';

export interface Report {
	readonly topicId: string;
	readonly reportId: string;
	/** by which its address names it */
	readonly number: number;
	readonly template: string;
	readonly language: Language;
	readonly snapshotId: string;
	/** the moment of its figures */
	readonly frozenAt: Date;
	readonly begunAt: Date;
	/** the newest published edition; null while it is a draft */
	readonly edition: number | null;
	readonly publishedAt: Date | null;
}

/** The reports of a topic, drafts too, the newest first. */
export async function reportsOf(queryable: Queryable, topicId: string): Promise<Report[]> {
	const { rows } = await queryable.query<Report>({
		name: 'reports-of-topic',
		text: `
			${selectReports}
			where reports.topic_id = $1
			order by report_number desc`,
		values: [topicId]
	});
	return rows;
}

/** Refuses `not-found`. */
export async function reportNumbered(queryable: Queryable, topicId: string, number: number): Promise<Report> {
	const { rows } = await queryable.query<Report>({
		name: 'report-numbered',
		text: `
			${selectReports}
			where reports.topic_id = $1 and report_number = $2`,
		values: [topicId, number]
	});
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

const selectReports = `
	select reports.topic_id as "topicId", report_id as "reportId", report_number as number, template, language, snapshot_id as "snapshotId",
		snapshots.taken_at as "frozenAt", begun_at as "begunAt", newest.edition, newest.published_at as "publishedAt"
	from reports
	join snapshots using (topic_id, snapshot_id)
	left join lateral (
		select edition, published_at
		from report_publications
		where report_publications.topic_id = reports.topic_id and report_publications.report_id = reports.report_id
		order by edition desc
		limit 1
	) as newest on true`;

export interface PlacedParagraph extends Paragraph {
	/** a decimal of any length, by which paragraphs are ordered */
	readonly position: string;
}

/**
 * The paragraphs of a report in their newest versions with their sources, in order; two queries whatever their number. Removed ones stay
 * away. One that was moved belongs to the section into which it was moved.
 */
export async function paragraphsOf(queryable: Queryable, topicId: string, reportId: string): Promise<PlacedParagraph[]> {
	const paragraphs = await withSources(queryable, topicId, await newestVersions(queryable, topicId, reportId, false));
	let section: string | undefined;
	return paragraphs.map((paragraph) => {
		if (paragraph.kind === 'heading' || section === undefined) section = paragraph.section;
		return { ...paragraph, section };
	});
}

/** What was taken out and can be put back, the last first: as it was when it was taken out. */
export async function removedParagraphs(queryable: Queryable, topicId: string, reportId: string): Promise<PlacedVersion[]> {
	return newestVersions(queryable, topicId, reportId, true);
}

/** The versions of a paragraph, the newest first, with their sources. */
export async function versionsOf(
	queryable: Queryable,
	{ topicId, reportId }: Pick<Report, 'topicId' | 'reportId'>,
	number: number
): Promise<(PlacedParagraph & { readonly writtenAt: Date })[]> {
	const { rows } = await queryable.query<PlacedVersion & { writtenAt: Date }>(
		`
			select paragraph_id as "paragraphId", paragraph_number as number, section, version, position::text, kind, text, language, origin,
				written_at as "writtenAt"
			from paragraphs
			join paragraph_versions using (topic_id, paragraph_id)
			where topic_id = $1 and report_id = $2 and paragraph_number = $3
			order by version desc`,
		[topicId, reportId, number]
	);
	return withSources(queryable, topicId, rows);
}

export type PlacedVersion = Omit<PlacedParagraph, 'sources'>;

async function newestVersions(
	queryable: Queryable,
	topicId: string,
	reportId: string,
	isRemoved: boolean
): Promise<PlacedVersion[]> {
	const { rows } = await queryable.query<PlacedVersion>(
		`
			select "paragraphId", number, section, version, position::text, kind, text, language, origin
			from (
				select distinct on (paragraph_id) paragraph_id as "paragraphId", paragraph_number as number, section, version, position, kind,
					text, language, origin, written_at
				from paragraphs
				join paragraph_versions using (topic_id, paragraph_id)
				where topic_id = $1 and report_id = $2
				order by paragraph_id, version desc
			) as newest
			where (kind = 'removed') = $3
			order by case when $3 then written_at end desc, newest.position, number`,
		[topicId, reportId, isRemoved]
	);
	return rows;
}

async function withSources<Version extends PlacedVersion>(
	queryable: Queryable,
	topicId: string,
	versions: readonly Version[]
): Promise<(Version & Pick<PlacedParagraph, 'sources'>)[]> {
	const { rows } = await queryable.query<Source & { paragraphId: string; version: number }>(
		`
			select paragraph_id as "paragraphId", version, starts, ends, sources.kind, thing_id as "thingId", pointer, quote
			from unnest($2::uuid[], $3::int[]) as asked (paragraph_id, version)
			join sources using (paragraph_id, version)
			where topic_id = $1
			order by paragraph_id, version, source_number`,
		[topicId, versions.map(({ paragraphId }) => paragraphId), versions.map(({ version }) => version)]
	);
	const of = ({ paragraphId, version }: { paragraphId: string; version: number }) => `${paragraphId} ${version}`;
	const byVersion = Map.groupBy(rows, of);
	return versions.map((one) => ({
		...one,
		sources: (byVersion.get(of(one)) ?? []).map(({ paragraphId: _, version: __, ...source }) => source)
	}));
}
