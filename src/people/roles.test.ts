import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor, Role } from '#activity/actor.ts';
import { nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aJob, anAccount, anAccountIn, aVisitor, holding } from '#people/examples.ts';
import { lacksAdministrator, makeFirstAdministrator } from '#people/first-run.server.ts';
import * as may from '#people/may.ts';
import { endRole, grantRole, rolesWithTopics, staff } from '#people/roles.server.ts';

const topicId = uuidv7();
const refused = (code: string) => ({ name: 'Refusal', code });

test('who may what with people: nobody unless it is written here', () => {
	const actors: Record<string, Actor> = {
		visitor: aVisitor,
		account: anAccount(),
		rapporteur: holding('rapporteur', topicId),
		moderator: holding('moderator', topicId),
		secretariat: holding('secretariat'),
		administrator: holding('administrator'),
		'administrator without a second factor': { ...holding('administrator'), secondFactor: false },
		job: aJob
	};
	const roles: Role['role'][] = ['administrator', 'secretariat', 'moderator', 'rapporteur'];
	const allowed = (ask: (actor: Actor) => boolean) =>
		Object.entries(actors)
			.filter(([, actor]) => ask(actor))
			.map(([name]) => name);
	const highest = ['administrator', 'job'];
	const high = ['secretariat', 'administrator', 'job'];
	assert.deepEqual(
		roles.map((role) => [role, allowed((actor) => may.mayGrant(actor, role))]),
		[
			['administrator', highest],
			['secretariat', highest],
			['moderator', high],
			['rapporteur', high]
		]
	);
	assert.deepEqual(
		[...roles, 'participant' as const].map((role) => [role, allowed((actor) => may.mayInvite(actor, role))]),
		[
			['administrator', highest],
			['secretariat', highest],
			['moderator', high],
			['rapporteur', high],
			['participant', high]
		]
	);
	assert.deepEqual(
		[may.mayLookAfterOrganisations, may.maySeeMail, may.maySeeStaff, may.mayReadMail, may.mayResetSecondFactor].map(allowed),
		[high, high, high, highest, highest]
	);
});

const database = await testDatabase();

test('the first administrator is made once, however many come with the link at the same time', async () => {
	assert.equal(await lacksAdministrator(database), true);
	const people = ['ada', 'bob', 'cleo'].map((name) => ({ email: `${name}@example.org`, name, language: 'en' as const }));
	const made = await Promise.allSettled(people.map((person) => makeFirstAdministrator(database, person)));
	assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1);
	for (const result of made)
		if (result.status === 'rejected') assert.equal((result.reason as { code: string }).code, 'link-expired');
	assert.equal(await lacksAdministrator(database), false);
});

test('a role is given once, recorded, and taken back with a reason', async () => {
	const administrator = holding('administrator');
	const mona = await anAccountIn(database, 'Mona');
	const roleId = await grantRole(database, { topicId, accountId: mona.accountId, role: 'moderator' }, administrator);
	await assert.rejects(
		grantRole(database, { topicId, accountId: mona.accountId, role: 'moderator' }, administrator),
		refused('already-member')
	);
	await assert.rejects(
		grantRole(database, { topicId, accountId: uuidv7(), role: 'moderator' }, administrator),
		refused('not-found')
	);
	await assert.rejects(
		grantRole(database, { topicId: nilTopic, accountId: mona.accountId, role: 'administrator' }, holding('secretariat')),
		refused('not-allowed')
	);
	assert.deepEqual(
		(await rolesWithTopics(database, mona.accountId, 'en')).map(({ role, topic }) => [role, topic]),
		[['moderator', { title: '', language: 'und' }]]
	);

	await assert.rejects(endRole(database, topicId, roleId, holding('moderator', topicId), ''), refused('not-allowed'));
	await endRole(database, topicId, roleId, administrator, 'has left');
	await endRole(database, topicId, roleId, administrator, 'twice');
	assert.deepEqual(await rolesWithTopics(database, mona.accountId, 'en'), []);
	const { rows } = await database.query('select did, details, reason from activity where topic_id = $1 order by activity_id', [
		topicId
	]);
	const details = { role: 'moderator', account: mona.accountId };
	assert.deepEqual(rows, [
		{ did: 'granted', details, reason: null },
		{ did: 'ended', details, reason: 'has left' }
	]);
	await grantRole(database, { topicId, accountId: mona.accountId, role: 'moderator' }, administrator);
});

test('everybody may give up a role of their own, but not the last administrator', async () => {
	const [first] = (await staff(database, 'en')).filter(({ roles }) => roles.some(({ role }) => role === 'administrator'));
	const last = anAccount({ accountId: first!.accountId, roles: [{ role: 'administrator', topicId: nilTopic }] });
	const lastRole = first!.roles[0]!.roleId;
	await assert.rejects(endRole(database, nilTopic, lastRole, last, ''), refused('last-administrator'));
	const zoe = await anAccountIn(database, 'Zoe');
	const other = await grantRole(database, { topicId: nilTopic, accountId: zoe.accountId, role: 'administrator' }, last);
	const both = await Promise.allSettled([
		endRole(database, nilTopic, lastRole, zoe, 'two at once').catch(() => endRole(database, nilTopic, lastRole, last, 'own')),
		endRole(database, nilTopic, other, zoe, 'own')
	]);
	assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
	assert.equal(await lacksAdministrator(database), false);
});

test('the list of staff names each person once, with all roles', async () => {
	const list = await staff(database, 'en');
	assert.deepEqual(
		list.map(({ name, hasSecondFactor, lastSeenAt }) => [name, hasSecondFactor, lastSeenAt]).filter(([name]) => name === 'Mona'),
		[['Mona', false, null]]
	);
	assert.equal(new Set(list.map(({ accountId }) => accountId)).size, list.length);
});
