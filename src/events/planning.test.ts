import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { codeFrom, codeLeads, codeLetters, codeShown, mayBecome, mayTurn } from '#events/event.ts';
import { eventNumbered, eventOf, eventOfCode, eventsOfTopic } from '#events/events.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { move, movesAfter, lastMove } from '#events/moving.server.ts';
import { cancelEvent, changeEvent, confirmEvent, holdEvent, planEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { activityOf, aPublishedTopic } from '#topics/examples.server.ts';

const database = await testDatabase();
const visitor: Actor = { kind: 'visitor', visitorId: null };

test('an event is planned at the desk, confirmed for everybody, changed by versions, and took place once it began', async () => {
	const { topicId } = await aPublishedTopic(database);
	const written = aWrittenEvent();
	await assert.rejects(planEvent(database, { topicId, kind: 'cafe', ...written }, visitor), { code: 'not-allowed' });
	const { eventId, number } = await planEvent(database, { topicId, kind: 'cafe', ...written }, aSecretary);
	const planned = await eventNumbered(database, topicId, number);
	assert.deepEqual(
		[planned.number, planned.state, planned.wasConfirmed, planned.version, planned.startsAt, planned.zone, planned.roomPlaces],
		[1, 'planned', false, 1, written.startsAt, 'Europe/Zurich', 50]
	);
	assert.deepEqual(await eventsOfTopic(database, topicId), []);
	assert.equal((await eventsOfTopic(database, topicId, { alsoPlanned: true })).length, 1);

	await confirmEvent(database, topicId, eventId, aSecretary);
	assert.equal((await eventsOfTopic(database, topicId))[0]!.state, 'confirmed');

	const change = { topicId, eventId, ...written, roomPlaces: 60, texts: { venue: { en: 'Popov room' } } };
	await changeEvent(database, { ...change, basedOn: 1 }, aSecretary);
	await assert.rejects(changeEvent(database, { ...change, basedOn: 1 }, aSecretary), { code: 'changed-meanwhile' });
	const changed = await eventOf(database, topicId, eventId);
	assert.deepEqual([changed.version, changed.roomPlaces, changed.texts['venue']?.[0]?.text], [2, 60, 'Popov room']);
	assert.equal(changed.texts['title']?.length, 2);

	await holdEvent(database, topicId, eventId, aSecretary);
	await assert.rejects(cancelEvent(database, topicId, eventId, { en: 'Too late.' }, aSecretary), { code: 'event-turned' });
	assert.deepEqual((await activityOf(database, topicId)).slice(-4), ['made', 'confirmed', 'changed', 'took-place']);
});

test('what cannot be planned is refused by name', async () => {
	const { topicId } = await aPublishedTopic(database);
	const plan = (changes: Parameters<typeof aWrittenEvent>[0]) =>
		planEvent(database, { topicId, kind: 'meeting', ...aWrittenEvent(changes) }, aSecretary);
	const { startsAt } = aWrittenEvent();
	await assert.rejects(plan({ endsAt: startsAt }), { code: 'event-ends-before-it-starts' });
	await assert.rejects(plan({ zone: 'Mars' }), { code: 'unknown-zone' });
	await assert.rejects(plan({ remoteLink: 'javascript:alert(1)' }), { code: 'web-address-unusable' });
	await assert.rejects(plan({ languages: ['englisch'] }), { code: 'unknown-language' });
	const { eventId } = await plan({ startsAt: new Date(Date.now() + 60_000), endsAt: new Date(Date.now() + 120_000) });
	await confirmEvent(database, topicId, eventId, aSecretary);
	await assert.rejects(holdEvent(database, topicId, eventId, aSecretary), { code: 'event-to-come' });
	await assert.rejects(cancelEvent(database, topicId, eventId, { en: ' ' }, aSecretary), { code: 'reason-missing' });
	await cancelEvent(database, topicId, eventId, { en: 'The room is flooded.' }, aSecretary);
	const cancelled = await eventOf(database, topicId, eventId);
	assert.deepEqual([cancelled.state, cancelled.texts['reason-3']?.[0]?.text], ['cancelled', 'The room is flooded.']);
	await assert.rejects(changeEvent(database, { topicId, eventId, ...aWrittenEvent(), basedOn: 1 }, aSecretary), {
		code: 'event-cancelled'
	});
	await assert.rejects(eventNumbered(database, topicId, 2), { code: 'not-found' });
	await assert.rejects(eventNumbered(database, topicId, 1e12), { code: 'not-found' });
});

test('a rule of attribution becomes stricter, and looser only before everybody could read it', async () => {
	assert.equal(mayBecome('named', 'chatham', true), true);
	assert.equal(mayBecome('chatham', 'group', true), false);
	assert.equal(mayBecome('chatham', 'named', false), true);
	assert.equal(mayTurn('cancelled', 'planned'), false);
	const event = await anEvent(database, { attribution: 'chatham' });
	const { topicId, eventId } = event;
	await assert.rejects(
		changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: 'named' }), basedOn: 1 }, aSecretary),
		{ code: 'rule-promised' }
	);
	const planned = await anEvent(database, { topicId, attribution: 'chatham', isPlanned: true });
	const looser = aWrittenEvent({ attribution: 'named' });
	await changeEvent(database, { topicId, eventId: planned.eventId, ...looser, basedOn: 1 }, aSecretary);
	assert.equal((await eventOf(database, topicId, planned.eventId)).attribution, 'named');
});

test('six letters that nobody mistakes lead to the event until a day after it', async () => {
	const event = await anEvent(database);
	assert.match(event.code, new RegExp(`^[${codeLetters}]{6}$`));
	assert.match(codeShown(event.code), /^\w{3} \w{3}$/);
	const now = new Date();
	const found = await eventOfCode(database, ` ${codeShown(event.code).toLowerCase()} `, now);
	assert.equal(found?.eventId, event.eventId);
	assert.equal(await eventOfCode(database, 'AEIOUY', now), null);
	assert.equal(codeFrom('bcd-fgh'), 'BCDFGH');
	assert.equal(codeFrom("'; drop"), null);
	const { endsAt } = event;
	assert.equal(codeLeads({ endsAt, state: 'held' }, new Date(+endsAt + 86_399_999)), true);
	assert.equal(codeLeads({ endsAt, state: 'held' }, new Date(+endsAt + 86_400_000)), false);
	const planned = await anEvent(database, { isPlanned: true });
	assert.equal(await eventOfCode(database, planned.code, now), null);
});

test('moves of an event have no gaps, and a number is never visible before a lower one', async () => {
	const event = await anEvent(database);
	const { topicId, eventId } = event;
	const seen: number[][] = [];
	let isOver = false;
	const watching = (async () => {
		while (!isOver) seen.push((await movesAfter(database, topicId, eventId, 0, 1000)).map(({ number }) => number));
	})();
	await Promise.all(
		Array.from({ length: 60 }, (_, index) =>
			inTransaction(database, async (transaction) => {
				await move(transaction, event, 'caption', null, { index });
				if (index % 10 === 9) throw new Error('taken back');
			}).catch(() => undefined)
		)
	);
	isOver = true;
	await watching;
	for (const numbers of seen)
		assert.deepEqual(
			numbers,
			Array.from(numbers, (_, index) => index + 1)
		);
	assert.equal(await lastMove(database, topicId, eventId), 54);
	assert.deepEqual(
		(await movesAfter(database, topicId, eventId, 50, 3)).map(({ number }) => number),
		[51, 52, 53]
	);
});
