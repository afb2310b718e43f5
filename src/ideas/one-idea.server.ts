import type { Queryable } from '#database/connection.server.ts';
import type { Idea } from '#ideas/idea.ts';
import type { Wording } from '#ideas/writing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { authorNow } from '#topics/participants/participants.server.ts';

/** An idea with its newest wording, as its rules need it. */
export type IdeaAsItStands = Idea & Wording & { readonly questionId: string | null; readonly language: string };

/** Whatever its state; throws `not-found` for a number that the topic never gave. */
export async function ideaOfTopic(queryable: Queryable, topicId: string, number: number): Promise<IdeaAsItStands> {
	const { rows } = await queryable.query<IdeaAsItStands>({
		name: 'idea-of-topic',
		text: `
			select i.topic_id as "topicId", i.idea_number as number, i.idea_id as id, i.contribution_id as "contributionId",
				${authorNow('i')} as "participantNumber", i.attribution, i.question_id as "questionId", i.language,
				v.version, v.point, v.explanation, v.sources, c.why as concealed
			from ideas i
			join idea_versions v using (topic_id, idea_number)
			left join concealments c on c.topic_id = i.topic_id and c.kind = 'idea' and c.thing_id = i.idea_id
			where i.topic_id = $1 and i.idea_number = $2
			order by v.version desc
			limit 1`,
		values: [topicId, number]
	});
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

/** As what a contribution is moderated, read and taken back: a suggested wording that became an idea of its own is that idea. */
export async function kindNow<Kind extends string>(
	queryable: Queryable,
	{ topicId, contributionId, kind }: { topicId: string; contributionId: string; kind: Kind }
): Promise<Kind | 'idea'> {
	if (kind !== 'suggestion') return kind;
	const { rowCount } = await queryable.query(`select from ideas where topic_id = $1 and idea_id = $2`, [topicId, contributionId]);
	return rowCount > 0 ? 'idea' : kind;
}

/**
 * How many people other than its author have said what they think of it. With a lock no opinion can come in before the transaction ends: each
 * opinion has to change the same row of counts.
 */
export async function opinionsOfOthers(
	queryable: Queryable,
	{ topicId, number, participantNumber }: Pick<Idea, 'topicId' | 'number' | 'participantNumber'>,
	{ lock = false } = {}
): Promise<number> {
	const { rows } = await queryable.query<{ all: number }>(
		`select agree + disagree + pass as all
		from idea_counts
		where topic_id = $1 and idea_number = $2
		${lock ? 'for update' : ''}`,
		[topicId, number]
	);
	// asked after the lock, so that it sees what was written before it
	const own = await queryable.query(
		`select
		from opinions
		where topic_id = $1 and participant_number = $2 and idea_number = $3`,
		[topicId, participantNumber, number]
	);
	return (rows[0]?.all ?? 0) - own.rowCount;
}
