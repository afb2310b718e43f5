import { authorShown, groupsShown, organisationShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Stance } from '#ideas/stances.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface PassageWishes {
	/** number of an idea to which it says something */
	readonly idea: number | null;
	/** key of a stakeholder group of its author, where that may be seen */
	readonly group: string | null;
	/** of the text */
	readonly language: string | null;
	/** words of the passage, or of the title of its text */
	readonly words: string;
	/** how many were shown before */
	readonly from: number;
}

/** A passage that can be quoted: of a submission that everybody can see. */
export interface FoundPassage {
	readonly passageId: string;
	readonly quote: string;
	readonly language: string;
	/** number and title of the submission */
	readonly submission: number;
	readonly title: string;
	readonly organisation: string | null;
	readonly groups: readonly string[];
	readonly stances: readonly {
		readonly stance: Stance;
		readonly idea: number;
		readonly point: string;
		readonly language: string;
	}[];
}

export const passagesAPage = 20;

/** The passages that rapporteurs marked, in the order of the texts; a page of them and how many there are. */
export async function passagesToQuote(
	queryable: Queryable,
	topicId: string,
	{ idea, group, language, words, from }: PassageWishes
): Promise<{ passages: FoundPassage[]; all: number }> {
	const { rows } = await queryable.query<FoundPassage & { all: number }>(
		`
			with held as (
				select stances.passage_id, stances.stance, stances.idea_number, ideas.language,
					(
						select point
						from idea_versions
						where idea_versions.topic_id = $1 and idea_versions.idea_number = stances.idea_number
						order by version desc
						limit 1
					) as point
				from stances
				join ideas using (topic_id, idea_number)
				where stances.topic_id = $1
					and not exists (
						select from stance_removals as removed
						where removed.topic_id = $1 and removed.passage_id = stances.passage_id and removed.idea_number = stances.idea_number
					)
					and ${canBeSeen('idea', 'ideas.idea_id', '$1')}
			)
			select passages.passage_id as "passageId", quote, text.language, submission_number as submission, submissions.title,
				${organisationShown('text', 'submissions')} as organisation, ${groupsShown} as groups,
				coalesce(
					(
						select json_agg(json_build_object('stance', stance, 'idea', idea_number, 'point', point, 'language', held.language)
							order by idea_number)
						from held
						where held.passage_id = passages.passage_id
					),
					'[]'
				) as stances,
				count(*) over ()::int as all
			from passages
			join contributions as text using (topic_id, contribution_id)
			join submissions using (topic_id, contribution_id)
			${authorShown('text')}
			where passages.topic_id = $1
				and not exists (
					select from passage_removals
					where passage_removals.topic_id = $1 and passage_removals.passage_id = passages.passage_id
				)
				and ${canBeSeen('submission', 'passages.contribution_id', '$1')}
				and ($2::int is null or exists (select from held where held.passage_id = passages.passage_id and idea_number = $2))
				and ($3::text is null or $3 = any (author.stakeholder_groups))
				and ($4::text is null or text.language = $4)
				and ($5::text = '' or strpos(lower(quote), lower($5)) > 0 or strpos(lower(submissions.title), lower($5)) > 0)
			order by submission_number, part, starts, passages.passage_id
			offset $6
			limit $7`,
		[topicId, idea, group, language, words.trim(), from, passagesAPage]
	);
	return { passages: rows.map(({ all: _, ...passage }) => passage), all: rows[0]?.all ?? 0 };
}

/** The languages of the texts with passages. */
export async function languagesOfPassages(queryable: Queryable, topicId: string): Promise<string[]> {
	const { rows } = await queryable.query<{ language: string }>(
		`
			select distinct language
			from passages
			join contributions using (topic_id, contribution_id)
			join submissions using (topic_id, contribution_id)
			where topic_id = $1
			order by language`,
		[topicId]
	);
	return rows.map(({ language }) => language);
}
