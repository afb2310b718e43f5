import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic, temporaryKeys } from '#topics/examples.server.ts';
import { addGroup, groupsStated, moveGroup, nameGroup } from '#topics/institution/groups.server.ts';
import { institutionOf, institutionSeen } from '#topics/institution/institution.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const keys = await temporaryKeys();
const namesOf = async (key: string) =>
	Object.fromEntries(((await institutionOf(database)).texts[`group-${key}`] ?? []).map(({ language, text }) => [language, text]));
const acts = async () =>
	(await database.query<{ did: string }>(`select did from activity where kind = 'institution' order by activity_id`)).rows.map(
		({ did }) => did
	);

async function somebodyIn(group: string): Promise<void> {
	const { topicId } = await aPublishedTopic(database);
	const stated = { ...nothingStated, groups: [group] };
	await stateProfile(database, keys, topicId, { kind: 'visitor', visitorId: `somebody in ${group}` }, stated);
}

test('a group is added once, behind the others', async () => {
	await addGroup(database, 'youth', { en: 'Youth' }, aSecretary);
	await addGroup(database, 'youth', { en: 'Youth' }, aSecretary);
	assert.deepEqual((await institutionOf(database)).groups.slice(5), ['intergovernmental', 'youth']);
});

test('groups are put into another order, and pages of this process see it at once', async () => {
	await institutionSeen(database);
	await moveGroup(database, 'youth', 'up', aSecretary);
	assert.deepEqual((await institutionSeen(database)).groups.slice(4), ['academia', 'youth', 'intergovernmental']);
	await moveGroup(database, 'intergovernmental', 'down', aSecretary);
	await moveGroup(database, 'governments', 'up', aSecretary);
	assert.deepEqual((await institutionSeen(database)).groups.slice(4), ['academia', 'youth', 'intergovernmental']);
	assert.equal((await acts()).filter((did) => did === 'moved-group').length, 1);
});

test('a group is named in each language until somebody has said that they belong to it; then a language that lacks can be added', async () => {
	await nameGroup(database, 'youth', { en: 'Young people', fr: 'Jeunes' }, aSecretary);
	assert.deepEqual(await namesOf('youth'), { en: 'Young people', fr: 'Jeunes' });
	assert.deepEqual(await groupsStated(database), []);
	await somebodyIn('youth');
	assert.deepEqual(await groupsStated(database), ['youth']);
	await assert.rejects(nameGroup(database, 'youth', { en: 'Everybody' }, aSecretary), { code: 'group-in-use' });
	await assert.rejects(nameGroup(database, 'youth', { fr: '' }, aSecretary), { code: 'group-in-use' });
	await assert.rejects(nameGroup(database, 'youth', { fr: 'Tous', es: 'Jóvenes' }, aSecretary), { code: 'group-in-use' });
	await nameGroup(database, 'youth', { en: 'Young people', fr: 'Jeunes', es: 'Jóvenes' }, aSecretary);
	assert.deepEqual(await namesOf('youth'), { en: 'Young people', es: 'Jóvenes', fr: 'Jeunes' });
	assert.equal((await acts()).filter((did) => did === 'named-group').length, 2);
});

test('one of the first six gets names of the institution and gives them back, but not once it was stated', async () => {
	await nameGroup(database, 'academia', { en: 'Universities' }, aSecretary);
	await nameGroup(database, 'academia', { en: '' }, aSecretary);
	assert.deepEqual(await namesOf('academia'), {});
	await somebodyIn('academia');
	await assert.rejects(nameGroup(database, 'academia', { en: 'Universities' }, aSecretary), { code: 'group-in-use' });
	await nameGroup(database, 'academia', { en: '' }, aSecretary);
});

test('only the administrator changes groups, and only those that are there', async () => {
	const secretariat = { ...aSecretary, roles: [{ ...aSecretary.roles[0], role: 'secretariat' as const }] };
	for (const actor of [secretariat, { kind: 'visitor', visitorId: null } as const]) {
		await assert.rejects(addGroup(database, 'x', { en: 'x' }, actor), { code: 'not-allowed' });
		await assert.rejects(nameGroup(database, 'academia', { en: 'x' }, actor), { code: 'not-allowed' });
		await assert.rejects(moveGroup(database, 'academia', 'up', actor), { code: 'not-allowed' });
	}
	await assert.rejects(nameGroup(database, 'nobody', { en: 'x' }, aSecretary), { code: 'not-found' });
});
