import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { forgetTopics } from '#topics/reading.server.ts';
import { standing } from '#topics/stages/stage.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/**
 * Archives a finished topic for good: it can be read, nothing is added any more, and the key that leads from people to their
 * participants is destroyed, so that nobody can tell whose opinions are whose, not even its author by a cookie.
 */
export async function archiveTopic(
	database: Database,
	keys: TopicKeys,
	topicId: string,
	actor: Actor,
	reason = ''
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		if (standing(await stagesOf(transaction, topicId), transaction.at) === 'open') throw refusal('topic-still-open');
		await transaction.query(
			`
				insert into topic_archivals (topic_id, archived_at, archived_by, reason)
				values ($1, $2, $3, $4)`,
			[topicId, transaction.at, accountOf(actor), reason]
		);
		await record(transaction, { topicId, actor, did: 'archived', kind: 'topic', thingId: topicId, reason });
	});
	await keys.destroy(topicId);
	forgetTopics(database);
}

/** Asked for at every start: a process that died between the row and the key has left the key behind. */
export async function destroyKeysOfArchived(database: Database, keys: TopicKeys): Promise<void> {
	const { rows } = await database.query<{ topicId: string }>(`select topic_id as "topicId" from topic_archivals`);
	for (const { topicId } of rows) await keys.destroy(topicId);
}
