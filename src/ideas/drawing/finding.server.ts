import type { Queryable } from '#database/connection.server.ts';
import { searchedFor } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** An idea to choose from. */
export interface IdeaFound {
	readonly number: number;
	readonly point: string;
	readonly language: string;
}

const mostFound = 20;

/** Ideas that can be seen, by words or by number ("214", "#214"); without words the newest. For choosing one at the desk. */
export async function ideasToChoose(queryable: Queryable, topicId: string, words: string): Promise<IdeaFound[]> {
	const number = /^\s*#?(\d{1,9})\s*$/u.exec(words)?.[1];
	const looked = number === undefined ? searchedFor(words) : null;
	const { rows } = await queryable.query<IdeaFound>(
		`
			select i.idea_number as number, v.point, i.language
			from ideas i
			${looked === null ? '' : 'join idea_search s using (topic_id, idea_number)'}
			join lateral (
				select point
				from idea_versions v
				where v.topic_id = i.topic_id and v.idea_number = i.idea_number
				order by version desc
				limit 1) v on true
			where i.topic_id = $1
				and ${looked === null ? '($2::text is null or i.idea_number = $2::int)' : 's.words @@ $2::tsquery'}
				and ${canBeSeen('idea', 'i.idea_id')}
			order by ${looked === null ? '' : 'ts_rank(s.words, $2::tsquery) desc,'} i.idea_number desc
			limit ${mostFound}`,
		[topicId, looked ?? number ?? null]
	);
	return rows;
}
