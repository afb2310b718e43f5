import { accountOf, type Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { comparableIdeas } from '#ideas/comparable.server.ts';
import { compareInThread } from '#ideas/same-points/comparing.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';

export const searchKey = (topicId: string) => `same points ${topicId}`;

/** Has a job look through the ideas of a topic. */
export async function askForSamePoints(database: Database, topicId: string, actor: Actor): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, (transaction) =>
		addJob(
			transaction,
			'ideas.find-same-points',
			{ topicId },
			{ jobKey: searchKey(topicId), watched: true, askedBy: accountOf(actor) }
		)
	);
}

/**
 * The work of the job: replaces what was proposed before. The same ideas and opinions give the same proposals. While results are hidden, also from
 * staff, opinions are not looked at: a pair proposed from them would tell what people say.
 */
export async function findSamePoints(
	database: Database,
	topicId: string,
	progress: (done: number, total: number | null) => Promise<void>,
	ending?: AbortSignal
): Promise<void> {
	const ideas = await comparableIdeas(database, topicId);
	await progress(0, ideas.length);
	// told as it comes: nobody waits for it, and the last word is said at the end
	let telling = Promise.resolve();
	const withOpinions = await inTransaction(database, (transaction) => showsResults(transaction, topicId));
	const proposals = await compareInThread(
		database,
		{ topicId, ideas, withOpinions },
		(share) => {
			telling = telling.then(() => progress(Math.round(share * ideas.length), ideas.length)).catch(() => {});
		},
		ending
	);
	await telling;
	await inTransaction(database, async (transaction) => {
		// a stage may have become blind meanwhile
		const mayHint = await showsResults(transaction, topicId);
		const kept = proposals.filter(
			({ closeness, isSure, evidence }) => (isSure || closeness >= worthALook) && (mayHint || evidence !== 'opinions')
		);
		await transaction.query('delete from same_point_proposals where topic_id = $1', [topicId]);
		await transaction.query(
			`insert into same_point_proposals (topic_id, one, other, closeness, evidence, is_sure)
			select $1, one, other, closeness, evidence, "isSure"
			from json_to_recordset($2::json) as found (one int, other int, closeness float8, evidence text, "isSure" boolean)`,
			[topicId, JSON.stringify(kept)]
		);
	});
	await progress(ideas.length, ideas.length);
}

/** Below, a rapporteur finds hardly anything that is the same. */
const worthALook = 0.45;

/** The proposals are read by people: for them a job sees no more than everybody. */
async function showsResults(transaction: Transaction, topicId: string): Promise<boolean> {
	return resultsVisibleTo({ kind: 'visitor', visitorId: null }, await topicOf(transaction, topicId), transaction.at);
}
