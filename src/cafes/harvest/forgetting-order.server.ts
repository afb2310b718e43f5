import { randomInt } from 'node:crypto';
import { dayOf } from '#cafes/notes/closing.server.ts';
import { shuffled } from '#cafes/notes/settling.server.ts';
import { writeAnew } from '#contributions/writing-anew.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import type { EventOfTopic } from '#events/event.ts';

/**
 * Trays were emptied several times: after each round, and once more for phones that came late. All notes are written anew in an order by lot, so that
 * neither their rows nor the closings tell which came with which.
 */
export async function forgetOrder(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { topicId, eventId } = event;
	const { rows } = await transaction.query<{ id: string }>(
		'select contribution_id as id from notes where topic_id = $1 and event_id = $2',
		[topicId, eventId]
	);
	const day = await dayOf(transaction, event);
	const ids = shuffled(rows.map(({ id }) => id));
	await writeAnew(transaction, topicId, ids, day);
	// no statement for all of them: it would take them in the order in which they lie
	for (const id of ids)
		await transaction.query({
			name: 'note-anew',
			text: 'update notes set place = $3 where topic_id = $1 and contribution_id = $2',
			values: [topicId, id, randomInt(2 ** 31)]
		});
	await transaction.query('delete from note_closings where topic_id = $1 and event_id = $2', [topicId, eventId]);
	await transaction.query(
		`insert into note_closings (topic_id, event_id, table_number, closing, cards, closed_at)
		select topic_id, event_id, table_number, 1, count(*), $3
		from notes
		where topic_id = $1 and event_id = $2
		group by topic_id, event_id, table_number
		order by table_number`,
		[topicId, eventId, day]
	);
}
