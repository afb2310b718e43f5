import { count } from '#activity/counting.server.ts';
import { record } from '#activity/recording.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { removePassages } from '#contributions/passages/passages.server.ts';
import { reopen } from '#contributions/reading.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { takeBackStance } from '#ideas/stances.server.ts';
import { concealWithdrawn } from '#moderation/deciding.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** What one press of a button did at the desk: the passages and stances of one moment, or a mark that a text is read. */
export interface DeskAct {
	readonly what: 'drew' | 'attached' | 'read';
	readonly at: Date;
	readonly passageIds: readonly string[];
	/** of the idea that was drawn or attached to */
	readonly number: number | null;
}

/** The newest act of this rapporteur on this text that still stands; what others did there is not looked at. */
export async function lastActOf(
	queryable: Queryable,
	topicId: string,
	contributionId: string,
	accountId: string
): Promise<DeskAct | null> {
	const { rows } = await queryable.query<DeskAct>(
		`
			select * from (
				select case when i.drawn_by = $3 and i.published_at = s.taken_at then 'drew' else 'attached' end as what, s.taken_at as at,
					array_agg(s.passage_id order by s.passage_id) as "passageIds", s.idea_number as number
				from stances s
				join passages p using (topic_id, passage_id)
				join ideas i using (topic_id, idea_number)
				where s.topic_id = $1 and p.contribution_id = $2 and s.taken_by = $3
					and not exists (
						select from stance_removals r
						where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
				group by s.taken_at, s.idea_number, i.drawn_by, i.published_at
				union all
				select 'read', r.at, '{}', null
				from readings r
				where r.topic_id = $1 and r.contribution_id = $2 and r.account_id = $3 and r.outcome <> 'reopened'
					and r.version = (select max(version) from readings where topic_id = $1 and contribution_id = $2)
			) acts
			order by at desc
			limit 1`,
		[topicId, contributionId, accountId]
	);
	return rows[0] ?? null;
}

/** Takes back the newest own act on this text, and nothing else; the rows of what was done stay. Returns what it was, or null. */
export async function undoLastAct(
	database: Database | Transaction,
	{ topicId, contributionId }: { topicId: string; contributionId: string },
	actor: Actor
): Promise<DeskAct | null> {
	if (!isRapporteur(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		// a second press at the same time waits here, and then finds one act less
		await transaction.query(`select from submissions where topic_id = $1 and contribution_id = $2 for update`, [
			topicId,
			contributionId
		]);
		const act = await lastActOf(transaction, topicId, contributionId, actor.accountId);
		if (!act) return null;
		if (act.number === null) await reopen(transaction, { topicId, contributionId }, actor);
		else await takeBack(transaction, topicId, act, act.number, actor);
		await record(transaction, {
			topicId,
			actor,
			did: 'undid',
			kind: 'submission',
			thingId: contributionId,
			details: { what: act.what, number: act.number, passages: act.passageIds }
		});
		return act;
	});
}

async function takeBack(transaction: Transaction, topicId: string, act: DeskAct, number: number, actor: Actor): Promise<void> {
	if (act.what === 'drew') await withdrawDrawn(transaction, topicId, number, act.passageIds);
	for (const passageId of act.passageIds) await takeBackStance(transaction, { topicId, passageId, number }, actor);
	const idle = await idlePassages(transaction, topicId, act.passageIds);
	await removePassages(transaction, topicId, idle, accountOf(actor));
}

/** An idea on which somebody has said something already is no longer the rapporteur's to take away. */
async function withdrawDrawn(
	transaction: Transaction,
	topicId: string,
	number: number,
	passageIds: readonly string[]
): Promise<void> {
	const idea = await ideaOfTopic(transaction, topicId, number);
	const { rows } = await transaction.query<{ isUsed: boolean }>(
		`
			select agree + disagree + pass + comments > 0 or exists (
				select from stances s
				where s.topic_id = $1 and s.idea_number = $2 and s.passage_id <> all ($3::uuid[])
					and not exists (
						select from stance_removals r
						where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
			) as "isUsed"
			from idea_counts
			where topic_id = $1 and idea_number = $2
			for update`,
		[topicId, number, passageIds]
	);
	if (rows[0]?.isUsed) throw refusal('idea-in-use', { number });
	const change = await concealWithdrawn(transaction, { topicId, kind: 'idea', thingId: idea.id });
	if (change !== 'now-concealed') return;
	await count(transaction, topicId, 'ideas', -1);
	if (idea.questionId !== null) await count(transaction, topicId, 'ideas-of-question', -1, idea.questionId);
}

/** Passages that say nothing to any idea any more. */
async function idlePassages(queryable: Queryable, topicId: string, passageIds: readonly string[]): Promise<string[]> {
	const { rows } = await queryable.query<{ passageId: string }>(
		`
			select passage_id as "passageId"
			from unnest($2::uuid[]) as given (passage_id)
			where not exists (
				select from stances s
				where s.topic_id = $1 and s.passage_id = given.passage_id
					and not exists (
						select from stance_removals r
						where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number))`,
		[topicId, passageIds]
	);
	return rows.map(({ passageId }) => passageId);
}
