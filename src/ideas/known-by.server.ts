import { canBeSeen } from '#moderation/concealed.server.ts';

/**
 * For queries, `cross join lateral (${knownBy('c', 'c.contribution_id')}) as thing`: by what people know a thing of any kind, as `number`,
 * `words` (an idea's point, a submission's title, the beginning of a comment) and `language`. Whether the thing itself can be seen, the query
 * asks; a comment to an idea that cannot be seen cannot be seen either, and has no row.
 * @param row has the columns `topic_id` and `kind`
 */
export function knownBy(row: string, id: string): string {
	return `
		select i.idea_number as number, v.point as words, i.language
		from ideas i
		join lateral (
			select point from idea_versions v
			where v.topic_id = i.topic_id and v.idea_number = i.idea_number
			order by version desc
			limit 1) v on true
		where ${row}.kind = 'idea' and i.topic_id = ${row}.topic_id and i.idea_id = ${id}
		union all
		select m.comment_number, left(v.text, 280), v.language
		from comments m
		join ideas i on i.topic_id = m.topic_id and i.idea_number = m.idea_number
		join lateral (
			select text, language from contribution_versions v
			where v.topic_id = m.topic_id and v.contribution_id = m.contribution_id
			order by version desc
			limit 1) v on true
		where ${row}.kind = 'comment' and m.topic_id = ${row}.topic_id and m.comment_id = ${id} and ${canBeSeen('idea', 'i.idea_id')}
		union all
		select s.submission_number, s.title, t.language
		from submissions s
		join contributions t using (topic_id, contribution_id)
		where ${row}.kind = 'submission' and s.topic_id = ${row}.topic_id and s.contribution_id = ${id}`;
}
