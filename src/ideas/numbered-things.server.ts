import type { Queryable } from '#database/connection.server.ts';

export interface NumberedThing {
	readonly kind: 'idea' | 'comment' | 'submission';
	/** by which people know it: idea 12 */
	readonly number: number;
}

/** Ideas, comments, submissions and (as the idea that it would mend) suggested wordings, by their ids; others are absent. One query. */
export async function numbersOfThings(
	queryable: Queryable,
	things: readonly { readonly topicId: string; readonly thingId: string }[]
): Promise<Map<string, NumberedThing>> {
	const { rows } = await queryable.query<NumberedThing & { thingId: string }>(
		`
			select asked.thing_id as "thingId", known.kind, known.number
			from unnest($1::uuid[], $2::uuid[]) as asked (topic_id, thing_id)
			cross join lateral (
				select 'idea' as kind, i.idea_number as number
				from ideas i
				where i.topic_id = asked.topic_id and i.idea_id = asked.thing_id
				union all
				-- what became an idea of the contribution by which it was sent
				select 'idea', i.idea_number
				from ideas i
				where i.topic_id = asked.topic_id and i.contribution_id = asked.thing_id and i.idea_id <> asked.thing_id and i.drawn_by is null
				union all
				select 'comment', c.comment_number
				from comments c
				where c.topic_id = asked.topic_id and c.comment_id = asked.thing_id
				union all
				select 'submission', s.submission_number
				from submissions s
				where s.topic_id = asked.topic_id and s.contribution_id = asked.thing_id
				union all
				select 'idea', w.idea_number
				from wording_suggestions w
				where w.topic_id = asked.topic_id and w.suggestion_id = asked.thing_id
			) as known`,
		[things.map(({ topicId }) => topicId), things.map(({ thingId }) => thingId)]
	);
	return new Map(rows.map(({ thingId, ...thing }) => [thingId, thing]));
}
