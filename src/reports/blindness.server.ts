import type { Actor } from '#activity/actor.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { reportNumbered } from '#reports/reading.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { frozenResultsVisibleTo, resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';

/** Refuses `results-blind` whoever asks, and be it a job, which sees everything: whoever reads a report is not one. */
export async function refuseWhileBlind(transaction: Transaction, topicId: string): Promise<void> {
	const topic = await topicOf(transaction, topicId);
	if (!resultsVisibleTo({ kind: 'visitor', visitorId: null }, topic, transaction.at)) throw refusal('results-blind');
}

/** For the desk, where a draft is read: refuses `results-blind` while its figures are those of a moment that is still blind. */
export async function refuseFrozenBlind(
	queryable: Queryable,
	topic: { readonly topicId: string; readonly stages: readonly Stage[] },
	number: number,
	{ actor, at }: { actor: Actor; at: Date }
): Promise<void> {
	const { frozenAt } = await reportNumbered(queryable, topic.topicId, number);
	if (!frozenResultsVisibleTo(actor, topic, { frozenAt, at })) throw refusal('results-blind');
}
