import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import { parkedJobs } from '#jobs/jobs.server.ts';
import { runJobs } from '#jobs/running.server.ts';
import { holding } from '#people/examples.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { askForDraft, draftAsked, draftingTask, draftsUnderWay } from '#reports/drafting/asking.server.ts';
import { refuseFrozenBlind } from '#reports/blindness.server.ts';
import { draftReport } from '#reports/drafting/drafting.server.ts';
import { publishedEdition } from '#reports/publishing.server.ts';
import { reportNumbered, reportsOf } from '#reports/reading.server.ts';
import { topicOf } from '#topics/reading.server.ts';

const database = await testDatabase();
const refused = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;

async function show(topicId: string, takesOpinions: 'blind' | 'shown', openedMinutesAgo = 60): Promise<void> {
	await database.query(
		`update stages set takes_opinions = $2, opens_at = now() - make_interval(mins => $3) where topic_id = $1`,
		[topicId, takesOpinions, openedMinutesAgo]
	);
}

test('while results are blind nobody has figures frozen: no rapporteur, no job, nor one who asked before', async () => {
	const { topicId } = await anOpenTopic(database, { takesOpinions: 'blind' });
	const rapporteur = holding('rapporteur', topicId);
	const asked = { topicId, reportId: uuidv7(), language: 'en' };
	await assert.rejects(askForDraft(database, asked, rapporteur), refused('results-blind'));
	await assert.rejects(draftReport(database, topicId, { language: 'en' }, rapporteur), refused('results-blind'));
	await assert.rejects(
		draftReport(database, topicId, { language: 'en' }, { kind: 'job', name: 'test' }),
		refused('results-blind')
	);

	await show(topicId, 'shown');
	await askForDraft(database, asked, rapporteur);
	await show(topicId, 'blind');
	await jobsRun();
	assert.deepEqual(await reportsOf(database, topicId), []);
	assert.equal((await database.query('select from snapshots where topic_id = $1', [topicId])).rowCount, 0);
	// said to who asked, not tried again, and no failure
	const underWay = await draftsUnderWay(database, topicId);
	assert.deepEqual(
		underWay.map(({ reportId, state, isBlind }) => ({ reportId, state, isBlind })),
		[{ reportId: asked.reportId, state: 'stopped', isBlind: true }]
	);
	assert.deepEqual(await parkedJobs(database), []);

	await show(topicId, 'shown');
	await askForDraft(database, { ...asked, reportId: uuidv7() }, rapporteur);
	await jobsRun();
	assert.deepEqual(
		(await reportsOf(database, topicId)).map(({ number }) => number),
		[1]
	);
	assert.deepEqual(await draftsUnderWay(database, topicId), []);
});

/** Runs the drafts that wait, to the end; what else a freeze asks for is not theirs. */
async function jobsRun(): Promise<void> {
	const failures: unknown[] = [];
	const jobs = await runJobs(
		database,
		{ [draftingTask]: async () => draftAsked },
		{ failed: (_task, error) => failures.push(error) }
	);
	const waits = 'select from graphile_worker.jobs where task_identifier = $1 and attempts < max_attempts';
	const until = performance.now() + 60_000;
	while (failures.length === 0 && (await database.query(waits, [draftingTask])).rowCount > 0) {
		assert.ok(performance.now() < until, 'the drafts did not end');
		await pauseFor(20);
	}
	await jobs.stop();
	assert.deepEqual(failures, []);
}

test('a draft whose figures were frozen while they were blind is read by staff no sooner than everyone; one of before stays', async () => {
	const { topicId } = await anOpenTopic(database);
	const rapporteur = holding('rapporteur', topicId);
	const { number } = await draftReport(database, topicId, { language: 'en' }, rapporteur);
	const read = async () =>
		refuseFrozenBlind(database, await topicOf(database, topicId), number, { actor: rapporteur, at: new Date() });
	await read();
	await show(topicId, 'blind');
	await assert.rejects(read(), refused('results-blind'));
	// blind from a moment after the freeze
	await show(topicId, 'blind', 0);
	await read();
});

test('what was published when everyone saw results stays public through a blind stage that comes later', async () => {
	const { topicId } = await anOpenTopic(database);
	const { number } = await draftReport(database, topicId, { language: 'en' }, holding('rapporteur', topicId));
	const report = await reportNumbered(database, topicId, number);
	await inTransaction(database, async (transaction) => {
		await transaction.query(
			`
				insert into report_publications (topic_id, report_id, edition, published_at, content, sha256)
				values ($1, $2, 1, $3, '{}', '')`,
			[topicId, report.reportId, transaction.at]
		);
	});
	await show(topicId, 'blind');
	assert.equal((await publishedEdition(database, report)).edition, 1);
});
