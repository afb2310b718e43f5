import type { Actor } from '#activity/actor.ts';
import type { Transaction } from '#database/connection.server.ts';
import { joinParticipant } from '#ideas/opinions/opinions.server.ts';
import { topicIdsUnderWay } from '#topics/reading.server.ts';
import { joinAnswers } from '#townhalls/polls/writing.server.ts';
import { joinQuestions } from '#townhalls/questions/asking.server.ts';
import type { Context } from '#web/context.server.ts';

/**
 * Somebody who took part without an account has signed in: in each open topic in which their browser took part, its participant becomes
 * the account's, with its opinions, in one transaction a topic.
 */
export async function joinVisitorEverywhere({ database, keys }: Pick<Context, 'database' | 'keys'>, actor: Actor): Promise<void> {
	if (actor.kind !== 'account' || !actor.visitorId) return;
	for (const topicId of await topicIdsUnderWay(database)) await joinParticipant(database, keys, topicId, actor, joinInRooms);
}

/** What was answered and asked in rooms. */
async function joinInRooms(transaction: Transaction, topicId: string, joined: { from: number; into: number }): Promise<void> {
	await joinAnswers(transaction, topicId, joined);
	await joinQuestions(transaction, topicId, joined);
}
