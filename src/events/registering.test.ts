import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { checkIn } from '#events/arriving.server.ts';
import { eventOf } from '#events/events.server.ts';
import { aRegistration, aWrittenEvent } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { eraseRegistrationsOf, forgetRegistrations, registeredWith } from '#events/forgetting.server.ts';
import { inviteToEvent } from '#events/inviting.server.ts';
import { lapseOffers, remind, tellRegistered } from '#events/looking-after.server.ts';
import { codeOf } from '#events/mailing.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { cancelEvent, changeEvent } from '#events/planning.server.ts';
import { cancelRegistration, giveBack, register, registerAtDesk, takeOffer } from '#events/registering.server.ts';
import {
	listedOf,
	placesTaken,
	registrationOf,
	registrationsOf,
	registrationWithCode,
	registrationWithEmail
} from '#events/registrations.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';

const database = await testDatabase({ connections: 30 });
const keys = await temporaryKeys();
const origin = 'https://talks.example.org';
const surroundings = { keys, origin };
const tomorrow = (hours = 30) => ({
	startsAt: new Date(Date.now() + hours * 3_600_000),
	endsAt: new Date(Date.now() + (hours + 2) * 3_600_000)
});
const person = (number: number, changes = {}) =>
	aRegistration({ name: `Person ${number}`, email: `person-${number}@example.org`, ...changes });
const later = (hours: number) => ({ ...database, clockShift: hours * 3_600_000 });

async function mailsTo(email: string): Promise<{ kind: string; body: string; calendar: string | null }[]> {
	const { rows } = await database.query<{ kind: string; body: string; calendar: string | null }>(
		`select kind, body, calendar from mails where to_address = $1 order by mail_id`,
		[email]
	);
	return rows;
}

async function state(event: OfEvent, email: string): Promise<string | undefined> {
	return (await registrationsOf(database, event)).find((one) => one.email === email)?.state;
}

test('who registers gets a place and a mail with the calendar file; the code in its link opens their page and no other', async () => {
	const event = await anEvent(database, { ...tomorrow(), attribution: 'named' });
	await register(database, event, aRegistration({ email: 'lin@example.org', isListed: true }), surroundings);
	const [mail] = await mailsTo('lin@example.org');
	assert.equal(mail?.kind, 'event-placed');
	assert.match(mail.calendar!, /BEGIN:VEVENT/);
	assert.match(mail.body, /beside the name of who said it/);
	const code = /registration\?code=([\w-]{22})/.exec(mail.body)![1]!;
	const own = await registrationWithCode(database, event, code);
	assert.deepEqual([own?.state, own?.name, own?.number], ['placed', 'Ana Example', 1]);
	assert.equal(await registrationWithCode(database, await anEvent(database), code), null);
	assert.equal((await listedOf(database, event)).length, 1);

	// a second time the same address: nobody learns of it but its owner
	await register(database, event, aRegistration({ email: 'LIN@example.org', name: 'Somebody else' }), surroundings);
	assert.equal((await registrationsOf(database, event)).length, 1);
	assert.equal((await mailsTo('lin@example.org')).length, 2);
});

test('a hundred who register at once for ten places: never one too many, nobody without an answer', async () => {
	const event = await anEvent(database, {
		...tomorrow(),
		roomPlaces: 10,
		onlinePlaces: 5,
		remoteLink: 'https://meet.example.org/x'
	});
	await Promise.all(
		Array.from({ length: 100 }, (_, index) =>
			register(database, event, person(index, { way: index % 4 === 0 ? 'online' : 'room' }), surroundings)
		)
	);
	assert.deepEqual(await placesTaken(database, event), {
		room: { taken: 10, waiting: 65 },
		online: { taken: 5, waiting: 20 }
	});
	const placed = (await registrationsOf(database, event)).filter((one) => one.state === 'placed');
	assert.deepEqual([...new Set(placed.map(({ number }) => number))].length, 15);
	const { rows } = await database.query<{ most: number }>(
		`select max(place_number) as most from places where topic_id = $1 and event_id = $2 and way = 'room'`,
		[event.topicId, event.eventId]
	);
	assert.equal(rows[0]!.most, 10);
	// two who give theirs back at once: each place goes to one
	await Promise.all(placed.slice(0, 2).map((one) => giveBack(database, one, surroundings)));
	const after = await registrationsOf(database, event);
	assert.equal(after.filter((one) => one.state === 'offered').length, 2);
	assert.equal((await placesTaken(database, event)).room.taken + (await placesTaken(database, event)).online.taken, 15);
});

test('a place that became free is kept for the next some hours, and goes on to the one after', async () => {
	const event = await anEvent(database, { ...tomorrow(100), roomPlaces: 1, waitingHours: 24 });
	for (const number of [1, 2, 3])
		await register(database, event, person(number, { email: `w${number}@example.org` }), surroundings);
	assert.deepEqual(await Promise.all([1, 2, 3].map((number) => state(event, `w${number}@example.org`))), [
		'placed',
		'waiting',
		'waiting'
	]);
	await giveBack(database, (await registrationWithEmail(database, event, 'w1@example.org'))!, surroundings);
	const offered = (await registrationWithEmail(database, event, 'w2@example.org'))!;
	assert.equal(offered.state, 'offered');
	assert.deepEqual(
		(await mailsTo('w2@example.org')).map(({ kind }) => kind),
		['event-waiting', 'event-offer']
	);

	await lapseOffers(later(23), surroundings);
	assert.equal(await state(event, 'w2@example.org'), 'offered');
	await lapseOffers(later(25), surroundings);
	assert.equal(await state(event, 'w2@example.org'), 'ended');
	assert.equal((await mailsTo('w2@example.org')).at(-1)?.kind, 'event-lapsed');
	const next = (await registrationWithEmail(database, event, 'w3@example.org'))!;
	assert.equal(next.state, 'offered');
	await assert.rejects(takeOffer(database, offered), { code: 'offer-over' });
	await takeOffer(later(26), next);
	assert.equal(await state(event, 'w3@example.org'), 'placed');
	await lapseOffers(later(60), surroundings);
	assert.equal(await state(event, 'w3@example.org'), 'placed');
});

test('more places are offered to those who wait, and who registered is told of another time and when it is off', async () => {
	const event = await anEvent(database, { ...tomorrow(50), roomPlaces: 1 });
	await register(database, event, person(1, { email: 'm1@example.org' }), surroundings);
	await register(database, event, person(2, { email: 'm2@example.org' }), surroundings);
	const { topicId, eventId } = event;
	const moved = aWrittenEvent({ ...tomorrow(60), roomPlaces: 2 });
	await changeEvent(database, { topicId, eventId, ...moved, basedOn: 1 }, aSecretary);
	await tellRegistered(database, event, 'changed', surroundings);
	assert.equal(await state(event, 'm2@example.org'), 'offered');
	assert.equal((await mailsTo('m1@example.org')).at(-1)?.kind, 'event-changed');
	await assert.rejects(changeEvent(database, { topicId, eventId, ...moved, attribution: 'chatham', basedOn: 1 }, aSecretary), {
		code: 'changed-meanwhile'
	});
	await cancelEvent(database, topicId, eventId, { en: 'The room is flooded.' }, aSecretary);
	await tellRegistered(database, event, 'off', surroundings);
	const last = (await mailsTo('m1@example.org')).at(-1)!;
	assert.equal(last.kind, 'event-off');
	assert.match(last.body, /was cancelled: The room is flooded\./);
	assert.match(last.calendar!, /STATUS:CANCELLED/);
	await assert.rejects(register(database, event, person(3), surroundings), { code: 'event-over' });
});

test('places that became more are theirs who wait, whoever registers before a job has offered them', async () => {
	const event = await anEvent(database, { ...tomorrow(50), roomPlaces: 1 });
	for (const number of [1, 2]) await register(database, event, person(number, { email: `q${number}@example.org` }), surroundings);
	const { topicId, eventId } = event;
	await changeEvent(database, { topicId, eventId, ...aWrittenEvent({ ...tomorrow(50), roomPlaces: 2 }), basedOn: 1 }, aSecretary);
	await register(database, event, person(3, { email: 'q3@example.org' }), surroundings);
	assert.deepEqual(await Promise.all([1, 2, 3].map((number) => state(event, `q${number}@example.org`))), [
		...['placed', 'offered', 'waiting']
	]);
});

test('who has come gives no place back, although their page was made before', async () => {
	const event = await anEvent(database, tomorrow(1));
	await register(database, event, person(1, { email: 'came@example.org' }), surroundings);
	const asOfTheirPage = (await registrationWithEmail(database, event, 'came@example.org'))!;
	const { topicId, eventId } = event;
	const who = { registrationId: asOfTheirPage.registrationId, how: 'badge' } as const;
	await checkIn(database, { topicId, eventId, by: null }, [{ id: uuidv4(), age: 0, who }], surroundings);
	await assert.rejects(giveBack(database, asOfTheirPage, surroundings), { code: 'has-come' });
	assert.equal(await state(event, 'came@example.org'), 'placed');
});

test('a form that is sent again and again fills nobody’s mailbox', async () => {
	const event = await anEvent(database, tomorrow());
	for (let sent = 0; sent < 10; sent++) await register(database, event, person(1, { email: 'victim@example.org' }), surroundings);
	assert.equal((await mailsTo('victim@example.org')).length, 3);
	await register(later(2), event, person(1, { email: 'victim@example.org' }), surroundings);
	assert.equal((await mailsTo('victim@example.org')).length, 4);
});

test('nobody registers for an event of an archived topic, and nobody is invited to it', async () => {
	const event = await anEvent(database, tomorrow());
	await database.query(`insert into topic_archivals (topic_id, archived_at) values ($1, now())`, [event.topicId]);
	const archived = { code: 'topic-archived' };
	await assert.rejects(register(database, event, person(1), surroundings), archived);
	await assert.rejects(registerAtDesk(database, event, person(1), surroundings, aSecretary), archived);
	const wishes = { emails: ['guest@example.org'], language: 'fr' as const, origin };
	await assert.rejects(inviteToEvent(database, event, wishes, aSecretary), archived);
});

test('whoever has a place is reminded a day before, once', async () => {
	const event = await anEvent(database, { ...tomorrow(30) });
	await register(database, event, person(1, { email: 'r1@example.org' }), surroundings);
	await remind(later(2), surroundings);
	assert.deepEqual(
		(await mailsTo('r1@example.org')).map(({ kind }) => kind),
		['event-placed']
	);
	await remind(later(7), surroundings);
	await remind(later(8), surroundings);
	assert.deepEqual(
		(await mailsTo('r1@example.org')).map(({ kind }) => kind),
		['event-placed', 'event-reminder']
	);
});

test('an event for invited people is opened by the link of an invitation, once', async () => {
	const event = await anEvent(database, { ...tomorrow(), registration: 'invited' });
	await assert.rejects(register(database, event, person(1), surroundings), { code: 'event-for-invited' });
	const wishes = { emails: ['Guest@example.org', 'guest@example.org'], language: 'fr' as const, origin };
	assert.deepEqual(await inviteToEvent(database, event, wishes, aSecretary), { invited: 1, already: 0 });
	assert.deepEqual(await inviteToEvent(database, event, wishes, aSecretary), { invited: 0, already: 1 });
	const [mail] = await mailsTo('guest@example.org');
	const invitation = /register\?invitation=([\w-]+)/.exec(mail!.body)![1]!;
	await register(database, event, person(1, { email: 'else@example.org' }), { ...surroundings, invitation });
	await assert.rejects(register(database, event, person(2), { ...surroundings, invitation }), { code: 'event-for-invited' });
});

test('the desk enters people without an address, and takes registrations back', async () => {
	const event = await anEvent(database, { ...tomorrow(), roomPlaces: 1 });
	const entered = await registerAtDesk(database, event, aRegistration({ email: null }), surroundings, aSecretary);
	assert.equal(entered.state, 'placed');
	await register(database, event, person(1, { email: 'd1@example.org' }), surroundings);
	await cancelRegistration(database, entered, surroundings, aSecretary);
	assert.equal(await state(event, 'd1@example.org'), 'offered');
	assert.equal((await registrationOf(database, event, entered.registrationId))?.why, 'desk');
});

test('who registered is forgotten some weeks after the event; an erased person at once, and their place goes on', async () => {
	const event = await anEvent(database, { ...tomorrow(), roomPlaces: 1 });
	await register(database, event, person(1, { email: 'gone@example.org', accessNeeds: 'a ramp' }), surroundings);
	await register(database, event, person(2, { email: 'next@example.org' }), surroundings);
	const registration = (await registrationWithEmail(database, event, 'gone@example.org'))!;
	assert.equal(await registeredWith(database, 'GONE@example.org'), 1);
	await inTransaction(database, (transaction) => eraseRegistrationsOf(transaction, 'gone@example.org', surroundings));
	const after = await registrationOf(database, event, registration.registrationId);
	assert.deepEqual(
		[after?.name, after?.email, after?.accessNeeds, after?.group, after?.why],
		[null, null, null, 'civil-society', 'erased']
	);
	assert.equal(await registrationWithCode(database, event, await codeOf(keys, registration)), null);
	assert.equal(await state(event, 'next@example.org'), 'offered');

	await forgetRegistrations(later(24 * 40), 42);
	assert.equal(await registeredWith(database, 'next@example.org'), 1);
	await forgetRegistrations(later(24 * 45), 42);
	assert.equal(await registeredWith(database, 'next@example.org'), 0);
	assert.equal((await eventOf(database, event.topicId, event.eventId)).state, 'confirmed');
});
