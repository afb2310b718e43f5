import { record } from '#activity/recording.server.ts';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { selectStages } from '#topics/stages/stages.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

export const turnStagesJob = 'topics.turn-stages';

/** A stage that opened or closed by the clock. */
export interface StageTurn {
	readonly topicId: string;
	readonly stageId: string;
	readonly turn: 'opened' | 'closed';
	readonly at: Date;
}

const aMinute = 60_000;
/** What turned longer ago, while no process ran, is news to nobody. */
const aWeek = 7 * 24 * 60 * aMinute;

/** Looks again, at the next turn of a stage or in a minute: a stage may be moved meanwhile. Once, however often it is asked. */
export async function turnStagesLater(transaction: Transaction, wait = aMinute): Promise<void> {
	const runAt = new Date(transaction.at.getTime() + wait);
	await addJob(transaction, turnStagesJob, { topicId: nilTopic }, { jobKey: turnStagesJob, runAt });
}

/**
 * Tells of the stages of public talks that opened or closed since the last look, as of one that staff changed: programs by
 * their webhooks, and the record. Each turn once, whatever happens meanwhile. For the jobs process.
 */
export async function turnStages(database: Database): Promise<StageTurn[]> {
	return inTransaction(database, async (transaction) => {
		const told: StageTurn[] = [];
		for (const { isSilent, ...turn } of await turnsUntil(transaction, transaction.at)) {
			const { topicId, stageId, at } = turn;
			const { rowCount } = await transaction.query(
				`insert into stage_turns (topic_id, stage_id, turn, at, noted_at, is_silent)
				values ($1, $2, $3, $4, $5, $6)
				on conflict do nothing`,
				[topicId, stageId, turn.turn, at, transaction.at, isSilent]
			);
			if (rowCount === 0 || isSilent) continue;
			await announce(transaction, { topicId, event: 'stage.changed', path: '' });
			const actor = { kind: 'job', name: turnStagesJob } as const;
			await record(transaction, { topicId, actor, did: turn.turn, kind: 'stage', thingId: stageId, details: { at } });
			told.push(turn);
		}
		await turnStagesLater(transaction, await waitUntilNext(transaction));
		return told;
	});
}

/** The newest turns of a topic that were told of, for its feed. */
export async function turnsOf(queryable: Queryable, topicId: string, most: number): Promise<StageTurn[]> {
	const { rows } = await queryable.query<StageTurn>(
		`select topic_id as "topicId", stage_id as "stageId", turn, at
		from stage_turns
		where topic_id = $1 and not is_silent and not exists (
			select from stage_removals r where r.topic_id = stage_turns.topic_id and r.stage_id = stage_turns.stage_id)
		order by at desc, stage_id, turn
		limit $2`,
		[topicId, most]
	);
	return rows;
}

async function turnsUntil(transaction: Transaction, until: Date): Promise<(StageTurn & { isSilent: boolean })[]> {
	const { rows } = await transaction.query<StageTurn & { isSilent: boolean }>(
		`select p.topic_id as "topicId", stage."stageId", moment.turn, moment.at,
			moment.at <= p.published_at or moment.at < $2 as "isSilent"
		from topic_publications p
		cross join lateral (${selectStages('p.topic_id')}) as stage
		cross join lateral (values ('opened', stage."opensAt"), ('closed', stage."closesAt")) as moment (turn, at)
		where moment.at <= $1
			and not exists (select from topic_archivals a where a.topic_id = p.topic_id)
			and not exists (
				select from stage_turns t
				where t.topic_id = p.topic_id and t.stage_id = stage."stageId" and t.turn = moment.turn and t.at = moment.at)
		order by moment.at, moment.turn, stage."stageId"
		limit 1000`,
		[until, new Date(until.getTime() - aWeek)]
	);
	return rows;
}

/** In milliseconds: to the next turn, a minute at most. */
async function waitUntilNext(transaction: Transaction): Promise<number> {
	const { rows } = await transaction.query<{ at: Date | null }>(
		`select min(moment.at) as at
		from topic_publications p
		cross join lateral (${selectStages('p.topic_id')}) as stage
		cross join lateral (values (stage."opensAt"), (stage."closesAt")) as moment (at)
		where moment.at > $1`,
		[transaction.at]
	);
	const next = rows[0]?.at?.getTime();
	return next === undefined ? aMinute : Math.min(aMinute, next - transaction.at.getTime() + 1);
}
