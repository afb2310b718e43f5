import { canonicalJson } from '#agreement/canonical.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { Edition } from '#reports/edition.ts';
import { blotted } from '#moderation/personal-data.ts';
import { quotesIn, redactedEdition, redactedText, stands } from '#reports/redacting.ts';

/**
 * Makes the words of an erased idea or contribution unreadable in every report of the topic: in drafts, whose check then names the source
 * that is gone, and in published editions, which say that and when it was done. Of an idea that lost some of its wordings only, what still
 * stands in the others stays. For the jobs process; the second time changes nothing.
 */
export async function redactReports(database: Database, topicId: string, thingId: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const thingIds = [thingId, ...(await passagesOf(transaction, topicId, thingId))];
		const standing = await wordingsOf(transaction, topicId, thingId);
		await redactDrafts(transaction, topicId, thingIds, standing);
		await redactEditions(transaction, topicId, { thingId, thingIds, standing });
	});
}

/** When words were made unreadable in an edition; null: never. */
export async function redactedAt(
	queryable: Queryable,
	{ topicId, reportId }: { topicId: string; reportId: string },
	edition: number
): Promise<Date | null> {
	const { rows } = await queryable.query<{ at: Date | null }>(
		`select max(redacted_at) as at
		from edition_redactions
		where topic_id = $1 and report_id = $2 and edition = $3`,
		[topicId, reportId, edition]
	);
	return rows[0]?.at ?? null;
}

async function passagesOf(queryable: Queryable, topicId: string, contributionId: string): Promise<string[]> {
	const { rows } = await queryable.query<{ id: string }>(
		`select passage_id as id from passages where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId]
	);
	return rows.map(({ id }) => id);
}

/** What an idea or contribution still says, in any version; nothing of one that is erased. */
async function wordingsOf(queryable: Queryable, topicId: string, ideaId: string): Promise<string[]> {
	const { rows } = await queryable.query<{ text: string }>(
		`select concat_ws(e'\n\n', nullif(point, ''), nullif(explanation, ''), nullif(sources, '')) as text
		from ideas
		join idea_versions using (topic_id, idea_number)
		where topic_id = $1 and idea_id = $2
		union all
		-- of a text that was made unreadable in part, the rest
		select said.text
		from (
			select topic_id, contribution_id, text from contribution_versions
			union all
			select topic_id, contribution_id, text from extracted_texts
			union all
			select topic_id, contribution_id, title from submissions
		) said
		where said.topic_id = $1 and said.contribution_id = $2
			and exists (select from redactions r where r.topic_id = $1 and r.thing_id = $2)`,
		[topicId, ideaId]
	);
	return rows.map(({ text }) => text).filter((text) => text !== '');
}

async function redactDrafts(
	transaction: Transaction,
	topicId: string,
	thingIds: readonly string[],
	standing: readonly string[]
): Promise<void> {
	const { rows } = await transaction.query<{ key: string; number: number; starts: number; ends: number; quote: string }>(
		`select paragraph_id || ' ' || version as key, source_number as number, starts, ends, quote
		from sources
		where topic_id = $1 and thing_id = any ($2::uuid[]) and quote is not null
		for update`,
		[topicId, thingIds]
	);
	const sources = rows.filter(({ quote }) => !stands(quote, standing));
	if (sources.length === 0) return;
	const quotes = quotesIn(sources.map(({ quote }) => quote));
	const spans = Map.groupBy(sources, ({ key }) => key);
	const { rows: versions } = await transaction.query<{ paragraphId: string; version: number; text: string }>(
		`select paragraph_id as "paragraphId", version, text
		from paragraph_versions
		where topic_id = $1
		for update`,
		[topicId]
	);
	for (const { paragraphId, version, text } of versions) {
		const redacted = redactedText(text, quotes, spans.get(`${paragraphId} ${version}`) ?? []);
		if (redacted === text) continue;
		await transaction.query(
			`update paragraph_versions set text = $4
			where topic_id = $1 and paragraph_id = $2 and version = $3`,
			[topicId, paragraphId, version, redacted]
		);
	}
	await transaction.query(
		`update sources
		set quote = given.redacted
		from unnest($3::text[], $4::text[]) as given (quote, redacted)
		where topic_id = $1 and thing_id = any ($2::uuid[]) and sources.quote = given.quote`,
		[topicId, thingIds, sources.map(({ quote }) => quote), sources.map(({ quote }) => blotted(quote))]
	);
}

async function redactEditions(
	transaction: Transaction,
	topicId: string,
	{ thingId, thingIds, standing }: { thingId: string; thingIds: readonly string[]; standing: readonly string[] }
): Promise<void> {
	const { rows } = await transaction.query<{ reportId: string; edition: number; content: Edition }>(
		`select report_id as "reportId", edition, content
		from report_publications
		where topic_id = $1
		order by report_id, edition
		for update`,
		[topicId]
	);
	const gone = new Set(thingIds);
	for (const { reportId, edition, content } of rows) {
		const redacted = redactedEdition(content, gone, standing);
		if (redacted === content) continue;
		await transaction.query(
			`update report_publications set content = $4
			where topic_id = $1 and report_id = $2 and edition = $3`,
			[topicId, reportId, edition, canonicalJson(redacted)]
		);
		await transaction.query(
			`insert into edition_redactions (topic_id, report_id, edition, thing_id, redacted_at)
			values ($1, $2, $3, $4, $5)
			on conflict do nothing`,
			[topicId, reportId, edition, thingId, transaction.at]
		);
	}
}
