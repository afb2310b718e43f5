import type { BroughtInText } from '#contributions/bringing-in.server.ts';
import type { Transaction } from '#database/connection.server.ts';

/** Whoever says a text of an event anew says who speaks, too: what stood beside the words before is gone. */
export async function attributeAnew(
	transaction: Transaction,
	topicId: string,
	contributionId: string,
	{ participant, attribution, name }: Pick<BroughtInText, 'participant' | 'attribution' | 'name'>
): Promise<void> {
	await transaction.query(
		`update contributions set participant_number = $3, profile_number = $4, attribution = $5
		where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId, participant?.number ?? null, participant?.profile ?? null, attribution]
	);
	await transaction.query('delete from contribution_names where topic_id = $1 and contribution_id = $2', [
		topicId,
		contributionId
	]);
	if (attribution === 'named' && name !== null)
		await transaction.query('insert into contribution_names (topic_id, contribution_id, name) values ($1, $2, $3)', [
			...[topicId, contributionId, name]
		]);
}
