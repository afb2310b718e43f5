import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { forgetAtTables, tablesHostedBy } from '#cafes/forgetting-persons.server.ts';
import { leave } from '#contributions/leaving.server.ts';
import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { eraseRegistrationsOf, registeredWith } from '#events/forgetting.server.ts';
import type { Surroundings } from '#events/mailing.server.ts';
import type { WayOfAsking } from '#ideas/requests/erasing-persons.ts';
import { erasePersonWith, personWith, type PersonFound } from '#ideas/requests/erasing-persons.server.ts';
import { forgetAddress } from '#mail/forgetting.server.ts';
import { ownAccount } from '#people/accounts.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Deletes the account of who asks, and forgets its address wherever it came in: what they registered for, hosted or ran goes with it. */
export async function leaveForGood(database: Database, surroundings: Surroundings, actor: Actor): Promise<void> {
	if (accountOf(actor) === null) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { email } = await ownAccount(transaction, actor);
		await forgetAtEvents(transaction, email, surroundings);
		await leave(transaction, actor);
	});
}

/** What is known of an address, what it registered for, hosts or runs counted in; null: nothing. */
export async function personKnown(
	database: Database | Transaction,
	{ keys }: Pick<Surroundings, 'keys'>,
	email: string,
	actor: Actor
): Promise<(PersonFound & { readonly registrations: number }) | null> {
	const found = await personWith(database, keys, email, actor);
	const registrations = (await registeredWith(database, email)) + (await tablesHostedBy(database, email));
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
	await inTransaction(database, async (transaction) => {
		const found = await personKnown(transaction, surroundings, wishes.email, actor);
		if (!found) throw refusal('no-such-person');
		if (found.isStaff) throw refusal('account-of-staff');
		await forgetAtEvents(transaction, wishes.email, surroundings);
		if (await personWith(transaction, keys, wishes.email, actor)) return erasePersonWith(transaction, keys, wishes, actor);
		// nothing else is known of them: what erases the rest would not find them
		await forgetAddress(transaction, wishes.email);
		const details = { asked: wishes.asked };
		await record(transaction, { topicId: nilTopic, actor, did: 'erased', kind: 'participant', thingId: null, details });
	});
}

async function forgetAtEvents(transaction: Transaction, email: string, surroundings: Surroundings): Promise<void> {
	const guests = await eraseRegistrationsOf(transaction, email, surroundings);
	await forgetAtTables(transaction, email, guests);
}
