import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { checkIn, expectedAt, type CheckIn } from '#events/arriving.server.ts';
import { attendanceOf } from '#events/attendance.server.ts';
import { badgeOf, registrationOfBadge } from '#events/badge.ts';
import { doorkeeperOf, openDoor } from '#events/door.server.ts';
import { aRegistration } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { registerAtDesk } from '#events/registering.server.ts';
import { registrationOf, registrationsOf } from '#events/registrations.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';

const database = await testDatabase({ connections: 20 });
const surroundings = { keys: await temporaryKeys(), origin: 'https://talks.example.org' };
const visitor = { kind: 'visitor', visitorId: null } as const;
const id = () => crypto.randomUUID();

async function aDoor(people: number, changes: Parameters<typeof anEvent>[1] = {}) {
	const event = await anEvent(database, { roomPlaces: null, ...changes });
	const registered = [];
	for (let number = 0; number < people; number++)
		registered.push(
			await registerAtDesk(database, event, aRegistration({ name: `Person ${number}`, email: null }), surroundings, aSecretary)
		);
	const door = { topicId: event.topicId, eventId: event.eventId, by: null };
	const noted = (registrationId: string, age = 0): CheckIn => ({ id: id(), age, who: { registrationId, how: 'badge' } });
	return { event, registered, door, noted };
}

test('what a phone noted without a net is taken once, however often it is sent, and its intervals count, not its clock', async () => {
	const { event, registered, door, noted } = await aDoor(3);
	const batch = [noted(registered[0]!.registrationId, 7_200_000), noted(registered[1]!.registrationId, 3_600_000)];
	const answers = await Promise.all([1, 2, 3].map(() => checkIn(database, door, batch, surroundings)));
	for (const answer of answers)
		assert.deepEqual(
			answer.map(({ state }) => state),
			['accepted', 'accepted']
		);
	const [first, second, third] = await Promise.all(
		registered.map(({ registrationId }) => registrationOf(database, event, registrationId))
	);
	const hours = (+second!.arrivedAt! - +first!.arrivedAt!) / 3_600_000;
	assert.ok(Math.abs(hours - 1) < 0.01, `${hours}`);
	assert.equal(third!.hasCome, false);
});

test('the same badge a second time is told when it came first; of two phones the earlier is right', async () => {
	const { event, registered, door, noted } = await aDoor(1);
	const { registrationId } = registered[0]!;
	await checkIn(database, door, [noted(registrationId, 600_000)], surroundings);
	const [again] = await checkIn(database, door, [noted(registrationId)], surroundings);
	assert.ok(again?.state === 'refused');
	const came = await registrationOf(database, event, registrationId);
	assert.deepEqual([again.reason.code, again.reason.values['at']], ['checked-in-before', came!.arrivedAt!.toISOString()]);
	// another door had no net when they came half an hour ago
	const [other] = await checkIn(database, door, [noted(registrationId, 1_800_000)], surroundings);
	assert.ok(other?.state === 'refused' && other.reason.code === 'checked-in-before');
	const since = Date.now() - +(await registrationOf(database, event, registrationId))!.arrivedAt!;
	assert.ok(Math.abs(since - 1_800_000) < 60_000, `${since}`);
});

test('one that is refused holds up none behind it; who walks in is registered and counted', async () => {
	const { event, registered, door, noted } = await aDoor(1);
	const walkIn: CheckIn = { id: id(), age: 0, who: { name: 'Walking In', group: 'academia', region: null } };
	const unusable: CheckIn = { id: id(), age: 0, who: { name: ' ', group: null, region: null } };
	const answers = await checkIn(
		database,
		door,
		[noted(id()), unusable, walkIn, walkIn, noted(registered[0]!.registrationId)],
		surroundings
	);
	assert.deepEqual(
		answers.map((answer) => (answer.state === 'refused' ? answer.reason.code : 'accepted')),
		['no-such-badge', 'unusable-text', 'accepted', 'accepted', 'accepted']
	);
	assert.equal((await registrationsOf(database, event)).length, 2);
	assert.deepEqual(
		(await expectedAt(database, event)).map(({ name, hasCome }) => [name, hasCome]),
		[
			['Person 0', true],
			['Walking In', true]
		]
	);
});

test('the door is opened by staff and by its newest link, around the event only', async () => {
	const { event } = await aDoor(0);
	const at = new Date();
	const asked = (token: string | null, when = at) => doorkeeperOf(database, event, { actor: visitor, token, at: when });
	await assert.rejects(openDoor(database, event, visitor), { code: 'not-allowed' });
	const first = await openDoor(database, event, aSecretary);
	assert.notEqual(await asked(first), null);
	const second = await openDoor(database, event, aSecretary);
	assert.equal(await asked(first), null);
	assert.notEqual(await asked(second), null);
	assert.equal(await asked(null), null);
	assert.equal(await asked(second, new Date(+event.endsAt + 3 * 86_400_000)), null);
	assert.notEqual(await doorkeeperOf(database, event, { actor: aSecretary, token: null, at }), null);
});

test('attendance tells no group of fewer than five, nor one that a single other would tell', async () => {
	const event = await anEvent(database, { roomPlaces: null });
	const door = { topicId: event.topicId, eventId: event.eventId, by: null };
	const groups = [
		...Array<string>(9).fill('academia'),
		...Array<string>(6).fill('governments'),
		'private-sector',
		'private-sector'
	];
	for (const [index, group] of groups.entries()) {
		const draft = aRegistration({ name: `P ${index}`, email: null, group, region: 'african' });
		const { registrationId } = await registerAtDesk(database, event, draft, surroundings, aSecretary);
		if (index < 17) await checkIn(database, door, [{ id: id(), age: 0, who: { registrationId, how: 'name' } }], surroundings);
	}
	const attendance = await attendanceOf(database, event);
	assert.deepEqual(attendance.groups, [
		{ key: 'academia', people: 9 },
		{ key: 'governments', people: null },
		{ key: 'private-sector', people: null }
	]);
	assert.deepEqual([attendance.came, attendance.placed, attendance.absent], [17, 17, 0]);
	// one who does not come: neither the absent nor the total of which they are the rest
	await registerAtDesk(database, event, aRegistration({ email: null }), surroundings, aSecretary);
	const then = await attendanceOf(database, event);
	assert.deepEqual([then.came, then.placed, then.absent], [17, null, null]);
});

test('a badge is read as it was made, and nothing else is one', () => {
	const registrationId = id();
	assert.equal(registrationOfBadge(badgeOf(registrationId)), registrationId);
	assert.equal(registrationOfBadge(` ${badgeOf(registrationId).toLowerCase()}\n`), registrationId);
	assert.equal(registrationOfBadge('https://example.org/'), null);
});
