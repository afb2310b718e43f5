import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary, aWrittenStage, someWords } from '#topics/examples.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { moveStage, setStages } from '#topics/stages/staging.server.ts';
import { turnStages, turnStagesJob, turnStagesLater } from '#topics/stages/turning.server.ts';
import { addWebhook } from '#webhooks/keeping.server.ts';

const database = await testDatabase();
const anHour = 3_600_000;
const now = Date.now();
/** The same database, so many hours later. */
const after = (hours: number): Database => ({ ...database, clockShift: hours * anHour });

/** A public talk with a stage from so many hours from now to so many. */
async function aTalk(address: string, opens: number, closes: number, publishedWhen = 0) {
	const { topicId } = await openTopic(database, { ...someWords(), address }, aSecretary);
	await setQuestions(database, topicId, [{ questionId: null, texts: { text: { en: 'What?' } } }], aSecretary);
	const times = { opensAt: new Date(now + opens * anHour), closesAt: new Date(now + closes * anHour) };
	const [stageId] = await setStages(database, topicId, [aWrittenStage(times)], aSecretary);
	await publishTopic(after(publishedWhen), topicId, aSecretary);
	return { topicId, stageId: stageId!, ...times };
}

async function recorded(topicId: string): Promise<string[]> {
	const { rows } = await database.query<{ did: string }>(
		`select did from activity where topic_id = $1 and actor_kind = 'job' and kind = 'stage' order by activity_id`,
		[topicId]
	);
	return rows.map(({ did }) => did);
}

async function announced(topicId: string): Promise<number> {
	const { rowCount } = await database.query(
		`select from webhook_messages where about_topic_id = $1 and event = 'stage.changed'`,
		[topicId]
	);
	return rowCount;
}

test('a stage that opens and closes by the clock is told of as one that staff changed: once, when it is time', async () => {
	const webhook = { topicId: nilTopic, address: 'https://hooks.example.org/', events: ['stage.changed'] as const };
	await addWebhook(database, Buffer.alloc(32), webhook, aSecretary);
	const { topicId, stageId, opensAt, closesAt } = await aTalk('by-the-clock', 2, 5);
	assert.deepEqual(await turnStages(after(1)), []);
	assert.deepEqual(await turnStages(after(3)), [{ topicId, stageId, turn: 'opened', at: opensAt }]);
	assert.deepEqual(await turnStages(after(3)), []);
	assert.deepEqual([await recorded(topicId), await announced(topicId)], [['opened'], 1]);
	// two processes at once
	const both = await Promise.all([turnStages(after(6)), turnStages(after(6))]);
	assert.deepEqual(both.flat(), [{ topicId, stageId, turn: 'closed', at: closesAt }]);
	assert.deepEqual([await recorded(topicId), await announced(topicId)], [['opened', 'closed'], 2]);
});

test('a stage that is prolonged closes once more; what turned before the talk was public, or long ago, is told to nobody', async () => {
	const { topicId, stageId, opensAt } = await aTalk('prolonged', -2, 2);
	assert.deepEqual(
		(await turnStages(after(1))).filter((turn) => turn.topicId === topicId),
		[]
	);
	assert.deepEqual(
		(await turnStages(after(3))).map(({ turn }) => turn),
		['closed']
	);
	const later = { opensAt, closesAt: new Date(now + 9 * anHour), note: { en: 'More time.' } };
	await moveStage(after(3), topicId, stageId, later, aSecretary);
	assert.deepEqual(await turnStages(after(4)), []);
	assert.deepEqual(
		(await turnStages(after(10))).map(({ turn }) => turn),
		['closed']
	);
	const slept = await aTalk('slept', 20, 30);
	assert.deepEqual(await turnStages(after(24 * 9)), []);
	assert.deepEqual(await recorded(slept.topicId), []);
});

test('the next look is at the next turn, or in a minute', async () => {
	await database.query(`select graphile_worker.remove_job($1)`, [turnStagesJob]);
	const wait = async (): Promise<number> => {
		const { rows } = await database.query<{ wait: number }>(
			`select extract(epoch from run_at - clock_timestamp())::float8 as wait from graphile_worker.jobs where task_identifier = $1`,
			[turnStagesJob]
		);
		await database.query(`select graphile_worker.remove_job($1)`, [turnStagesJob]);
		return rows[0]!.wait;
	};
	await turnStages(database);
	assert.ok((await wait()) > 50);
	await aTalk('soon', 1 / 360, 40);
	await turnStages(database);
	assert.ok((await wait()) < 11);
	await inTransaction(database, (transaction) => turnStagesLater(transaction, 0));
	assert.ok((await wait()) <= 0);
});
