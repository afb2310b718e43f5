import { count } from '#activity/counting.server.ts';
import { record } from '#activity/recording.server.ts';
import { asAuthor, type Actor } from '#activity/actor.ts';
import { withdrawContribution } from '#contributions/receiving.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { usableText } from '#languages/usable.ts';
import { concealWithdrawn } from '#moderation/deciding.server.ts';

/** Its author takes a submission back; whoever asks has shown that they are. What was drawn from it stays, without its words. */
export async function withdrawSubmission(
	database: Database | Transaction,
	{ topicId, contributionId }: { topicId: string; contributionId: string },
	reason: string,
	actor: Actor
): Promise<void> {
	const words = usableText(reason, { max: 1_000, what: 'reason', mayBeEmpty: true });
	await inTransaction(database, async (transaction) => {
		await withdrawContribution(transaction, { topicId, contributionId, reason: words });
		const change = await concealWithdrawn(transaction, { topicId, kind: 'submission', thingId: contributionId });
		if (change === 'now-concealed') await count(transaction, topicId, 'submissions', -1);
		await record(transaction, { topicId, actor: asAuthor(actor), did: 'withdrew', kind: 'submission', thingId: contributionId });
	});
}
