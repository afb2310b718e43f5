import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { inviteByLink } from '#people/invitations/inviting.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { aSecretary, someWords } from '#topics/examples.ts';
import { acceptAsParticipant } from '#topics/participants/invited.server.ts';
import { profileOf, stateProfile } from '#topics/participants/stating.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-keys-'));
after(() => rm(folder, { recursive: true }));
const keys = topicKeys({ folder, secret: 'a secret of the tests' });

test('who accepts counts as invited and belongs to the group for which they were invited, unless they said otherwise', async () => {
	const { topicId } = await openTopic(database, someWords(), aSecretary);
	const words = { topicId, role: 'participant', group: 'academia', region: 'african', language: 'en', days: 10 } as const;
	const { link } = await inviteByLink(database, words, 5, 'http://localhost:4500', aSecretary);
	const token = new URL(link).searchParams.get('token')!;

	const fresh = await acceptAsParticipant(database, keys, token, { kind: 'visitor', visitorId: uuidv7() });
	const { groups, region, assurance } = await profileOf(database, topicId, fresh.number);
	assert.deepEqual([groups, region, assurance], [['academia'], 'african', 'invited']);

	const known = { kind: 'visitor', visitorId: uuidv7() } as const;
	const profile = {
		groups: ['governments'],
		country: 'KE',
		region: 'african',
		organisationId: null,
		capacity: null,
		reads: ['sw']
	};
	await stateProfile(database, keys, topicId, known, profile);
	const said = await profileOf(database, topicId, (await acceptAsParticipant(database, keys, token, known)).number);
	assert.deepEqual([said.groups, said.country, said.reads, said.assurance], [['governments'], 'KE', ['sw'], 'invited']);
	await acceptAsParticipant(database, keys, token, known);
	const { rowCount } = await database.query('select from invitation_answers where topic_id = $1', [topicId]);
	assert.equal(rowCount, 2);
});

test('the answer to an invitation does not tell whose mailbox is which participant', async () => {
	const { topicId } = await openTopic(database, someWords(), aSecretary);
	const words = { topicId, role: 'participant', language: 'en', days: 10 } as const;
	const guest = { kind: 'visitor', visitorId: uuidv7() } as const;
	const invite = async () => {
		const { link } = await inviteByLink(database, words, 5, 'http://localhost:4500', aSecretary);
		return new URL(link).searchParams.get('token')!;
	};
	for (const token of [await invite(), await invite()]) {
		await acceptAsParticipant(database, keys, token, guest);
		await acceptAsParticipant(database, keys, token, guest);
	}
	const { rows } = await database.query<{ kept: Record<string, unknown> }>(
		'select to_jsonb(invitation_answers) as kept from invitation_answers where topic_id = $1',
		[topicId]
	);
	const kept = rows.map((row) => row.kept);
	assert.deepEqual(
		kept.map((row) => Object.keys(row).sort()),
		Array(2).fill([...['account_id', 'answer', 'answered_at', 'invitation_id'], ...['place_mark', 'topic_id', 'use_number']])
	);
	assert.equal(new Set(kept.map((row) => row['place_mark'])).size, 2, 'two invitations of one participant are not known as such');
});
