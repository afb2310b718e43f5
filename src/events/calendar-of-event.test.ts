import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { calendarOfEvent } from '#events/calendar-of-event.server.ts';
import { eventOf } from '#events/events.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { cancelEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();
const wishes = { address: 'https://talks.example.org/e/1', language: 'fr', defaultLanguage: 'en', remoteLink: null };

test('a calendar file tells moments in UTC and the place; once cancelled it strikes out what it told before', async () => {
	const event = await anEvent(database, {
		startsAt: new Date('2013-10-08T16:15Z'),
		endsAt: new Date('2013-10-08T18:15Z')
	});
	const lines = calendarOfEvent(event, wishes).split('\r\n');
	for (const line of [
		`UID:${event.eventId}`,
		'DTSTART:20131008T161500Z',
		'DTEND:20131008T181500Z',
		'TRANSP:OPAQUE',
		'SUMMARY:Café du monde',
		'LOCATION:ICT Discovery Museum\\, Geneva',
		'SEQUENCE:1'
	])
		assert.ok(lines.includes(line), line);
	await cancelEvent(database, event.topicId, event.eventId, { en: 'Flooded.' }, aSecretary);
	const after = calendarOfEvent(await eventOf(database, event.topicId, event.eventId), wishes).split('\r\n');
	assert.ok(after.includes('STATUS:CANCELLED') && after.includes('SEQUENCE:2'));
});
