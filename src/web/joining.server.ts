import type { Actor } from '#activity/actor.ts';
import { joinParticipant } from '#ideas/opinions.server.ts';
import type { Context } from '#web/context.server.ts';

/**
 * Somebody who took part without an account has signed in: in each open topic in which their browser took part, its participant becomes
 * the account's, with its opinions, in one transaction a topic.
 */
export async function joinVisitorEverywhere({ database, keys }: Context, actor: Actor): Promise<void> {
	if (actor.kind !== 'account' || !actor.visitorId) return;
	const { rows } = await database.query<{ topicId: string }>(`
		select p.topic_id as "topicId"
		from topic_publications p
		where not exists (select from topic_archivals a where a.topic_id = p.topic_id)
		order by p.topic_id`);
	for (const { topicId } of rows) await joinParticipant(database, keys, topicId, actor);
}
