import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { isChatham, showsNames } from '#events/event.ts';
import { eventOf } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { obeyInCaptions } from '#townhalls/captions/obeying.server.ts';
import { obeyRule } from '#townhalls/floor/summarising.server.ts';
import { obeyInPolls } from '#townhalls/polls/writing.server.ts';
import { closeQuestions } from '#townhalls/questions/closing.server.ts';
import { obeyInQuestions } from '#townhalls/questions/filing.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

/** What was said in a town hall before its rule became stricter obeys it: on the floor, in questions, in polls, in captions. */
export async function obeyInTownHall(database: Database | Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
		const event = await eventOf(transaction, topicId, eventId);
		if (showsNames(event)) return;
		await obeyRule(transaction, event);
		await obeyInCaptions(transaction, event);
		if (!isChatham(event)) return obeyInQuestions(transaction, event);
		await obeyInPolls(transaction, event);
		// those that were asked until now lose number, time and asker as they will once more when questions are closed
		if ((await questionsOfEvent(transaction, event)).length > 0) await closeQuestions(transaction, event);
	});
}
