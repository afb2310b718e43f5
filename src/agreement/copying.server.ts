import type { Actor } from '#activity/actor.ts';
import { setThresholds } from '#agreement/setting-thresholds.server.ts';
import { thresholdsOf } from '#agreement/thresholds.server.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { copyTopic } from '#topics/copying.server.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';

/** A copy of the topic (copyTopic) that calls consensus what the earlier one did; of the groups that counted there, those that still exist. */
export async function copyTalk(database: Database, topicId: string, actor: Actor): Promise<{ topicId: string; slug: string }> {
	return inTransaction(database, async (transaction) => {
		const copy = await copyTopic(transaction, topicId, actor);
		const { groups: wanted, ...thresholds } = await thresholdsOf(transaction, topicId);
		const { groups } = await institutionOf(transaction);
		const kept = wanted?.filter((group) => groups.includes(group)) ?? [];
		await setThresholds(transaction, copy.topicId, { ...thresholds, groups: kept.length > 0 ? kept : null }, actor);
		return copy;
	});
}
