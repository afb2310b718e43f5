import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalJson, sha256, valueAt } from '#agreement/canonical.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { frozenFigures, snapshotAt } from '#agreement/frozen.server.ts';
import { takeSnapshot } from '#agreement/snapshots.server.ts';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aRapporteur, someSubmissions } from '#contributions/examples.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing/drawing.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { named, namedPeople } from './examples.server.ts';

const database = await testDatabase();
const { keys, state, say, anIdea } = await namedPeople(database);
const job: Actor = { kind: 'job', name: 'test' };
await database.query(
	`insert into stakeholder_groups (group_key, position, added_at)
	values ('governments', 1, now()), ('academia', 2, now()) on conflict do nothing`
);

test('a snapshot counts what can be seen, publishes its cells, and has the same digest when nothing has changed', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId, { questionId }), aVisitor('the author'));
	const hidden = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'To be hidden soon' }), aVisitor('the author'));
	const [governments, academia] = [named('g', 7), named('a', 2)];
	await state(topicId, governments, 'governments');
	await state(topicId, academia, 'academia');
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
		},
		level: null
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

test('who holds one snapshot against the next, a few opinions later, finds no difference in any group', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	await state(topicId, named('g', 12), 'governments');
	await state(topicId, named('a', 12), 'academia');
	await say(topicId, number, [...named('g', 6), ...named('a', 6)], 'agree');
	const frozen = async () => {
		const { figures } = await countingAlone(database, topicId, (transaction) => takeSnapshot(transaction, topicId, job));
		const { cells, agree, disagree } = figures.ideas[number]!;
		return { group: cells.group, totals: [agree, disagree] };
	};
	const agreeing = (people: number) => ({ agree: people, disagree: 0, pass: 0 });
	const before = await frozen();
	assert.deepEqual(before, { group: { academia: agreeing(6), governments: agreeing(6) }, totals: [12, 0] });
	await say(topicId, number, ['g7', 'a7'], 'disagree');
	assert.deepEqual(await frozen(), { ...before, totals: [12, 2] });
	await say(topicId, number, named('g', 12).slice(7), 'agree');
	assert.deepEqual(await frozen(), { ...before, totals: [17, 2] }, 'the governments would tell the academic who stays behind');
	await say(topicId, number, named('a', 12).slice(7), 'agree');
	const [governments, academia] = [
		{ agree: 11, disagree: 1, pass: 0 },
		{ agree: 11, disagree: 1, pass: 0 }
	];
	assert.deepEqual(await frozen(), { group: { academia, governments }, totals: [22, 2] });
});

test('how much a group gave is withheld below five people, together with the next smallest where it stands alone', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId);
	await state(topicId, named('g', 6), 'governments');
	await state(topicId, named('a', 5), 'academia');
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
