// For the test of what is left of a person: what they say of themselves to come to an event.
import assert from 'node:assert/strict';
import { inTransaction } from '#database/connection.server.ts';
import { personKnown } from '#events/erasing-persons.server.ts';
import { aRegistration } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { eraseRegistrationsOf, registeredWith } from '#events/forgetting.server.ts';
import { addHub } from '#events/hubs.server.ts';
import { inviteToEvent } from '#events/inviting.server.ts';
import { register } from '#events/registering.server.ts';
import { address, database, keys, name, said, staff, topicId } from './canary.ts';

const surroundings = { keys, origin: 'https://talks.example.org' };

/** Is invited, registers with all that the form asks, and runs a hub. */
export async function comesToAnEvent(): Promise<void> {
	const startsAt = new Date(Date.now() + 50 * 3_600_000);
	const endsAt = new Date(+startsAt + 3_600_000);
	const event = await anEvent(database, { topicId, startsAt, endsAt });
	await inviteToEvent(database, event, { emails: [address], language: 'en', origin: surroundings.origin }, staff);
	const draft = aRegistration({ name, email: address, organisation: said('comes for'), accessNeeds: said('needs') });
	await register(database, event, draft, surroundings);
	const hub = { place: 'Town library', region: null, coordinator: name, email: address, headsExpected: 12 };
	await addHub(database, event, hub, staff);
	const known = await personKnown(database, { keys }, address, staff);
	assert.equal(known?.registrations, 3);
}

/** What the desk does for whoever asks. */
export async function isErasedFromEvents(): Promise<void> {
	await inTransaction(database, (transaction) => eraseRegistrationsOf(transaction, address, surroundings));
	assert.equal(await registeredWith(database, address), 0);
}
