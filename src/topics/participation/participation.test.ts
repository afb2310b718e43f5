import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary, someWords } from '#topics/examples.ts';
import { openTopic } from '#topics/opening.server.ts';
import { participationOf } from '#topics/participation/participation.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'participation-'));
after(() => rm(folder, { recursive: true }));
const keys = topicKeys({ folder, secret: 'a secret' });

test('people are counted by what they last said, in each of their groups; fewer than five are for administrators only', async () => {
	const { topicId } = await openTopic(database, someWords(), aSecretary);
	const people = Array.from({ length: 9 }, () => ({ kind: 'visitor', visitorId: randomUUID() }) as const);
	for (const [index, person] of people.entries()) {
		await stateProfile(database, keys, topicId, person, { ...nothingStated, groups: ['governments'], reads: ['en'] });
		const groups = index < 6 ? ['academia', 'civil-society'] : index < 8 ? ['private-sector'] : [];
		await stateProfile(database, keys, topicId, person, { ...nothingStated, groups, country: 'KE', reads: ['en', 'fr'] });
	}
	const administrators = await participationOf(database, topicId, aSecretary);
	assert.equal(administrators.people, 9);
	assert.deepEqual(administrators.groups, [
		{ key: 'academia', people: 6 },
		{ key: 'civil-society', people: 6 },
		{ key: 'private-sector', people: 2 },
		{ key: '', people: 1 }
	]);
	assert.deepEqual(administrators.regions, [{ key: 'african', people: 9 }]);
	assert.deepEqual(administrators.languages, [
		{ key: 'en', people: 9 },
		{ key: 'fr', people: 9 }
	]);
	assert.deepEqual(administrators.assurances, [{ key: 'browser', people: 9 }]);
	const moderator = { ...aSecretary, roles: [{ role: 'moderator', topicId }] } as const;
	assert.deepEqual(
		(await participationOf(database, topicId, moderator)).groups.map(({ people: count }) => count),
		[6, 6, null, null]
	);
	await assert.rejects(participationOf(database, topicId, people[0]!), { code: 'not-allowed' });
});
