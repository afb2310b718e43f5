import type { KeyOfNote } from '#cafes/notes/settling.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';

/** Cards that were typed from a photo became notes: these rest on the photo, where the rule of the event lets it be known. */
export async function keepSources(transaction: Transaction, event: EventOfTopic, keys: readonly KeyOfNote[]): Promise<void> {
	const { topicId } = event;
	if (!isChatham(event))
		await transaction.query(
			`
				insert into note_sources (topic_id, contribution_id, photo_id)
				select distinct on (contribution) $1::uuid, contribution, c.photo_id
				from json_to_recordset($2::json) as given (id uuid, contribution uuid)
				join note_photo_cards c on c.topic_id = $1 and c.note_id = given.id
				where contribution is not null
				on conflict (topic_id, contribution_id) do nothing`,
			[topicId, JSON.stringify(keys)]
		);
	await transaction.query('delete from note_photo_cards where topic_id = $1 and note_id = any ($2::uuid[])', [
		topicId,
		keys.map(({ id }) => id)
	]);
}
