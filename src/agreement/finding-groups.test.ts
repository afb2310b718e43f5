import assert from 'node:assert/strict';
import test from 'node:test';
import { agreedOnTopic, type AgreementWishes } from '#agreement/agreed.server.ts';
import { askForGroups, groupsJobKey } from '#agreement/asking-for-groups.server.ts';
import { fewestPeople, peopleIn } from '#agreement/cells.ts';
import { groupsAtDesk, stopGroups } from '#agreement/desk-groups.server.ts';
import { computeInThread } from '#agreement/computing.server.ts';
import { namedGroups } from '#agreement/named-groups.server.ts';
import { findGroups } from '#agreement/finding-groups.server.ts';
import { opinionMapOf, shownGroupCells } from '#agreement/opinion-map.server.ts';
import { publishGroups } from '#agreement/publishing-groups.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { whereSomebodyStands } from '#agreement/where-you-stand.server.ts';
import { inTransaction, type Transaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { progressOf } from '#jobs/jobs.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { aTopicInTwoCamps } from '#agreement/examples.server.ts';

const database = await testDatabase();

test('two camps are found, named, and drawn with their cells, and everybody stands in theirs', async () => {
	const { topicId, firstPerson } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	assert.equal(await findGroups(database, topicId), 1);
	const { map } = await opinionMapOf(database, topicId);
	assert.ok(map);
	assert.deepEqual(
		[map.people, map.k, map.groups?.map(({ letter, people }) => `${letter} ${people}`)],
		[60, 2, ['A 35', 'B 25']]
	);
	assert.ok(map.density.every((people) => people === 0 || people >= fewestPeople));
	assert.ok(map.groups![0]!.representative.length > 0);
	const cells = await shownGroupCells(database, topicId, [1, 2]);
	assert.deepEqual([...cells.get(1)!.keys()], ['A', 'B']);
	for (const of of cells.values()) for (const cell of of.values()) assert.ok(peopleIn(cell) >= fewestPeople);
	const [one, other] = [
		await whereSomebodyStands(database, topicId, firstPerson),
		await whereSomebodyStands(database, topicId, firstPerson + 59)
	];
	assert.deepEqual([one.group, other.group], ['A', 'B']);
	assert.deepEqual(
		one.opinionGroups.map(({ key }) => key),
		['A', 'B']
	);
	assert.deepEqual(
		other.opinionGroups.map(({ key }) => key),
		['B', 'A']
	);
});

test('another look at the same opinions publishes the same, and one more person moves neither map nor cells', async () => {
	const { topicId, firstPerson } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	await findGroups(database, topicId);
	const before = await opinionMapOf(database, topicId);
	const cellsBefore = await shownGroupCells(database, topicId, [1, 2, 3]);
	assert.equal(await findGroups(database, topicId), 2);
	assert.deepEqual((await opinionMapOf(database, topicId)).map, before.map);
	await database.query(`update opinions set value = -value where topic_id = $1 and participant_number = $2 and idea_number = 1`, [
		topicId,
		firstPerson
	]);
	await findGroups(database, topicId);
	const { map } = await opinionMapOf(database, topicId);
	assert.deepEqual([map!.density, map!.grid, map!.groups], [before.map!.density, before.map!.grid, before.map!.groups]);
	assert.deepEqual(await shownGroupCells(database, topicId, [1, 2, 3]), cellsBefore);
});

test('with few people there is no map, and with nobody at all no mistake', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 12, ideas: 8 });
	await findGroups(database, topicId);
	const { map, asOf } = await opinionMapOf(database, topicId);
	assert.deepEqual([map, asOf instanceof Date], [null, true]);
	const empty = await anOpenTopic(database);
	assert.equal(await findGroups(database, empty.topicId), 1);
	const nobody = await whereSomebodyStands(database, empty.topicId, 1);
	assert.deepEqual([nobody.place, nobody.group, nobody.declared], [null, null, []]);
});

test('a talk that was looked at with few people has its map as soon as enough have come', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	const { rows: kept } = await database.query<{ row: unknown }>(
		`with gone as (delete from opinions where topic_id = $1 and participant_number > 8 returning *) select to_jsonb(gone) as row from gone`,
		[topicId]
	);
	assert.equal(await findGroups(database, topicId), 1);
	assert.equal((await opinionMapOf(database, topicId)).map, null);
	await database.query(
		'insert into opinions select given.* from jsonb_array_elements($1) as one cross join lateral jsonb_populate_record(null::opinions, one) as given',
		[JSON.stringify(kept.map(({ row }) => row))]
	);
	assert.equal(await findGroups(database, topicId), 2);
	assert.equal((await opinionMapOf(database, topicId)).map?.people, 60);
});

const reader = () => ({ actor: aVisitor('reader'), at: new Date() });
const groupsNamed = async (topicId: string) => namedGroups(database, await topicOf(database, topicId), reader());
const levelled = async (topicId: string, wishes: AgreementWishes = {}) =>
	(await agreedOnTopic(database, await topicOf(database, topicId), wishes, reader())).ideas;

test('the ideas of a list are asked for by opinion group, with what each group says to them', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	await publishCells(database, topicId);
	assert.deepEqual((await groupsNamed(topicId)).why, 'no-map');
	await findGroups(database, topicId);
	const named = await groupsNamed(topicId);
	assert.deepEqual([named.letters, named.why], [['A', 'B'], null]);
	const all = await levelled(topicId);
	assert.equal(all?.length, 12);
	assert.ok(all.every(({ opinionGroups }) => opinionGroups.size === 0));
	await database.query(`delete from opinion_group_cells where topic_id = $1 and key = 'B' and idea_number > 3`, [topicId]);
	const opinionGroup = 'B';
	for (const sort of ['common-ground', 'divided', 'awaited']) {
		const ideas = await levelled(topicId, { opinionGroup, sort });
		const every = await levelled(topicId, { sort });
		assert.deepEqual(
			ideas?.map(({ number }) => number),
			every?.map(({ number }) => number).filter((number) => number <= 3)
		);
		const cells = await shownGroupCells(database, topicId, [1]);
		assert.deepEqual(ideas?.find(({ number }) => number === 1)?.opinionGroups, cells.get(1));
	}
	for (const unknown of ['C', "'", 'a']) assert.deepEqual(await levelled(topicId, { opinionGroup: unknown }), []);
	await database.query(`update stages set takes_opinions = 'blind' where topic_id = $1`, [topicId]);
	assert.deepEqual([await levelled(topicId, { opinionGroup }), (await groupsNamed(topicId)).letters], [null, []]);
});

test('groups that do not come back in resamples are not named, and no cell of theirs is shown', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 40, ideas: 10, withoutCamps: true });
	await findGroups(database, topicId);
	const { letters, why } = await groupsNamed(topicId);
	assert.deepEqual([letters, why === 'unstable' || why === 'nobody-alike'], [[], true]);
	const { map } = await opinionMapOf(database, topicId);
	assert.deepEqual([map!.stability?.isStable ?? false, map!.groups, map!.territory, map!.common], [false, null, null, []]);
	assert.equal((await shownGroupCells(database, topicId, [1])).get(1)!.size, 0);
});

test('groups of which one has fewer than five people are not named: its middle would tell where they stand', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	const { computed, ...rest } = await computeInThread(database, topicId);
	const [first = 0, second = 0] = computed.sizes;
	const small = { ...computed, sizes: [first + second - 4, 4, 0] };
	await inTransaction(database, (transaction) => publishGroups(transaction, topicId, { computed: small, ...rest }));
	const { map } = await opinionMapOf(database, topicId);
	assert.deepEqual([map?.stability?.isStable, map?.groups, map?.territory, map?.common], [true, null, null, []]);
	assert.deepEqual(await groupsNamed(topicId), { letters: [], why: 'too-small' });
});

test('what was shown in a long talk is not read again, and still holds back what comes too near to it', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	const work = await computeInThread(database, topicId);
	const [agree, disagree, pass] = [work.computed.cells[2]!, work.computed.cells[0]!, work.computed.cells[1]!];
	await database.query(
		`
			insert into opinion_group_figures (topic_id, idea_number, agree, disagree, pass, division, key)
			select $1, idea, 100 + 5 * edition, edition, 0, 7, 'A'
			from generate_series(1, 12) as idea
			cross join generate_series(1, 2000) as edition`,
		[topicId]
	);
	// as if another division had shown the group, but for one who has changed sides since
	await database.query(`insert into opinion_group_figures values ($1, 1, $2, $3, $4, 7, 'B')`, [
		topicId,
		agree - 1,
		disagree + 1,
		pass
	]);
	let read = 0;
	await inTransaction(database, async (transaction) => {
		const query = transaction.query.bind(transaction) as (...asked: unknown[]) => Promise<{ rows: unknown[] }>;
		const counting = {
			...transaction,
			query: async (...asked: unknown[]) => {
				const found = await query(...asked);
				read += found.rows.length;
				return found;
			}
		} as Transaction;
		await publishGroups(counting, topicId, work);
	});
	assert.ok(read < 200, `${read} rows were read`);
	const cells = await shownGroupCells(database, topicId, [1, 2]);
	assert.deepEqual(
		[1, 2].map((number) => [...cells.get(number)!.keys()]),
		[[], ['A', 'B']],
		'with the one that is held back the other one goes'
	);
});

test('a computation that somebody stops leaves what was published', async () => {
	const { topicId } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	const stopping = findGroups(database, topicId, { progress: () => Promise.reject(new Error('stop')) });
	await assert.rejects(stopping, { message: 'stop' });
	assert.deepEqual(await opinionMapOf(database, topicId), { asOf: null, map: null });
});

test('many asks are one computation, which the desk can watch', async () => {
	const { topicId } = await anOpenTopic(database);
	const jobs = async () =>
		(await database.query('select from graphile_worker.jobs where key = $1', [groupsJobKey(topicId)])).rowCount;
	for (let ask = 0; ask < 3; ask++) await inTransaction(database, (transaction) => askForGroups(transaction, topicId));
	assert.equal(await jobs(), 1);
	assert.equal((await progressOf(database, topicId, groupsJobKey(topicId)))?.state, 'waiting');
});

test('the desk stops a computation that waits, and the record says who did', async () => {
	const { topicId } = await anOpenTopic(database);
	await inTransaction(database, (transaction) => askForGroups(transaction, topicId));
	await stopGroups(database, topicId, { kind: 'job', name: 'test' });
	const { progress, asOf } = await groupsAtDesk(database, topicId);
	assert.deepEqual([progress?.isAskedToStop, asOf], [true, null]);
	const { rows } = await database.query<{ did: string; kind: string }>(
		`select did, kind from activity where topic_id = $1 order by at desc limit 1`,
		[topicId]
	);
	assert.deepEqual(rows, [{ did: 'gave up', kind: 'job' }]);
});
