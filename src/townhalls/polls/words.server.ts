import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { move } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayRunRoom } from '#townhalls/room.ts';
import { pollOf } from '#townhalls/polls/polls.server.ts';

/** Lets words of a cloud be shown, or keeps them back; what was decided may be decided anew. */
export async function decideWords(
	database: Database | Transaction,
	{ topicId, pollId, words }: { topicId: string; pollId: string; words: readonly number[] },
	decision: 'shown' | 'kept-back',
	actor: Actor
): Promise<void> {
	if (!mayRunRoom(actor, topicId)) throw refusal('not-allowed');
	if (words.length === 0) throw refusal('nothing-chosen');
	await inTransaction(database, async (transaction) => {
		const poll = await pollOf(transaction, topicId, pollId);
		await requireOpenTopic(transaction, topicId);
		// two at the desk decide on the same word: the later one holds
		await transaction.query(
			`select from poll_words where topic_id = $1 and poll_id = $2 and word_number = any ($3::int[]) order by word_number for update`,
			[topicId, pollId, words]
		);
		await transaction.query(
			`
				insert into poll_word_decisions (topic_id, poll_id, word_number, version, decision, at, by)
				select $1, $2, w.word_number, coalesce(max(d.version), 0) + 1, $4, $5, $6
				from poll_words w
				left join poll_word_decisions d using (topic_id, poll_id, word_number)
				where w.topic_id = $1 and w.poll_id = $2 and w.word_number = any ($3::int[])
				group by w.word_number`,
			[topicId, pollId, words, decision, transaction.at, accountOf(actor)]
		);
		await transaction.query(
			`update poll_words set decision = $4 where topic_id = $1 and poll_id = $2 and word_number = any ($3::int[])`,
			[topicId, pollId, words, decision]
		);
		// never the words: what was kept back is kept back here, too
		const details = { number: poll.number, words: words.length };
		const did = decision === 'shown' ? 'let through' : 'kept back';
		await record(transaction, { topicId, actor, did, kind: 'poll', thingId: pollId, details });
		await move(transaction, poll, 'poll-words', pollId, { number: poll.number });
	});
}
