import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary, aWrittenStage, someWords } from '#topics/examples.ts';
import { joinVisitor } from '#topics/participants/joining.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { nothingStated, type Profile } from '#topics/participants/profile.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { profileOf, stateProfile } from '#topics/participants/stating.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'joining-'));
after(() => rm(folder, { recursive: true }));
const anHour = 3_600_000;
const keys = topicKeys({ folder, secret: 'a secret' });

async function aTopic(): Promise<string> {
	const { topicId } = await openTopic(database, someWords(), aSecretary);
	const closesAt = new Date(Date.now() + anHour);
	await setStages(database, topicId, [aWrittenStage({ opensAt: new Date('2013-10-08T16:00Z'), closesAt })], aSecretary);
	return topicId;
}
const anAccount = (visitorId: string | null) =>
	({ kind: 'account', accountId: randomUUID(), visitorId, roles: [], secondFactor: false }) as const;
const acts = (topicId: string, actor: Parameters<typeof participantOf>[3]) =>
	inTransaction(database, (transaction) => participantOf(transaction, keys, topicId, actor));
const expert: Profile = { ...nothingStated, groups: ['academia'], country: 'IN', region: 'asia-pacific', capacity: 'expert' };

test('who took part without an account and has one here already: the two become one, once', async () => {
	const [topicId, visitorId] = [await aTopic(), randomUUID()];
	const account = anAccount(visitorId);
	await acts(topicId, { ...account, visitorId: null });
	await stateProfile(database, keys, topicId, { kind: 'visitor', visitorId }, expert);
	const joins = await Promise.all(Array.from({ length: 5 }, () => joinVisitor(database, keys, topicId, account)));
	assert.deepEqual(
		joins.filter((join) => join !== null),
		[{ from: 2, into: 1 }]
	);
	assert.equal((await acts(topicId, { kind: 'visitor', visitorId })).number, 1);
	// what was said before signing in is not asked again
	assert.deepEqual((await profileOf(database, topicId, 1)).groups, ['academia']);
});

test('who has no participant as an account yet keeps that of the browser, and nothing needs joining', async () => {
	const [topicId, visitorId] = [await aTopic(), randomUUID()];
	const browsers = await acts(topicId, { kind: 'visitor', visitorId });
	const account = anAccount(visitorId);
	assert.equal(await joinVisitor(database, keys, topicId, account), null);
	assert.equal((await acts(topicId, { ...account, visitorId: null })).number, browsers.number);
});

test('a second account at the same browser joins nothing of the first', async () => {
	const [topicId, visitorId] = [await aTopic(), randomUUID()];
	await acts(topicId, { kind: 'visitor', visitorId });
	await joinVisitor(database, keys, topicId, anAccount(visitorId));
	const second = anAccount(visitorId);
	await acts(topicId, { ...second, visitorId: null });
	assert.equal(await joinVisitor(database, keys, topicId, second), null);
	assert.equal((await acts(topicId, second)).number, 2);
});

test('in a finished topic nothing is joined', async () => {
	const [topicId, visitorId] = [await aTopic(), randomUUID()];
	const account = anAccount(visitorId);
	await acts(topicId, { kind: 'visitor', visitorId });
	await acts(topicId, { ...account, visitorId: null });
	const later = { ...database, clockShift: 2 * anHour };
	assert.equal(await joinVisitor(later, keys, topicId, account), null);
	assert.equal((await acts(topicId, { kind: 'visitor', visitorId })).number, 1);
});

test('a visitor, a visit without a cookie and one that never took part join nothing', async () => {
	const topicId = await aTopic();
	assert.equal(await joinVisitor(database, keys, topicId, { kind: 'visitor', visitorId: randomUUID() }), null);
	assert.equal(await joinVisitor(database, keys, topicId, anAccount(null)), null);
	assert.equal(await joinVisitor(database, keys, topicId, anAccount(randomUUID())), null);
	assert.equal((await database.query(`select from participants where topic_id = $1`, [topicId])).rowCount, 0);
});

test('what is said of oneself is a new numbered profile; the same again is none, and a country brings its region', async () => {
	const [topicId, visitor] = [await aTopic(), { kind: 'visitor', visitorId: randomUUID() } as const];
	const state = (profile: Profile) => stateProfile(database, keys, topicId, visitor, profile);
	assert.deepEqual(await state({ ...expert, region: null, groups: ['academia', 'no-such-group'] }), { number: 1, profile: 2 });
	assert.deepEqual(await state(expert), { number: 1, profile: 2 });
	assert.deepEqual(await state({ ...expert, reads: ['fr'] }), { number: 1, profile: 3 });
	assert.deepEqual(await profileOf(database, topicId, 1), {
		...expert,
		reads: ['fr'],
		number: 3,
		assurance: 'browser',
		hasStated: true
	});
	const windows = await Promise.all(['en', 'es', 'ru'].map((tag) => state({ ...expert, reads: [tag] })));
	assert.deepEqual(windows.map(({ profile }) => profile).sort(), [4, 5, 6]);
});
