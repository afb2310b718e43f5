import { laidOut, type Paragraph } from '#contributions/passages/layout.ts';
import { foundAgain, type Anchor, type Span } from '#contributions/passages/passage.ts';
import type { TextPart } from '#contributions/parts.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Stance } from '#ideas/stances.server.ts';
import { isConcealed } from '#moderation/concealed.server.ts';

/** A passage of a text with what it says to one idea. */
export interface Highlight extends Anchor {
	readonly passageId: string;
	readonly part: number;
	readonly textVersion: number;
	readonly stance: Stance;
	/** of the idea */
	readonly number: number;
	readonly point: string;
	readonly language: string;
	/** the rapporteur's account */
	readonly drawnBy: string | null;
	readonly drawnAt: Date;
}

/**
 * What was drawn from a text and stands, in its order. An idea that was taken back since is left out; one that is held or hidden is shown
 * at the desk only.
 */
export async function highlightsOf(
	queryable: Queryable,
	topicId: string,
	contributionId: string,
	{ atDesk = false } = {}
): Promise<Highlight[]> {
	const { rows } = await queryable.query<Highlight>(
		`
			select p.passage_id as "passageId", p.part, p.text_version as "textVersion", p.starts, p.ends, p.quote, p.prefix, p.suffix,
				s.stance, s.idea_number as number, v.point, i.language, s.taken_by as "drawnBy", s.taken_at as "drawnAt"
			from passages p
			join stances s using (topic_id, passage_id)
			join ideas i using (topic_id, idea_number)
			join lateral (
				select point
				from idea_versions v
				where v.topic_id = i.topic_id and v.idea_number = i.idea_number
				order by version desc
				limit 1) v on true
			where p.topic_id = $1 and p.contribution_id = $2 and i.contribution_id is distinct from p.contribution_id
				and not exists (
					select from stance_removals r
					where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
				and not ${isConcealed('idea', 'i.idea_id', atDesk ? { why: ['withdrawn', 'erased'] } : {})}
			order by p.part, p.starts, p.ends, p.passage_id, s.idea_number`,
		[topicId, contributionId]
	);
	return rows;
}

/** A short value that changes whenever a highlight or a mark of the text does: what a page asks for now and then. */
export async function deskVersion(queryable: Queryable, topicId: string, contributionId: string): Promise<string> {
	const { rows } = await queryable.query<{ version: string }>(
		`
			select concat_ws('-',
				(select count(*) from passages where topic_id = $1 and contribution_id = $2),
				(select count(*) from passages p join stances s using (topic_id, passage_id) where p.topic_id = $1 and p.contribution_id = $2),
				(select count(*) from passages p join stance_removals r using (topic_id, passage_id)
					where p.topic_id = $1 and p.contribution_id = $2),
				(select max(version) from contribution_versions where topic_id = $1 and contribution_id = $2),
				(select coalesce(max(version), 0) from readings where topic_id = $1 and contribution_id = $2),
				(select coalesce(max(version), 0) from allocations where topic_id = $1 and contribution_id = $2),
				(select coalesce(sum(text_version), 0) from extracted_texts where topic_id = $1 and contribution_id = $2)) as version`,
		[topicId, contributionId]
	);
	return rows[0]!.version;
}

/** A part as it is read, with what was drawn from it; `lost` are the highlights whose words are not found in it any more. */
export function markedPart(
	part: TextPart,
	highlights: readonly Highlight[]
): { paragraphs: Paragraph[]; shown: Highlight[]; lost: Highlight[] } {
	const own = highlights.filter((highlight) => highlight.part === part.part);
	const placed = own.map((highlight) => ({ highlight, span: placeIn(part, highlight) }));
	return {
		paragraphs: laidOut(
			part.text,
			part.language,
			placed.flatMap(({ span }) => span ?? [])
		),
		shown: placed.filter(({ span }) => span).map(({ highlight }) => highlight),
		lost: placed.filter(({ span }) => !span).map(({ highlight }) => highlight)
	};
}

/** Where a highlight stands in the version that is shown. */
function placeIn(part: TextPart, highlight: Highlight): Span | undefined {
	const { textVersion, starts, ends } = highlight;
	return textVersion === part.textVersion ? { starts, ends } : foundAgain(part.text, highlight);
}
