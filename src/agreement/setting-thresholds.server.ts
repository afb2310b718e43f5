import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { askForLevels } from '#agreement/levels.server.ts';
import { areThresholds, type ThresholdsOfTopic } from '#agreement/thresholds.ts';
import { thresholdsOf } from '#agreement/thresholds.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';

/** What the talk calls consensus from now on; its levels are computed anew by a job, and until then pages print what they stand on. */
export async function setThresholds(
	database: Database | Transaction,
	topicId: string,
	wanted: ThresholdsOfTopic,
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const { groups } = await institutionOf(transaction);
		if (!areThresholds(wanted, groups)) throw refusal('thresholds-unusable');
		const before = await thresholdsOf(transaction, topicId);
		const set = wanted.groups === null ? wanted : { ...wanted, groups: groups.filter((group) => wanted.groups!.includes(group)) };
		if (JSON.stringify(listed(before)) === JSON.stringify(listed(set))) return;
		await transaction.query(
			`
				insert into level_thresholds (topic_id, version, heard, majority, most, groups, set_at, set_by)
				select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7
				from level_thresholds
				where topic_id = $1`,
			[topicId, set.heard, set.majority, set.most, set.groups, transaction.at, accountOf(actor)]
		);
		const details = { before, after: set };
		await record(transaction, { topicId, actor, did: 'set', kind: 'level-thresholds', thingId: null, details });
		await askForLevels(transaction, topicId);
	});
}

function listed({ heard, majority, most, groups }: ThresholdsOfTopic) {
	return [heard, majority, most, groups];
}
