import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic, temporaryKeys } from '#topics/examples.server.ts';
import { spanOf } from '#topics/participation/growth.ts';
import { firstTookPart, participationOverTime } from '#topics/participation/over-time.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const day = (date: number) => new Date(`2013-10-${String(date).padStart(2, '0')}T12:00Z`);

/** Nine people, three a day from the 8th on: six of academia, of whom three also of civil society, two of the private sector, one of none. */
async function nineTookPart(): Promise<string> {
	const { topicId } = await aPublishedTopic(database);
	for (let person = 0; person < 9; person++) {
		const groups = person < 3 ? ['academia', 'civil-society'] : person < 6 ? ['academia'] : person < 8 ? ['private-sector'] : [];
		const visitor = { kind: 'visitor', visitorId: randomUUID() } as const;
		await stateProfile(database, keys, topicId, visitor, { ...nothingStated, groups: ['governments'] });
		await stateProfile(database, keys, topicId, visitor, { ...nothingStated, groups, country: 'KE', reads: ['en', 'fr'] });
		await database.query(`update participants set joined_at = $2 where topic_id = $1 and participant_number = $3`, [
			topicId,
			day(8 + Math.floor(person / 3)),
			person + 1
		]);
	}
	return topicId;
}

test('people are told as they came, by what they last said of themselves', async () => {
	const topicId = await nineTookPart();
	const span = spanOf(day(8), day(11));
	const by = (dimension: 'group' | 'region' | 'language' | 'assurance') =>
		participationOverTime(database, topicId, { by: dimension, span }, aSecretary);
	assert.deepEqual(await by('group'), [
		{ key: 'academia', totals: [3, 6, 6, 6] },
		{ key: 'civil-society', totals: [3, 3, 3, 3] },
		{ key: 'private-sector', totals: [0, 0, 2, 2] },
		{ key: '', totals: [0, 0, 1, 1] }
	]);
	assert.deepEqual(await by('region'), [{ key: 'african', totals: [3, 6, 9, 9] }]);
	assert.deepEqual(await by('language'), [
		{ key: 'en', totals: [3, 6, 9, 9] },
		{ key: 'fr', totals: [3, 6, 9, 9] }
	]);
	assert.deepEqual(await by('assurance'), [{ key: 'browser', totals: [3, 6, 9, 9] }]);
	assert.deepEqual(await firstTookPart(database, topicId), day(8));
});

test('who came before or after the time that is shown counts at its ends', async () => {
	const topicId = await nineTookPart();
	const span = spanOf(day(9), day(9));
	assert.deepEqual(await participationOverTime(database, topicId, { by: 'region', span }, aSecretary), [
		{ key: 'african', totals: [9] }
	]);
});

test('small numbers of every step are for administrators only, and the whole for staff only', async () => {
	const topicId = await nineTookPart();
	const span = spanOf(day(8), day(10));
	const moderator = { ...aSecretary, roles: [{ role: 'moderator', topicId }] } as const;
	assert.deepEqual(await participationOverTime(database, topicId, { by: 'group', span }, moderator), [
		{ key: 'academia', totals: [null, null, 6] },
		{ key: 'civil-society', totals: [null, null, null] },
		{ key: 'private-sector', totals: [0, 0, null] },
		{ key: '', totals: [0, 0, null] }
	]);
	const visitor = { kind: 'visitor', visitorId: null } as const;
	await assert.rejects(participationOverTime(database, topicId, { by: 'group', span }, visitor), { code: 'not-allowed' });
});
