import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { attendanceOf } from '#events/attendance.server.ts';
import { hubOfSecret, mailHubLink, makeHubLink, revokeHubLink } from '#events/hub-links.server.ts';
import { addHub, countHeadsAtHub, hubsOf, removeHub } from '#events/hubs.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { askForHub, placesOfHub, withdrawForHub } from '#townhalls/floor/hubs-on-floor.server.ts';
import { aFloor } from '#townhalls/floor/examples.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { endFloor } from '#townhalls/floor/keeping.server.ts';
import { figuresOf } from '#townhalls/floor/showing.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const visitor = { kind: 'visitor', visitorId: null } as const;
const aHub = (place: string, email: string | null = null) => ({
	...{ place, region: null, coordinator: email && 'Njeri', email, headsExpected: 20, zone: 'Africa/Nairobi' }
});
const somebody = (name: string) => ({
	...({ group: null, kind: 'speak', name, isFirst: true, requestId: crypto.randomUUID() } as const)
});

test('a hub asks for the floor by its own channel, is told its places and withdraws; who speaks from it is counted', async () => {
	const { event, ask, give, act } = await aFloor(database, keys, 'named');
	const { hubId } = await addHub(database, event, aHub('Nairobi'), aSecretary);
	const other = await addHub(database, event, aHub('Montevideo'), aSecretary);
	const of = { topicId: event.topicId, eventId: event.eventId, hubId };
	await ask('ada', { channel: 'room' });
	const first = somebody('Wanjiru');
	await askForHub(database, of, first);
	await askForHub(database, of, first);
	const second = somebody('Otieno');
	await askForHub(database, of, second);
	const { asked } = await floorOf(database, event);
	assert.deepEqual(
		asked.map((one) => [one.channel, one.hubId]),
		[
			['room', null],
			['hub', hubId],
			['hub', hubId]
		]
	);
	const places = await placesOfHub(database, of, new Date());
	assert.deepEqual(
		places.map(({ name }) => name),
		['Wanjiru', 'Otieno']
	);
	await assert.rejects(withdrawForHub(database, { ...of, hubId: other.hubId }, second.requestId), { code: 'not-found' });
	await assert.rejects(askForHub(database, { ...of, hubId: crypto.randomUUID() }, somebody('Nobody')), {
		code: 'invalid-request'
	});
	await withdrawForHub(database, of, second.requestId);
	await give(asked[1]!.number);
	assert.equal((await placesOfHub(database, of, new Date()))[0]!.before, null);
	await act({ does: 'end' });
	await endFloor(database, event, aSecretary);
	assert.equal((await figuresOf(database, event))!.hubs, 1);
	await assert.rejects(askForHub(database, of, somebody('Too late')), { code: 'floor-closed' });
});

test('the link of a hub opens its page until another is made, it is taken back, or the hub goes; heads counted there are attendance', async () => {
	const { event } = await aFloor(database, keys, 'named');
	const { hubId } = await addHub(database, event, aHub('Nairobi', 'njeri@example.org'), aSecretary);
	const of = { topicId: event.topicId, eventId: event.eventId, hubId };
	await assert.rejects(makeHubLink(database, of, visitor), { code: 'not-allowed' });
	const opens = async (secret: string, at = new Date()) => (await hubOfSecret(database, secret, at))?.hub.place ?? null;
	const first = await makeHubLink(database, of, aSecretary);
	assert.equal(await opens(first.secret), 'Nairobi');
	await inTransaction(database, (transaction) =>
		mailHubLink(transaction, of, { ...first, origin: 'https://talks.example.org', language: 'en' })
	);
	const mails = async () =>
		(await database.query(`select from mails where to_address = 'njeri@example.org' and body like '%/hub/%'`)).rowCount;
	assert.equal(await mails(), 1);
	await countHeadsAtHub(database, of, 17, visitor);
	const { hubs, heads } = await attendanceOf(database, event);
	assert.deepEqual([hubs, heads], [1, 17]);

	const second = await makeHubLink(database, of, aSecretary);
	assert.deepEqual([await opens(first.secret), await opens(second.secret)], [null, 'Nairobi']);
	assert.equal(await opens(second.secret, new Date(+event.endsAt + 3 * 86_400_000)), null);
	assert.equal(await opens(`${second.secret.slice(0, -2)}AA`), null);
	await revokeHubLink(database, of, aSecretary);
	assert.deepEqual([await opens(second.secret), await mails()], [null, 0]);
	const third = await makeHubLink(database, of, aSecretary);
	await removeHub(database, event, hubId, aSecretary);
	assert.deepEqual([await opens(third.secret), (await hubsOf(database, event)).length], [null, 0]);
});
