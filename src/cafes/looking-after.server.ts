import { forgetHostMails } from '#cafes/forgetting-hosts.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { latestOfEvent } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';

const aDay = 86_400_000;
/** Days for which a phone keeps the notebook of its table, and cards may come late. */
const lateDays = 7;

/** What the clock does to cafés: promises are kept also where nobody clicks. */
export async function lookAfterCafes(database: Database, { keptDays }: { readonly keptDays: number }): Promise<void> {
	await endHarvestsLeft(database);
	await forgetHosts(database, keptDays);
}

/** Under the Chatham House rule a harvest that nobody ended ends when no phone comes any more: what it promised to forget is forgotten. */
async function endHarvestsLeft(database: Database): Promise<void> {
	const { rows } = await database.query<OfEvent>(
		`
			select events.topic_id as "topicId", events.event_id as "eventId"
			from events
			${latestOfEvent}
			where planned.attribution = 'chatham' and planned.ends_at < $1
				and exists (select from cafe_plans p where (p.topic_id, p.event_id) = (events.topic_id, events.event_id))
				and not exists (select from harvest_ends h where (h.topic_id, h.event_id) = (events.topic_id, events.event_id))
			limit 100`,
		[new Date(Date.now() + database.clockShift - lateDays * aDay)]
	);
	for (const of of rows) await endHarvest(database, of, { kind: 'job', name: 'events.look-after' }, { alsoWithPhotos: true });
}

/** To which address a host was written is forgotten with the event under the Chatham House rule; who hosted at all is when who registered is. */
async function forgetHosts(database: Database, keptDays: number): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<OfEvent & { hostId: string; email: string | null; isOld: boolean }>(
			`
				select h.topic_id as "topicId", h.event_id as "eventId", h.host_id as "hostId", h.email, planned.ends_at < $2 as "isOld"
				from cafe_hosts h
				join events using (topic_id, event_id)
				${latestOfEvent}
				where planned.ends_at < $2
					or h.email is not null and planned.attribution = 'chatham'
						and (planned.ends_at < $1 or stands.state in ('held', 'cancelled'))
				order by h.topic_id, h.event_id, h.host_id
				limit 1000
				for update of h`,
			[transaction.at, new Date(transaction.at.getTime() - keptDays * aDay)]
		);
		for (const { topicId, eventId, hostId, email, isOld } of rows) {
			await transaction.query(
				isOld
					? 'delete from cafe_hosts where topic_id = $1 and event_id = $2 and host_id = $3'
					: 'update cafe_hosts set email = null where topic_id = $1 and event_id = $2 and host_id = $3',
				[topicId, eventId, hostId]
			);
			await forgetHostMails(transaction, topicId, [email]);
		}
	});
}
