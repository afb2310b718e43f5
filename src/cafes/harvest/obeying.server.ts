import { forgetActs } from '#activity/recording.server.ts';
import { forgetOrder } from '#cafes/harvest/forgetting-order.server.ts';
import { forgetPhotos } from '#cafes/notes/filing.server.ts';
import { eventHeld } from '#cafes/notes/rule.server.ts';
import { holdTrays, isHarvestOver } from '#cafes/notes/tray.server.ts';
import { forgetSeating } from '#cafes/seating/forgetting.server.ts';
import { attributeAnew } from '#contributions/attributing.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { isChatham, showsNames, type EventOfTopic } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { forgetVoices } from '#events/voices.server.ts';

/** What tables wrote before the rule of their café became stricter obeys it: cards that wait, and notes. */
export async function obeyAtTables(database: Database | Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await holdTrays(transaction, topicId, eventId);
		const event = await eventHeld(transaction, { topicId, eventId });
		if (showsNames(event)) return;
		await transaction.query(
			`
				update waiting_notes
				set said_by_name = null, said_by_group = case when $3 then null else said_by_group end
				where topic_id = $1 and event_id = $2`,
			[topicId, eventId, isChatham(event)]
		);
		await stripNotes(transaction, event);
		if (!isChatham(event)) return;
		await forgetOrder(transaction, event);
		await forgetVoices(transaction, event);
		await forgetActs(transaction, { topicId, did: 'wrote', kind: 'table', thingId: eventId });
		// a card that comes once more is still known, but not as which note
		await transaction.query('update note_keys set contribution_id = null, version = null where topic_id = $1 and event_id = $2', [
			...[topicId, eventId]
		]);
		if (!(await isHarvestOver(transaction, topicId, eventId))) return;
		await transaction.query('delete from note_keys where topic_id = $1 and event_id = $2', [topicId, eventId]);
		await forgetSeating(transaction, topicId, eventId);
		await forgetPhotos(transaction, { topicId, eventId });
	});
}

async function stripNotes(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { topicId, eventId } = event;
	const { rows } = await transaction.query<{ id: string; number: number | null; profile: number | null }>(
		`
			select contribution_id as id, participant_number as number, profile_number as profile
			from notes
			join contributions using (topic_id, contribution_id)
			where topic_id = $1 and event_id = $2 and (attribution = 'named' or $3 and attribution <> 'anonymous')`,
		[topicId, eventId, isChatham(event)]
	);
	for (const { id, number, profile } of rows) {
		const participant = isChatham(event) || number === null || profile === null ? null : { number, profile };
		const attribution = participant === null ? 'anonymous' : 'group';
		await attributeAnew(transaction, topicId, id, { participant, attribution, name: null });
	}
}
