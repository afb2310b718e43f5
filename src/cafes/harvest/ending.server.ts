import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { forgetOrder } from '#cafes/harvest/forgetting-order.server.ts';
import { emptyAll } from '#cafes/notes/closing.server.ts';
import { forgetPhotos } from '#cafes/notes/filing.server.ts';
import { photosToType } from '#cafes/notes/photo-lists.server.ts';
import { eventHeld } from '#cafes/notes/rule.server.ts';
import { holdTrays, isHarvestOver } from '#cafes/notes/tray.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { forgetSeating } from '#cafes/seating/forgetting.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { isChatham } from '#events/event.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * Ends the harvest: what waits is taken, and nothing comes from phones any more. Under the Chatham House rule what could lead from a note to a phone, who
 * sat where, which note came first and photos that show anybody's hand are forgotten with it. Refuses while photos wait to be typed: nothing comes in afterwards.
 * @param alsoWithPhotos where nobody will type them any more, and what was promised weighs more
 */
export async function endHarvest(
	database: Database | Transaction,
	{ topicId, eventId }: { readonly topicId: string; readonly eventId: string },
	actor: Actor,
	{ alsoWithPhotos = false } = {}
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdTrays(transaction, topicId, eventId);
		if (await isHarvestOver(transaction, topicId, eventId)) throw refusal('harvest-over');
		const event = await eventHeld(transaction, { topicId, eventId });
		const photos = alsoWithPhotos ? 0 : await photosToType(transaction, topicId, eventId);
		if (photos > 0) throw refusal('photos-wait', { count: photos });
		await emptyAll(transaction, event);
		await transaction.query('insert into harvest_ends (topic_id, event_id, ended_at, ended_by) values ($1, $2, $3, $4)', [
			...[topicId, eventId, transaction.at, accountOf(actor)]
		]);
		if (isChatham(event)) {
			await transaction.query('delete from note_keys where topic_id = $1 and event_id = $2', [topicId, eventId]);
			await forgetOrder(transaction, event);
			await forgetSeating(transaction, topicId, eventId);
			await forgetPhotos(transaction, { topicId, eventId });
		}
		await record(transaction, { topicId, actor, did: 'ended', kind: 'harvest', thingId: eventId });
	});
}
