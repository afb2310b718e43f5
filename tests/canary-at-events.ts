// For the test of what is left of a person: what they say of themselves to come to an event, and where they sit there.
import assert from 'node:assert/strict';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, hostOfSecret, makeHostLink } from '#cafes/hosts.server.ts';
import { mailHostLink } from '#cafes/mailing-hosts.server.ts';
import { cardsFor, giveOutCards } from '#cafes/seating/cards.server.ts';
import { swapGuests } from '#cafes/seating/changing.server.ts';
import { chooseSeating, keepSeating } from '#cafes/seating/keeping.server.ts';
import { seatsOf } from '#cafes/seating/seating.ts';
import { setPair, setPin } from '#cafes/seating/wishing.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { aRegistration } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { addHub } from '#events/hubs.server.ts';
import { inviteToEvent } from '#events/inviting.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { register } from '#events/registering.server.ts';
import { registrationWithEmail } from '#events/registrations.server.ts';
import { personKnown } from '#newsroom/leaving.server.ts';
import { address, database, keys, name, said, staff, topicId } from './canary.ts';
import { inDatabase } from './traces.ts';

const surroundings = { keys, origin: 'https://talks.example.org' };
let theirs: { readonly registrationId: string; readonly hostId: string; readonly secret: string };

/** Is invited, registers with all that the form asks, runs a hub, hosts a table and sits at another. */
export async function comesToAnEvent(): Promise<void> {
	const startsAt = new Date(Date.now() + 50 * 3_600_000);
	const endsAt = new Date(+startsAt + 3_600_000);
	const event = await anEvent(database, { topicId, startsAt, endsAt });
	await inviteToEvent(database, event, { emails: [address], language: 'en', origin: surroundings.origin }, staff);
	const draft = aRegistration({ name, email: address, organisation: said('comes for'), accessNeeds: said('needs') });
	await register(database, event, draft, surroundings);
	const hub = {
		place: 'Town library',
		region: null,
		coordinator: name,
		email: address,
		headsExpected: 12,
		zone: 'Africa/Nairobi'
	};
	await addHub(database, event, hub, staff);
	await sitsAtATable(event);
	const known = await personKnown(database, { keys }, address, staff);
	assert.equal(known?.registrations, 4);
}

async function sitsAtATable(event: OfEvent): Promise<void> {
	const of = { topicId: event.topicId, eventId: event.eventId };
	await aCafe(database, { event: of, tables: 2, rounds: 1 });
	const { registrationId } = (await registrationWithEmail(database, of, address))!;
	const host = aHost({ name, email: address });
	const hostId = await appointHost(database, { ...of, host }, staff);
	const link = await makeHostLink(database, { ...of, hostId }, staff);
	await inTransaction(database, (transaction) => mailHostLink(transaction, of, { ...link, origin: surroundings.origin }));
	const [ana, ben] = [uuidv4(), uuidv4()];
	const rounds = [
		[
			[hostId, ana],
			[registrationId, ben]
		]
	];
	const seating = { ...of, planVersion: 1, follows: null, method: 'search', seats: seatsOf(rounds) } as const;
	const number = await keepSeating(database, seating, staff);
	await chooseSeating(database, { ...of, number }, staff);
	await cardsFor(database, of, [hostId, ana, registrationId, ben]);
	await giveOutCards(database, of, staff);
	await swapGuests(database, { ...of, number, roundNumber: 1, one: ana, other: registrationId }, staff);
	await setPair(database, { ...of, one: registrationId, other: ben, kind: 'apart' }, staff);
	await setPin(database, { ...of, guestId: registrationId, roundNumber: 1, tableNumber: 1 }, staff);
	theirs = { registrationId, hostId, secret: link.secret };
	const cells = await inDatabase(database, registrationId);
	for (const place of ['cafe_seats.guest_id', 'cafe_cards.guest_id', 'cafe_cards_given.guest_id', 'cafe_pins.guest_id'])
		assert.ok(cells.includes(place), place);
	assert.ok(cells.includes('cafe_seat_changes.before') && cells.some((place) => place.startsWith('cafe_pairs.')));
}

/** With the account the place, the table and the chair went; that somebody registered is counted. */
export async function isGoneFromEvents(): Promise<void> {
	assert.equal(await personKnown(database, { keys }, address, staff), null);
	assert.deepEqual(await inDatabase(database, theirs.registrationId), [
		...['registration_ends.registration_id', 'registrations.registration_id']
	]);
	assert.deepEqual(await inDatabase(database, theirs.hostId), []);
	assert.equal(await hostOfSecret(database, theirs.secret), null);
}
