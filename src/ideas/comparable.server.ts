import type { Queryable } from '#database/connection.server.ts';
import type { Text } from '#engines/likeness/text.ts';
import { wordsInOrder } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** An idea as the engine of likeness reads it. */
export interface ComparableIdea {
	readonly idea: number;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly text: string;
}

/** All ideas of a topic that can be seen, by number, each as it is worded now. */
export async function comparableIdeas(queryable: Queryable, topicId: string): Promise<ComparableIdea[]> {
	const { rows } = await queryable.query<ComparableIdea>(
		`
			select i.idea_number as idea, i.language, v.point as text
			from ideas i
			cross join lateral (
				select point
				from idea_versions v
				where v.topic_id = i.topic_id and v.idea_number = i.idea_number
				order by version desc
				limit 1
			) v
			where i.topic_id = $1 and ${canBeSeen('idea', 'i.idea_id')}
			order by i.idea_number`,
		[topicId]
	);
	return rows;
}

/** Nobody can write a translation of an idea yet: once `texts` has some, each comes here as one more text of its idea, with isTranslation. */
export function textsOf(ideas: readonly ComparableIdea[]): Text[] {
	return ideas.map((idea) => ({ ...idea, words: wordsInOrder(idea.text, idea.language), isTranslation: false }));
}
