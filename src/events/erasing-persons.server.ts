import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { eraseRegistrationsOf, registeredWith } from '#events/forgetting.server.ts';
import type { Surroundings } from '#events/mailing.server.ts';
import type { WayOfAsking } from '#ideas/requests/erasing-persons.ts';
import { erasePersonWith, personWith, type PersonFound } from '#ideas/requests/erasing-persons.server.ts';
import { forgetAddress } from '#mail/forgetting.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** What is known of an address, the events for which it registered counted in; null: nothing. */
export async function personKnown(
	database: Database,
	{ keys }: Pick<Surroundings, 'keys'>,
	email: string,
	actor: Actor
): Promise<(PersonFound & { readonly registrations: number }) | null> {
	const found = await personWith(database, keys, email, actor);
	const registrations = await registeredWith(database, email);
	if (!found && registrations === 0) return null;
	const nothing = { hasAccount: false, isStaff: false, talks: 0, texts: 0, mails: 0, invitations: 0 };
	return { ...(found ?? nothing), registrations };
}

/** Erases whoever has this address, from events and from everything else. */
export async function erasePerson(
	database: Database,
	surroundings: Surroundings,
	wishes: { readonly email: string; readonly asked: WayOfAsking },
	actor: Actor
): Promise<void> {
	const { keys } = surroundings;
	const found = await personKnown(database, surroundings, wishes.email, actor);
	if (!found) throw refusal('no-such-person');
	if (found.isStaff) throw refusal('account-of-staff');
	await inTransaction(database, async (transaction) => {
		await eraseRegistrationsOf(transaction, wishes.email, surroundings);
		// nothing else is known of them: what erases the rest would not find them
		if (await personWith(transaction, keys, wishes.email, actor)) return;
		await forgetAddress(transaction, wishes.email);
		const details = { asked: wishes.asked };
		await record(transaction, { topicId: nilTopic, actor, did: 'erased', kind: 'participant', thingId: null, details });
	});
	if (await personWith(database, keys, wishes.email, actor)) await erasePersonWith(database, keys, wishes, actor);
}
