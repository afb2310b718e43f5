import type { SignedIn } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import { anEvent } from '#events/examples.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { anAccount } from '#people/examples.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';

/** A town hall that began an hour ago, in a topic that is open; whoever runs its room. */
export async function aTownHall(
	database: Database,
	changes: Omit<NonNullable<Parameters<typeof anEvent>[1]>, 'kind' | 'topicId'> = {}
): Promise<{ event: EventOfTopic; topicId: string; slug: string; staff: SignedIn }> {
	const { topicId, slug } = await anOpenTopic(database);
	const event = await anEvent(database, { ...changes, topicId, kind: 'town-hall' });
	const staff = anAccount({
		accountId: '00000000-0000-7000-8000-0000000000ab',
		roles: [
			{ role: 'moderator', topicId },
			{ role: 'rapporteur', topicId }
		]
	});
	return { event, topicId, slug, staff };
}
