import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalJson, sha256, valueAt } from '#agreement/canonical.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { askForCells, publishCells, publishedCells } from '#agreement/publishing.server.ts';
import { frozenFigures, snapshotAt } from '#agreement/frozen.server.ts';
import { takeSnapshot } from '#agreement/snapshots.server.ts';
import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aRapporteur, someSubmissions } from '#contributions/examples.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing/drawing.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import type { Opinion } from '#ideas/opinions/opinion.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { aModerator } from '#ideas/examples.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const opinions = new OpinionBatcher(database, keys);
const job: Actor = { kind: 'job', name: 'test' };
await database.query(
	`insert into stakeholder_groups (group_key, position, added_at)
	values ('governments', 1, now()), ('academia', 2, now()) on conflict do nothing`
);

async function people(topicId: string, names: readonly string[], group: string): Promise<void> {
	for (const name of names) {
		await stateProfile(database, keys, topicId, aVisitor(name), { ...nothingStated, groups: [group], country: 'CH' });
	}
}

async function say(topicId: string, number: number, names: readonly string[], opinion: Opinion): Promise<void> {
	await Promise.all(names.map((name) => opinions.give(topicId, aVisitor(name), { ideaNumber: number, opinion, seen: null })));
}

const named = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
const groupCells = async (topicId: string, number: number) =>
	(await publishedCells(database, topicId, [number]))
		.get(number)!
		.filter((cell) => cell.dimension === 'group')
		.map(({ key, agree, disagree, pass }) => [key, agree, disagree, pass]);

async function anIdea(topicId: string): Promise<number> {
	return (await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('the author'))).number;
}

test('the cell of a group appears with five people and is renewed with five more', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	const [governments, academia] = [named('g', 12), named('a', 6)];
	await people(topicId, governments, 'governments');
	await people(topicId, academia, 'academia');

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

test('a snapshot counts what can be seen, publishes its cells, and has the same digest when nothing has changed', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId, { questionId }), aVisitor('the author'));
	const hidden = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'To be hidden soon' }), aVisitor('the author'));
	const [governments, academia] = [named('g', 7), named('a', 2)];
	await people(topicId, governments, 'governments');
	await people(topicId, academia, 'academia');
	await say(topicId, number, [...governments, ...academia], 'agree');
	await say(topicId, number, academia.slice(0, 1), 'disagree');
	await say(topicId, hidden.number, governments, 'agree');
	await comment(database, keys, aCommentDraft(topicId, number), aVisitor('g1'));
	const { rows } = await database.query<{ id: string }>(
		`select idea_id as id from ideas where topic_id = $1 and idea_number = $2`,
		[topicId, hidden.number]
	);
	await decideOn(
		database,
		{ topicId, kind: 'idea', thingId: rows[0]!.id },
		{ decision: 'hidden', reason: 'spam', words: '' },
		aModerator(topicId)
	);

	const snapshot = await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job));
	const { figures } = snapshot;
	assert.deepEqual(Object.keys(figures.ideas), [String(number)]);
	assert.deepEqual(figures.overall, {
		...{ ideas: 1, agree: 8, disagree: 1, pass: 0, opinions: 9, comments: 1, stances: 0 },
		...{ people: 10, submissions: 0, words: 11, passages: 0, countries: 1, languages: 1 }
	});
	assert.deepEqual(figures.ideas[number], {
		question: questionId,
		language: 'en',
		...{ agree: 8, disagree: 1, pass: 0, people: 9, agreeShare: 0.889 },
		comments: { for: 1, against: 0, neutral: 0 },
		stances: { raises: 0, supports: 0, opposes: 0 },
		stancesByGroup: {},
		// two academics stay unseen, and with them the governments, which would tell them; in region and assurance all are together
		cells: {
			group: {},
			region: { 'western-european-others': { agree: 8, disagree: 1, pass: 0 } },
			assurance: { browser: { agree: 8, disagree: 1, pass: 0 } }
		}
	});
	assert.deepEqual(figures.questions, { [questionId]: { ideas: 1, opinions: 9, comments: 1 } });
	assert.equal(valueAt(figures, `/ideas/${number}/agree`), 8);
	assert.equal(snapshot.sha256.toString('hex'), sha256(canonicalJson(figures)).toString('hex'));

	const again = await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job));
	assert.equal(again.sha256.toString('hex'), snapshot.sha256.toString('hex'));
	const stored = async (...pointers: string[]) => (await snapshotAt(database, topicId, snapshot.snapshotId, pointers))!.figures;
	assert.deepEqual(await stored(`/ideas/${number}/agree`), figures);
	assert.deepEqual(await stored('/overall/people', '/ideas/999', '/ideas'), { ...figures, ideas: {} });
	const pieces = await Array.fromAsync(frozenFigures(database, topicId, snapshot.snapshotId));
	assert.equal(pieces.join(''), canonicalJson(figures));

	await say(topicId, number, ['g1'], 'pass');
	const later = await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job));
	assert.notEqual(later.sha256.toString('hex'), snapshot.sha256.toString('hex'));
	assert.deepEqual((await stored()).overall, figures.overall);
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

test('how much a group gave is withheld below five people, together with the next smallest where it stands alone', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	await people(topicId, named('g', 6), 'governments');
	await people(topicId, named('a', 5), 'academia');
	await say(topicId, number, [...named('g', 6), ...named('a', 3)], 'agree');
	const balance = async () => {
		const { figures } = await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job));
		return Object.entries(figures.balance.group)
			.map(([key, voice]) => [key, voice?.people ?? null])
			.sort();
	};
	// three academics, and the author who stated no group
	assert.deepEqual(await balance(), [
		['academia', null],
		['governments', 6],
		['not-stated', null]
	]);
	await say(topicId, number, named('a', 5), 'agree');
	assert.deepEqual(await balance(), [
		['academia', null],
		['governments', 6],
		['not-stated', null]
	]);
});

test('a look goes only where somebody spoke since the last, and over everything once an hour', async () => {
	const { topicId } = await anOpenTopic(database);
	const quiet = await anIdea(topicId);
	const busy = await anIdea(topicId);
	await people(topicId, named('g', 12), 'governments');
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

test('when a person says what the sector of imported texts means, the balance of voices and stances follow', async () => {
	const { topicId } = await anOpenTopic(database);
	const sectors = [...named('', 6).map(() => 'Riders of Rohan'), ...named('', 5).map(() => 'Government')];
	const texts = await someSubmissions(
		database,
		topicId,
		sectors.map((sector, at) => ({ title: `Text ${at}`, sector }))
	);
	const ada = aRapporteur(topicId);
	const quotes = [{ part: 1, textVersion: 1, spans: [{ starts: 11, ends: 37 }] }];
	const wording = { point: 'Governments should listen', explanation: '', sources: '', questionId: null, language: 'en' };
	const place = (at: number) => ({ topicId, contributionId: texts[at]!.contributionId, quotes, requestKey: null });
	const { number } = await drawIdea(database, place(0), wording, ada);
	await attachPassages(database, place(6), { number, stance: 'opposes' }, ada);
	const figures = async () => {
		const { balance, ideas } = (await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job)))
			.figures;
		return {
			voices: Object.entries(balance.group).map(([group, voice]) => [group, voice?.contributions, voice?.ideas, voice?.stances]),
			stances: Object.values(ideas).map(({ stancesByGroup }) => stancesByGroup)
		};
	};
	const ofGovernments = { governments: { raises: 0, supports: 0, opposes: 1 } };
	const raised = { raises: 1, supports: 0, opposes: 0 };
	const sorted = (voices: unknown[][]) => voices.sort((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1));
	const before = await figures();
	assert.deepEqual(sorted(before.voices), [
		['governments', 5, 0, 1],
		['not-stated', 6, 1, 1]
	]);
	assert.deepEqual(before.stances, [{ 'not-stated': raised, ...ofGovernments }]);
	await correctMeaning(database, { topicId, field: 'sector', asWritten: 'Riders of Rohan', means: 'academia' }, ada);
	const after = await figures();
	assert.deepEqual(sorted(after.voices), [
		['academia', 6, 1, 1],
		['governments', 5, 0, 1]
	]);
	assert.deepEqual(after.stances, [{ academia: raised, ...ofGovernments }]);
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
	await people(topicId, named('g', 5), 'governments');
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
