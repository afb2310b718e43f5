import { accountOf, type Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayRunRoom } from '#townhalls/room.ts';
import type { Shown } from '#townhalls/screen.ts';

export interface Screen {
	readonly shows: Shown;
	readonly pollId: string | null;
	readonly version: number;
}

/** What stands on the screen of the hall; the welcome until somebody chooses. */
export async function screenOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Screen> {
	const { rows } = await queryable.query<Screen>({
		name: 'town-hall-screen',
		text: `
			select shows, poll_id as "pollId", version
			from town_hall_screens
			where topic_id = $1 and event_id = $2
			order by version desc
			limit 1`,
		values: [topicId, eventId]
	});
	return rows[0] ?? { shows: 'welcome', pollId: null, version: 0 };
}

/** Puts something on the screen. */
export async function showOnScreen(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	{ shows, pollId }: { shows: Shown; pollId: string | null },
	actor: Actor
): Promise<void> {
	if (!mayRunRoom(actor, topicId)) throw refusal('not-allowed');
	if ((shows === 'poll') !== (pollId !== null)) throw refusal('nothing-chosen');
	await inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
		const before = await screenOf(transaction, { topicId, eventId });
		if (before.shows === shows && before.pollId === pollId) return;
		const { rowCount } = await transaction.query(
			`
				insert into town_hall_screens (topic_id, event_id, version, shows, poll_id, at, by)
				select $1, $2, $3, $4, $5, $6, $7
				where $5::uuid is null or exists (
					select from polls where polls.topic_id = $1 and polls.event_id = $2 and polls.poll_id = $5)`,
			[topicId, eventId, before.version + 1, shows, pollId, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) throw refusal('not-found');
		await move(transaction, { topicId, eventId }, 'screen', null, { shows });
	});
}
