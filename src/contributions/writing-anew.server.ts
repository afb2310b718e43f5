import type { Transaction } from '#database/connection.server.ts';

/** Writes contributions and their words anew, in the order given, as of one moment: neither their rows nor their times tell any more which came first. */
export async function writeAnew(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[],
	asOf: Date
): Promise<void> {
	// no statement for all of them: it would take them in the order in which they lie
	for (const id of contributionIds)
		await transaction.query({
			name: 'contribution-anew',
			text: 'update contributions set received_at = $3 where topic_id = $1 and contribution_id = $2',
			values: [topicId, id, asOf]
		});
	for (const id of contributionIds)
		await transaction.query({
			name: 'wordings-anew',
			text: 'update contribution_versions set written_at = $3 where topic_id = $1 and contribution_id = $2',
			values: [topicId, id, asOf]
		});
}
