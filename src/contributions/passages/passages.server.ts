import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { anchorAt, joinedSpans, type Anchor, type Span } from '#contributions/passages/passage.ts';
import { textOfPart } from '#contributions/parts.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Where spans lie: a part of a contribution in one version of its text. */
export interface PassagePlace {
	readonly topicId: string;
	readonly contributionId: string;
	readonly part: number;
	readonly textVersion: number;
}

export interface Passage extends Anchor {
	readonly passageId: string;
	readonly part: number;
	readonly textVersion: number;
	readonly drawnAt: Date;
	readonly drawnBy: string | null;
}

const mostSpans = 50;
const longestQuote = 10_000;

/** Quotes spans of a text; spans that touch become one passage. The words are taken from the stored text, never from who asks. */
export async function quote(
	transaction: Transaction,
	place: PassagePlace,
	spans: readonly Span[],
	accountId: string | null
): Promise<{ passageId: string; anchor: Anchor }[]> {
	const text = await textOfPart(transaction, place);
	if (text === null) throw refusal('not-found');
	const anchors = joinedSpans(text, spans).map((span) => anchorAt(text, span));
	if (anchors.length === 0 || anchors.length > mostSpans) throw refusal('no-passage');
	const passages = anchors.map((anchor) => {
		if (!anchor || anchor.ends - anchor.starts > longestQuote) throw refusal('no-passage');
		return { passageId: uuidv7(), anchor };
	});
	const { topicId, contributionId, part, textVersion } = place;
	await transaction.query(
		`
			insert into passages (topic_id, passage_id, contribution_id, part, text_version, starts, ends, quote, prefix, suffix, drawn_at,
				drawn_by)
			select $1, given.passage_id, $2, $3, $4, given.starts, given.ends, given.quote, given.prefix, given.suffix, $11, $12
			from unnest($5::uuid[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[])
				as given (passage_id, starts, ends, quote, prefix, suffix)`,
		[
			topicId,
			contributionId,
			part,
			textVersion,
			passages.map(({ passageId }) => passageId),
			passages.map(({ anchor }) => anchor.starts),
			passages.map(({ anchor }) => anchor.ends),
			passages.map(({ anchor }) => anchor.quote),
			passages.map(({ anchor }) => anchor.prefix),
			passages.map(({ anchor }) => anchor.suffix),
			transaction.at,
			accountId
		]
	);
	return passages;
}

/** The passages of a contribution that stand, in the order of the text. */
export async function passagesOf(queryable: Queryable, topicId: string, contributionId: string): Promise<Passage[]> {
	const { rows } = await queryable.query<Passage>(
		`
			select passage_id as "passageId", part, text_version as "textVersion", starts, ends, quote, prefix, suffix,
				drawn_at as "drawnAt", drawn_by as "drawnBy"
			from passages p
			where topic_id = $1 and contribution_id = $2
				and not exists (select from passage_removals r where r.topic_id = p.topic_id and r.passage_id = p.passage_id)
			order by part, starts, passage_id`,
		[topicId, contributionId]
	);
	return rows;
}

/** Takes passages back: they stay as rows and are shown no more. */
export async function removePassages(
	transaction: Transaction,
	topicId: string,
	passageIds: readonly string[],
	accountId: string | null
): Promise<void> {
	await transaction.query(
		`
			insert into passage_removals (topic_id, passage_id, removed_at, removed_by)
			select $1, passage_id, $3, $4
			from unnest($2::uuid[]) as given (passage_id)
			on conflict do nothing`,
		[topicId, passageIds, transaction.at, accountId]
	);
}
