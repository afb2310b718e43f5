import { authorShown, organisationShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { searchedFor } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import type { FeedItem } from '#newsroom/feeds/feed.ts';

export interface FeedWishes {
	/** ideas and longer texts to this question only */
	readonly questionId: string | null;
	/** ideas with these words only */
	readonly search: string | null;
}

export type FeedRow = Omit<FeedItem, 'address' | 'title'> & {
	/** null for a report, which has the name of its topic */
	readonly title: string | null;
	/** below the address of the topic */
	readonly path: string;
};

export const mostInFeed = 40;

/** The newest that can be seen of a topic: ideas, longer texts and reports. Counts of opinions are not told, so blind stages need no care. */
export async function feedItemsOf(queryable: Queryable, topicId: string, { questionId, search }: FeedWishes): Promise<FeedRow[]> {
	const words = search === null ? null : searchedFor(search);
	// words of which nothing is searched find nothing
	if (search !== null && words === null) return [];
	const { rows } = await queryable.query<FeedRow>(
		`select *
		from (
			${kindsIn({ questionId, search }).join('\nunion all\n')}
		) as newest
		order by greatest(published, updated) desc, id desc
		limit $2`,
		[topicId, mostInFeed, questionId, words]
	);
	return rows.map((row) => ({
		...row,
		id: `urn:uuid:${row.id}`,
		updated: row.updated < row.published ? row.published : row.updated
	}));
}

function kindsIn({ questionId, search }: FeedWishes): string[] {
	if (search !== null) return [newestIdeas];
	return questionId === null ? [newestIdeas, newestSubmissions, newestReports] : [newestIdeas, newestSubmissions];
}

// of the topic $1 at most $2, to the question $3, with the words $4; what nobody wished for is null

const newestIdeas = `(
	select text.idea_id as id, 'idea' as kind, wording.point as title, wording.explanation as text, text.language,
		'/ideas/' || text.idea_number as path, coalesce(author_name.name, author_organisation.name) as author,
		text.published_at as published, wording.written_at as updated
	from ideas as text
	cross join lateral (
		select point, explanation, written_at
		from idea_versions v
		where v.topic_id = text.topic_id and v.idea_number = text.idea_number
		order by version desc
		limit 1
	) as wording
	${authorShown('text')}
	where text.topic_id = $1 and ($3::uuid is null or text.question_id = $3)
		and ($4::tsquery is null or exists (
			select from idea_search s
			where s.topic_id = text.topic_id and s.idea_number = text.idea_number and s.words @@ $4::tsquery
		))
		and ${canBeSeen('idea', 'text.idea_id', '$1')}
	order by text.published_at desc, text.idea_number desc
	limit $2
)`;

const newestSubmissions = `(
	select text.contribution_id, 'submission', submissions.title, submissions.abstract, text.language,
		'/submissions/' || submissions.submission_number, coalesce(author_name.name, ${organisationShown('text', 'submissions')}),
		text.received_at, text.received_at
	from submissions
	join contributions as text using (topic_id, contribution_id)
	${authorShown('text')}
	where submissions.topic_id = $1 and ($3::uuid is null or submissions.question_id = $3)
		and ${canBeSeen('submission', 'submissions.contribution_id', '$1')}
	order by submissions.submission_number desc
	limit $2
)`;

const newestReports = `(
	select reports.report_id, 'report', null, '', reports.language, '/reports/' || report_number, null, min(published_at), max(published_at)
	from reports
	join report_publications using (topic_id, report_id)
	where reports.topic_id = $1
	group by reports.report_id, reports.language, report_number
	order by max(published_at) desc
	limit $2
)`;
