import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isStaff } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { EventOfTopic } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { hashOfCode } from '#events/registrations.server.ts';
import { newToken } from '#people/invitations/token.ts';
import { refusal } from '#refusals/refusal.ts';

/** So long before an event its door lets one in, and after it. */
const opensBefore = 7 * 86_400_000;
const closesAfter = 2 * 86_400_000;

/** Who stands at the door: staff of the talk, or whoever has its link. */
export interface Doorkeeper extends OfEvent {
	readonly by: string | null;
}

/** From when on the link of the door lets nobody in, and phones forget who was expected. */
export function doorShutsAt({ endsAt }: Pick<EventOfTopic, 'endsAt'>): Date {
	return new Date(endsAt.getTime() + closesAfter);
}

/** Makes the link of the door; the one before stops working. Only its hash is kept, so it is shown once. */
export async function openDoor(database: Database, { topicId, eventId }: OfEvent, actor: Actor): Promise<string> {
	if (!isStaff(actor, topicId)) throw refusal('not-allowed');
	const { token } = newToken(topicId);
	await inTransaction(database, async (transaction) => {
		await transaction.query(`update event_doors set closed_at = $3 where topic_id = $1 and event_id = $2 and closed_at is null`, [
			topicId,
			eventId,
			transaction.at
		]);
		await transaction.query(
			`
				insert into event_doors (topic_id, event_id, door_id, token_hash, opened_at, opened_by)
				values ($1, $2, $3, $4, $5, $6)`,
			[topicId, eventId, uuidv7(), hashOfCode(token), transaction.at, accountOf(actor)]
		);
		await record(transaction, { topicId, actor, did: 'opened', kind: 'event', thingId: eventId });
	});
	return token;
}

/** Whether somebody may check people in: staff, or by the link of the door around the time of the event. */
export async function doorkeeperOf(
	queryable: Queryable,
	event: EventOfTopic,
	{ actor, token, at }: { actor: Actor; token: string | null; at: Date }
): Promise<Doorkeeper | null> {
	const { topicId, eventId } = event;
	if (event.state === 'planned' || event.state === 'cancelled') return null;
	if (isStaff(actor, topicId)) return { topicId, eventId, by: accountOf(actor) };
	if (token === null || +at < +event.startsAt - opensBefore || at > doorShutsAt(event)) return null;
	const { rows } = await queryable.query<{ isOpen: boolean }>(
		`
			select exists (
				select from event_doors
				where topic_id = $1 and event_id = $2 and token_hash = $3 and closed_at is null) as "isOpen"`,
		[topicId, eventId, hashOfCode(token)]
	);
	return rows[0]!.isOpen ? { topicId, eventId, by: null } : null;
}
