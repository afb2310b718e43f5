import { accountOf, type Actor } from '#activity/actor.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** A number under which somebody took part in a topic. */
export interface OwnNumber {
	readonly topicId: string;
	readonly number: number;
	/** by which numbers of one participant are told from those of another, joined to neither, whom only the browser knows */
	readonly person: number;
}

/**
 * All numbers of who asks in the topics, in one query however many they are: of the account, and of its browser unless that one's
 * participant is another account's, each with those that were joined to it. No topic may be archived: its key is gone.
 */
export async function ownNumbers(
	queryable: Queryable,
	keys: TopicKeys,
	topicIds: readonly string[],
	actor: Actor
): Promise<OwnNumber[]> {
	if (actor.kind === 'job') return [];
	const account = accountOf(actor);
	const ids = [account, actor.visitorId].filter((id) => id !== null);
	const asked = ids.flatMap((id) => topicIds.map((topicId) => ({ topicId, id })));
	if (asked.length === 0) return [];
	const hashes = await Promise.all(asked.map(({ topicId, id }) => keys.hash(topicId, id)));
	const { rows } = await queryable.query<OwnNumber>(
		`
			with recursive person as (
				select l.topic_id, l.participant_number as person, l.participant_number as number
				from unnest($1::uuid[], $2::bytea[], $3::bool[]) as asked (topic_id, keyed_hash, is_browser_of_account)
				join participant_links l using (topic_id, keyed_hash)
				where not asked.is_browser_of_account or not exists (
					select from participant_links other
					where other.topic_id = l.topic_id and other.participant_number = l.participant_number and other.holder = 'account')
				union
				select j.topic_id, person.person, case when j.participant_number = person.number then j.into_number else j.participant_number end
				from person
				join participant_joins j on j.topic_id = person.topic_id and person.number in (j.participant_number, j.into_number)
			)
			select topic_id as "topicId", number, min(person) as person
			from person
			group by topic_id, number
			order by topic_id, number`,
		[asked.map(({ topicId }) => topicId), hashes, asked.map(({ id }) => account !== null && id !== account)]
	);
	return rows;
}
