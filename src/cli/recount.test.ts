import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishCells } from '#agreement/publishing.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { temporaryKeys } from '#ideas/examples.server.ts';
import { refreshStandings } from '#ideas/standings.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { staff } from '../../examples/institution.ts';
import { loadOpenTalk } from '../../examples/loading-open-talk.server.ts';
import { differencesIn, mend, sentence } from './recount.ts';

const database = await testDatabase();
await inTransaction(database, async (transaction) => {
	for (const { email, name, language } of staff) await makeAccount(transaction, { email, name, language });
});
const topicId = await loadOpenTalk({ database, keys: await temporaryKeys() });
await refreshStandings(database, topicId);
await publishCells(database, topicId);
const named = async () =>
	(await differencesIn(database, 0)).map(({ what, thing, kept, counted }) => [what, thing, kept, counted]);

test('a talk with ideas, opinions, comments, texts and held things is counted as its rows say', async () => {
	assert.deepEqual(await named(), []);
});

test('each planted wrong count is named with what is kept and what is counted, and mended when asked', async () => {
	const figure = async (query: string) =>
		Object.values((await database.query<Record<string, unknown>>(query, [topicId])).rows[0]!)[0];
	const ideas = await figure(`select count::int from topic_counts where topic_id = $1 and counted = 'ideas'`);
	const opinions = await figure(`select count::int from topic_counts where topic_id = $1 and counted = 'opinions'`);
	const agree = await figure('select agree from idea_counts where topic_id = $1 and idea_number = 2');
	const comments = await figure('select comments from idea_counts where topic_id = $1 and idea_number = 3');
	const version = await figure('select max(version) from idea_versions where topic_id = $1 and idea_number = 5');
	const supported = await figure('select supported from idea_standings where topic_id = $1 and idea_number = 4');
	const last = await figure(`select last from counters where topic_id = $1 and counted = 'comments'`);
	const groups = await figure(`select cardinality(stakeholder_groups) from ideas where topic_id = $1 and idea_number = 1`);
	const cell = `topic_id = $1 and dimension = 'region' and (idea_number, key) = (
		select idea_number, key from opinion_cells where topic_id = $1 and dimension = 'region' order by idea_number, key limit 1
	)`;
	const ofCell = await figure(`select agree from opinion_cells where ${cell}`);
	const nameOfCell = await figure(`select concat_ws(' ', idea_number, dimension, key) from opinion_cells where ${cell}`);

	for (const wrong of [
		`update topic_counts set count = count + 3 where topic_id = $1 and counted = 'ideas'`,
		`update topic_counts set count = 1 where topic_id = $1 and counted = 'opinions'`,
		'update idea_counts set agree = agree + 1 where topic_id = $1 and idea_number = 2',
		'update idea_counts set comments = 99 where topic_id = $1 and idea_number = 3',
		'update idea_counts set version = 5 where topic_id = $1 and idea_number = 5',
		'update idea_standings set supported = 7 where topic_id = $1 and idea_number = 4',
		`update counters set last = last - 1 where topic_id = $1 and counted = 'comments'`,
		'delete from idea_groups where topic_id = $1 and idea_number = 1',
		`update opinion_cells set agree = agree + 5 where ${cell}`
	])
		assert.equal((await database.query(wrong, [topicId])).rowCount > 0, true, wrong);

	const found = await differencesIn(database, 0);
	const about = (table: string) =>
		found.filter(({ what }) => what.startsWith(table)).map(({ what, thing, kept, counted }) => [what, thing, kept, counted]);
	assert.deepEqual(about('counters'), [['counters comments', '', (last as number) - 1, last]]);
	assert.deepEqual(about('topic_counts'), [
		['topic_counts ideas', '', (ideas as number) + 3, ideas],
		['topic_counts opinions', '', 1, opinions]
	]);
	assert.deepEqual(about('idea_counts'), [
		['idea_counts agree', '2', (agree as number) + 1, agree],
		['idea_counts comments', '3', 99, comments],
		['idea_counts version', '5', 5, version]
	]);
	assert.deepEqual(about('idea_groups'), [['idea_groups rows', '1', 0, groups]]);
	assert.deepEqual(about('opinion_cells'), [['opinion_cells agree', nameOfCell, (ofCell as number) + 5, ofCell]]);
	assert.deepEqual(
		about('idea_standings').find(([, thing]) => thing === '4'),
		['idea_standings supported', '4', 7, supported]
	);
	assert.equal(
		sentence(found[0]!),
		`counters comments in topic ${topicId}: ${(last as number) - 1} kept, ${last as number} counted`
	);

	await mend(database, found);
	assert.deepEqual(await named(), []);
	assert.equal(await figure('select agree from idea_counts where topic_id = $1 and idea_number = 2'), agree);
	assert.equal(await figure(`select agree from opinion_cells where ${cell}`), ofCell);
});

test('a cell of fewer than five people is named and taken away', async () => {
	await database.query(
		`insert into opinion_cells (topic_id, dimension, key, idea_number, agree, disagree, pass, published_at)
		values ($1, 'group', 'nobody-knows', 1, 1, 0, 0, now() - interval '1 day')`,
		[topicId]
	);
	const found = await differencesIn(database, 0);
	assert.deepEqual(
		found.map(({ what, thing, kept, counted }) => [what, thing, kept, counted]),
		[
			['opinion_cells agree', '1 group nobody-knows', 1, 0],
			['opinion_cells people', '1 group nobody-knows', 1, 5]
		]
	);
	await mend(database, found);
	assert.deepEqual(await named(), []);
});
