import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { checkInput } from '#engines/agreement/input.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { readTopic, type TopicRead } from '#agreement/reading.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import type { Opinion } from '#ideas/opinions/opinion.ts';
import { joinParticipant } from '#ideas/opinions/opinions.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { anAccount } from '#people/examples.ts';
import { nothingStated, type Profile } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const opinions = new OpinionBatcher(database, keys);
await database.query(
	`insert into stakeholder_groups (group_key, position, added_at)
	values ('governments', 1, now()), ('academia', 2, now()) on conflict do nothing`
);

const read = (topicId: string) => countingAlone(database, topicId, (instant) => readTopic(instant, topicId));
const states = (topicId: string, who: Actor, profile: Partial<Profile>) =>
	stateProfile(database, keys, topicId, who, { ...nothingStated, ...profile });
const says = (topicId: string, who: Actor, ideaNumber: number, opinion: Opinion) =>
	opinions.give(topicId, who, { ideaNumber, opinion, seen: null });
async function ideas(topicId: string, count: number): Promise<number[]> {
	const numbers = [];
	for (let one = 0; one < count; one++)
		numbers.push((await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor(`author ${one}`))).number);
	return numbers;
}

/** Each opinion as a sentence: by whom (what they state), on which idea, and what. */
function told({
	input: {
		opinions: { profile, idea, value },
		profiles,
		ideas,
		groups,
		regions
	}
}: TopicRead): string[] {
	return Array.from(value, (said, row) => {
		const stated = profiles.groups[profile[row]!]!;
		const of = groups.filter((_, group) => (stated >> group) & 1).join('+');
		const region = regions[profiles.region[profile[row]!]!] ?? 'nowhere';
		return `${of || 'nobody'} in ${region}: ${ideas.id[idea[row]!]} ${said}`;
	}).sort();
}

test('every opinion comes with what its person had stated when giving it', async () => {
	const { topicId } = await anOpenTopic(database);
	const [one, two] = await ideas(topicId, 2);
	const [ana, ben] = [aVisitor('ana'), aVisitor('ben')];
	await states(topicId, ana, { groups: ['governments', 'academia'], region: 'asia-pacific' });
	await says(topicId, ana, one!, 'agree');
	await states(topicId, ana, { groups: ['academia'], region: 'asia-pacific' });
	await says(topicId, ana, two!, 'pass');
	await says(topicId, ben, two!, 'disagree');
	const topic = await read(topicId);
	checkInput(topic.input);
	assert.deepEqual(told(topic), [
		'academia in asia-pacific: 2 0',
		'academia+governments in asia-pacific: 1 1',
		'nobody in nowhere: 2 -1'
	]);
});

test('an idea that is hidden keeps its place and is marked', async () => {
	const { topicId } = await anOpenTopic(database);
	const [one, two] = await ideas(topicId, 2);
	await says(topicId, aVisitor('ana'), one!, 'agree');
	await says(topicId, aVisitor('ana'), two!, 'agree');
	const { rows } = await database.query<{ id: string }>(
		'select idea_id as id from ideas where topic_id = $1 and idea_number = $2',
		[topicId, one]
	);
	const thing = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const { input } = await read(topicId);
	assert.deepEqual([...input.ideas.id], [1, 2]);
	assert.deepEqual([...input.ideas.hidden], [1, 0]);
});

test('who signs in later is one person with the browser of before', async () => {
	const { topicId } = await anOpenTopic(database);
	const [one, two] = await ideas(topicId, 2);
	const eve = anAccount({ accountId: '00000000-0000-7000-8000-0000000000ee', roles: [] });
	await says(topicId, aVisitor('the browser of eve'), one!, 'agree');
	await says(topicId, eve, two!, 'pass');
	await joinParticipant(database, keys, topicId, { ...eve, visitorId: 'the browser of eve' });
	const { input } = await read(topicId);
	const { participant } = input.profiles;
	assert.equal(new Set(Array.from(input.opinions.profile, (profile) => participant[profile])).size, 1);
	assert.equal(input.opinions.value.length, 2);
});

test('who stated several things in several browsers before signing in is one person, and what the account says of itself holds', async () => {
	const { topicId } = await anOpenTopic(database);
	const [one, two] = await ideas(topicId, 2);
	const eve = anAccount({ accountId: '00000000-0000-7000-8000-0000000000ef', roles: [] });
	await states(topicId, eve, { groups: ['academia'], region: 'asia-pacific' });
	await says(topicId, eve, two!, 'disagree');
	for (const browser of ['the first browser', 'the second browser']) {
		await states(topicId, aVisitor(browser), { groups: ['governments'] });
		await states(topicId, aVisitor(browser), { groups: ['governments', 'academia'] });
		await says(topicId, aVisitor(browser), one!, 'agree');
		await joinParticipant(database, keys, topicId, { ...eve, visitorId: browser });
	}
	const topic = await read(topicId);
	checkInput(topic.input);
	assert.deepEqual(told(topic), ['academia in asia-pacific: 1 1', 'academia in asia-pacific: 2 -1']);
	const { profiles, groups, opinions: said } = topic.input;
	const own = [...profiles.number.keys()].filter(
		(place) => profiles.participant[place] === profiles.participant[said.profile[0]!]
	);
	const newest = own.toSorted((one, other) => profiles.number[other]! - profiles.number[one]!)[0]!;
	assert.deepEqual([own.length, groups.filter((_, group) => (profiles.groups[newest]! >> group) & 1)], [8, ['academia']]);
});

test('a topic without opinions, and one without ideas, is read', async () => {
	const { topicId } = await anOpenTopic(database);
	const { input } = await read(topicId);
	checkInput(input);
	assert.deepEqual([input.opinions.value.length, input.ideas.id.length, input.stances], [0, 0, null]);
});

test('more opinions than were counted are all read', async () => {
	const { topicId } = await anOpenTopic(database);
	const [one] = await ideas(topicId, 1);
	for (const name of ['a', 'b', 'c']) await says(topicId, aVisitor(name), one!, 'agree');
	await database.query('update idea_counts set agree = 1 where topic_id = $1', [topicId]);
	assert.equal((await read(topicId)).input.opinions.value.length, 3);
});
