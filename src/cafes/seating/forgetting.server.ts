import { forgetHostMails } from '#cafes/forgetting-hosts.server.ts';
import type { Transaction } from '#database/connection.server.ts';

/**
 * Deletes all that joins a person to a table: seatings, cards, pairs and pins, hosts and their links. Under the Chatham House rule the harvest does
 * it; plan and rounds stay.
 */
export async function forgetSeating(transaction: Transaction, topicId: string, eventId: string): Promise<void> {
	const of = 'where topic_id = $1 and event_id = $2';
	await transaction.query(`delete from cafe_seatings ${of}`, [topicId, eventId]);
	await transaction.query(`delete from cafe_pairs ${of}`, [topicId, eventId]);
	await transaction.query(`delete from cafe_pins ${of}`, [topicId, eventId]);
	await transaction.query(`delete from cafe_cards_given ${of}`, [topicId, eventId]);
	await transaction.query(`delete from cafe_cards ${of}`, [topicId, eventId]);
	const { rows } = await transaction.query<{ email: string | null }>(`delete from cafe_hosts ${of} returning email`, [
		topicId,
		eventId
	]);
	await forgetHostMails(
		transaction,
		topicId,
		rows.map(({ email }) => email)
	);
}
