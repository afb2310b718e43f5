import { authorShown, groupsShown, organisationShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Submission } from '#contributions/submission.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';

export const submissionsOnAPage = 20;

/** The submissions that can be seen, by number, from `after` on. */
export async function submissionsOf(queryable: Queryable, topicId: string, { after = 0 } = {}): Promise<Submission[]> {
	const { rows } = await queryable.query<Submission>({
		name: 'submissions-of-topic',
		text: `
			${selectSubmissions}
			where s.topic_id = $1 and s.submission_number > $2 and ${canBeSeen('submission', 's.contribution_id')}
			order by s.submission_number
			limit $3`,
		values: [topicId, after, submissionsOnAPage]
	});
	return rows;
}

/** A submission by its number; refuses `erased`, and `not-found`, also for one that cannot be seen unless asked for it. */
export async function submissionNumbered(
	queryable: Queryable,
	topicId: string,
	number: number,
	{ concealed = false } = {}
): Promise<Submission> {
	const { rows } = await queryable.query<Submission>({
		name: `submission-numbered${concealed ? '-concealed' : ''}`,
		text: `
			${selectSubmissions}
			where s.topic_id = $1 and s.submission_number = $2 ${concealed ? '' : `and ${canBeSeen('submission', 's.contribution_id')}`}`,
		values: [topicId, number]
	});
	if (!rows[0]) throw refusal((await isErased(queryable, topicId, number)) ? 'erased' : 'not-found');
	return rows[0];
}

async function isErased(queryable: Queryable, topicId: string, number: number): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`select from submissions s
		join erasures e using (topic_id, contribution_id)
		where s.topic_id = $1 and s.submission_number = $2`,
		[topicId, number]
	);
	return rowCount > 0;
}

const selectSubmissions = `
	select s.topic_id as "topicId", s.contribution_id as "contributionId", s.submission_number as number, s.title, s.abstract, s.keywords,
		s.area, s.question_id as "questionId", c.language, s.words, c.channel, c.received_at as "receivedAt",
		author_name.name, c.attribution, coalesce(${organisationShown('c', 's')}, '') as organisation,
		author_organisation.organisation_id as "organisationId", ${groupsShown} as groups,
		author.country, author.region
	from submissions s
	join contributions c using (topic_id, contribution_id)
	${authorShown('c')}`;
