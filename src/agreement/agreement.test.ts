import assert from 'node:assert/strict';
import test from 'node:test';
import { countingAlone } from '#agreement/instant.server.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { askForCells, publishCells } from '#agreement/publishing.server.ts';
import { takeSnapshot } from '#agreement/snapshots.server.ts';
import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, aModerator, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { named, namedPeople } from './examples.server.ts';

const database = await testDatabase();
const { keys, state, say, anIdea } = await namedPeople(database);
const job: Actor = { kind: 'job', name: 'test' };
await database.query(
	`insert into stakeholder_groups (group_key, position, added_at)
	values ('governments', 1, now()), ('academia', 2, now()) on conflict do nothing`
);

const groupCells = async (topicId: string, number: number) =>
	(await publishedCells(database, topicId, [number]))
		.get(number)!
		.filter((cell) => cell.dimension === 'group')
		.map(({ key, agree, disagree, pass }) => [key, agree, disagree, pass]);

test('the cell of a group appears with five people and is renewed with five more', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	const [governments, academia] = [named('g', 12), named('a', 6)];
	await state(topicId, governments, 'governments');
	await state(topicId, academia, 'academia');

	await say(topicId, number, governments.slice(0, 5), 'agree');
	await say(topicId, number, academia.slice(0, 4), 'disagree');
	await publishCells(database, topicId);
	assert.deepEqual(await groupCells(topicId, number), [], 'the one cell would tell the other');

	await say(topicId, number, academia.slice(4, 5), 'pass');
	await publishCells(database, topicId);
	assert.deepEqual(await groupCells(topicId, number), [
		['academia', 0, 4, 1],
		['governments', 5, 0, 0]
	]);

	await say(topicId, number, governments.slice(5, 9), 'disagree');
	await say(topicId, number, governments.slice(0, 5), 'agree');
	await publishCells(database, topicId);
	assert.deepEqual((await groupCells(topicId, number))[1], ['governments', 5, 0, 0], 'repeating oneself is nothing new');

	await say(topicId, number, governments.slice(9, 10), 'pass');
	await publishCells(database, topicId);
	assert.deepEqual((await groupCells(topicId, number))[1], ['governments', 5, 4, 1]);
});

test('an opinion of the very millisecond in which its cell was published is in it already, and not new once more', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	const governments = named('g', 9);
	await state(topicId, governments, 'governments');
	await say(topicId, number, governments.slice(0, 5), 'agree');
	await publishCells(database, topicId);
	// moments of ours have milliseconds, those of the database microseconds
	await database.query(
		`update opinions
		set given_at = (select max(published_at) from opinion_cells where topic_id = $1) + interval '900 microseconds'
		where topic_id = $1 and participant_number = (select min(participant_number) from opinions where topic_id = $1)`,
		[topicId]
	);
	await say(topicId, number, governments.slice(5), 'disagree');
	await publishCells(database, topicId);
	assert.deepEqual(await groupCells(topicId, number), [['governments', 5, 0, 0]], 'four are new');
});

test('beside the people of a group stands how many voices they have: those of an organisation share one, and it moves with the cell', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	const { rows } = await database.query<{ id: string }>(
		`insert into organisations (organisation_id, created_at)
		select gen_random_uuid(), now() from generate_series(1, 3)
		returning organisation_id as id`
	);
	const [one, joined, other] = rows.map(({ id }) => id);
	const of = async (names: string[], organisationId: string | null, groups: string[]) => {
		for (const name of names)
			await stateProfile(database, keys, topicId, aVisitor(name), { ...nothingStated, groups, organisationId });
	};
	await of(['m1', 'm2'], one!, ['governments']);
	await of(['m3'], joined!, ['governments']);
	await of(['m4', 'm5'], other!, ['governments', 'academia']);
	await of(['alone'], null, ['governments']);
	await of(['n1', 'n2', 'n3'], null, []);
	await database.query(
		`insert into organisation_joins (organisation_id, chosen_id, into_id, joined_at) values ($1, $2, $2, now())`,
		[joined, one]
	);
	const voices = async () =>
		(await publishedCells(database, topicId, [number])).get(number)!.map((cell) => [cell.dimension, cell.key, cell.voices]);
	await say(topicId, number, ['m1', 'm2', 'm3', 'm4', 'm5', 'alone'], 'agree');
	await say(topicId, number, ['n1', 'n2', 'n3'], 'disagree');
	await publishCells(database, topicId);
	assert.deepEqual(await voices(), [
		['assurance', 'browser', null],
		// three of one ministry, two of another, and one person
		['group', 'governments', 3],
		['region', 'not-stated', null]
	]);
	await of(['m6'], one!, ['governments']);
	await say(topicId, number, ['m6'], 'agree');
	await publishCells(database, topicId);
	assert.deepEqual((await voices())[1], ['group', 'governments', 3], 'one more is not told');

	// who has gone to another organisation since spoke for the one before
	await of(['m4', 'm5'], one!, ['governments']);
	await of(['m7', 'm8', 'm9', 'm10'], null, ['governments']);
	await say(topicId, number, ['m7', 'm8', 'm9', 'm10'], 'agree');
	await publishCells(database, topicId);
	assert.deepEqual((await voices())[1], ['group', 'governments', 7], 'two organisations and five people');
});

test('what is said to a hidden idea counts nowhere, as the idea itself', async () => {
	const { topicId } = await anOpenTopic(database);
	const [seen, hidden] = [await anIdea(topicId), await anIdea(topicId)];
	for (const number of [seen, hidden])
		await comment(database, keys, aCommentDraft(topicId, number, { text: 'Three words here.' }), aVisitor('g1'));
	const { rows } = await database.query<{ id: string }>(
		`select idea_id as id from ideas where topic_id = $1 and idea_number = $2`,
		[topicId, hidden]
	);
	const thing = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const { overall } = (await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job))).figures;
	// seven words of the idea, three of the comment
	assert.deepEqual([overall.comments, overall.words], [1, 10]);
});

test('a look goes only where somebody spoke since the last, and over everything once an hour', async () => {
	const { topicId } = await anOpenTopic(database);
	const quiet = await anIdea(topicId);
	const busy = await anIdea(topicId);
	await state(topicId, named('g', 12), 'governments');
	await publishCells(database, topicId);
	for (const number of [quiet, busy]) await say(topicId, number, named('g', 6), 'agree');
	const age = async (minutes: number) =>
		database.query(
			`update opinions set given_at = given_at - make_interval(mins => $3) where topic_id = $1 and idea_number = $2`,
			[topicId, quiet, minutes]
		);
	// as if they had been given long before the last look
	await age(30);
	await publishCells(database, topicId);
	assert.deepEqual(await groupCells(topicId, quiet), []);
	assert.deepEqual(await groupCells(topicId, busy), [['governments', 6, 0, 0]]);
	await database.query(`update cell_looks set complete_at = complete_at - interval '2 hours' where topic_id = $1`, [topicId]);
	await publishCells(database, topicId);
	assert.deepEqual(await groupCells(topicId, quiet), [['governments', 6, 0, 0]]);
});

test('who belongs to several groups counts in each of them, and once in all other figures', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	for (const name of named('b', 6))
		await stateProfile(database, keys, topicId, aVisitor(name), {
			...nothingStated,
			groups: ['governments', 'academia'],
			country: 'CH'
		});
	await state(topicId, named('g', 5), 'governments');
	await say(topicId, number, [...named('b', 6), ...named('g', 5)], 'agree');
	await publishCells(database, topicId);
	assert.deepEqual(await groupCells(topicId, number), [
		['academia', 6, 0, 0],
		['governments', 11, 0, 0]
	]);
	const { figures } = await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job));
	assert.deepEqual(figures.ideas[number]!.cells, {
		group: { academia: { agree: 6, disagree: 0, pass: 0 }, governments: { agree: 11, disagree: 0, pass: 0 } },
		region: { 'western-european-others': { agree: 11, disagree: 0, pass: 0 } },
		assurance: { browser: { agree: 11, disagree: 0, pass: 0 } }
	});
	assert.equal(figures.ideas[number]!.people, 11);
});

test('a look that failed as often as it may is asked for again by the next opinion', async () => {
	const { topicId } = await anOpenTopic(database);
	const key = `agreement.publish-cells ${topicId}`;
	const tries = async () => {
		const { rows } = await database.query<{ attempts: number }>('select attempts from graphile_worker.jobs where key = $1', [
			key
		]);
		return rows.map(({ attempts }) => attempts);
	};
	await inTransaction(database, (transaction) => askForCells(transaction, topicId));
	await database.query('update graphile_worker._private_jobs set attempts = max_attempts, last_error = $2 where key = $1', [
		key,
		'it failed'
	]);
	assert.deepEqual(await tries(), [5]);
	await inTransaction(database, (transaction) => askForCells(transaction, topicId));
	assert.deepEqual(await tries(), [0]);
});
