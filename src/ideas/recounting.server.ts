import { count, raiseCounter, recount, type Counted } from '#activity/counting.server.ts';
import type { Difference } from '#activity/difference.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { refreshStandings, standingsNow } from '#ideas/standings.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** Counts everything anew that ideas, comments, submissions and opinions keep counted, and names what differs; in all topics. */
export async function miscounted(queryable: Queryable): Promise<Difference[]> {
	const found: Difference[] = [];
	for (const query of [countersBehind, totalsThatDiffer, ideasThatDiffer, standingsThatDiffer, groupsThatDiffer]) {
		const { rows } = await queryable.query<Difference>(query);
		found.push(...rows);
	}
	return found;
}

/** Sets what differs to what its rows say now. Who writes meanwhile waits, and is counted. */
export async function mendCounted(database: Database, differences: readonly Difference[]): Promise<void> {
	for (const [topicId, ofTopic] of Map.groupBy(differences, (difference) => difference.topicId)) {
		const things = (table: string) => ofTopic.filter(({ what }) => what.startsWith(`${table} `));
		await inTransaction(database, async (transaction) => {
			for (const { what, counted } of things('counters'))
				await raiseCounter(transaction, topicId, what.replace('counters ', ''), counted);
			await mendIdeas(transaction, topicId, [...new Set(things('idea_counts').map(({ thing }) => Number(thing)))]);
			await mendGroups(
				transaction,
				topicId,
				things('idea_groups').map(({ thing }) => Number(thing))
			);
			for (const { what, thing } of things('topic_counts'))
				await mendTotal(transaction, topicId, what.replace('topic_counts ', '') as Counted, thing);
			if (things('idea_standings').length + things('idea_counts').length > 0) await refreshStandings(transaction, topicId);
		});
	}
}

/** A number that was given twice would be refused; the counters must not be behind. */
const countersBehind = `
	with given as (
		select topic_id, 'ideas' as counted, max(idea_number) as last from ideas group by topic_id
		union all select topic_id, 'comments', max(comment_number) from comments group by topic_id
		union all select topic_id, 'submissions', max(submission_number) from submissions group by topic_id
		union all select topic_id, 'participants', max(participant_number) from participants group by topic_id
	)
	select topic_id as "topicId", 'counters ' || counted as what, '' as thing, coalesce(counters.last, 0) as kept, given.last as counted,
		false as "mayLag"
	from given
	left join counters using (topic_id, counted)
	where coalesce(counters.last, 0) < given.last
	order by topic_id, counted`;

const totals = `
	select topic_id, 'ideas' as counted, '' as key, count(*) as count
	from ideas where ${canBeSeen('idea', 'ideas.idea_id')} group by topic_id
	union all
	select topic_id, 'ideas-of-question', question_id::text, count(*)
	from ideas where question_id is not null and ${canBeSeen('idea', 'ideas.idea_id')} group by topic_id, question_id
	union all
	select topic_id, 'comments', '', count(*)
	from comments where ${canBeSeen('comment', 'comments.comment_id')} group by topic_id
	union all
	select topic_id, 'submissions', '', count(*)
	from submissions where ${canBeSeen('submission', 'submissions.contribution_id')} group by topic_id
	union all
	select topic_id, 'opinions', '', count(*)
	from opinions group by topic_id`;

const totalsThatDiffer = `
	select topic_id as "topicId", 'topic_counts ' || counted as what, key as thing, coalesce(topic_counts.count, 0)::int as kept,
		coalesce(now.count, 0)::int as counted, counted = 'opinions' as "mayLag"
	from topic_counts
	full join (${totals}) as now using (topic_id, counted, key)
	where coalesce(topic_counts.count, 0) <> coalesce(now.count, 0)
	order by topic_id, counted, key`;

/** @param where which opinions and comments */
const ideasNow = (where: string) => `
	select topic_id, idea_number, coalesce(agree, 0) as agree, coalesce(disagree, 0) as disagree, coalesce(pass, 0) as pass,
		coalesce(comments, 0) as comments
	from (
		select topic_id, idea_number, count(*) filter (where value = 1)::int as agree, count(*) filter (where value = -1)::int as disagree,
			count(*) filter (where value = 0)::int as pass
		from opinions
		where ${where}
		group by topic_id, idea_number
	) as given
	full join (
		select topic_id, idea_number, count(*)::int as comments
		from comments
		where ${where} and ${canBeSeen('comment', 'comments.comment_id')}
		group by topic_id, idea_number
	) as said using (topic_id, idea_number)`;

const ideasThatDiffer = `
	select topic_id as "topicId", 'idea_counts ' || figure.name as what, idea_number::text as thing, figure.kept, figure.counted,
		false as "mayLag"
	from ideas
	left join idea_counts as kept using (topic_id, idea_number)
	left join (${ideasNow('true')}) as now using (topic_id, idea_number)
	left join (select topic_id, idea_number, max(version) as version from idea_versions group by topic_id, idea_number) as newest
		using (topic_id, idea_number)
	cross join lateral (
		values
			(1, 'agree', coalesce(kept.agree, 0), coalesce(now.agree, 0)),
			(2, 'disagree', coalesce(kept.disagree, 0), coalesce(now.disagree, 0)),
			(3, 'pass', coalesce(kept.pass, 0), coalesce(now.pass, 0)),
			(4, 'comments', coalesce(kept.comments, 0), coalesce(now.comments, 0)),
			(5, 'version', coalesce(kept.version, 0), coalesce(newest.version, 0))
	) as figure (place, name, kept, counted)
	where figure.kept <> figure.counted
	order by topic_id, idea_number, figure.place`;

const standingsThatDiffer = `
	select topic_id as "topicId", 'idea_standings ' || figure.name as what, idea_number::text as thing, figure.kept, figure.counted,
		true as "mayLag"
	from idea_standings as kept
	join (${standingsNow}) as now using (topic_id, idea_number)
	cross join lateral (
		values (1, 'supported', kept.supported, now.supported), (2, 'discussed', kept.discussed, now.discussed)
	) as figure (place, name, kept, counted)
	where figure.kept <> figure.counted
	order by topic_id, idea_number, figure.place`;

const groupsThatDiffer = `
	select topic_id as "topicId", 'idea_groups rows' as what, idea_number::text as thing, coalesce(cardinality(kept.groups), 0) as kept,
		coalesce(cardinality(now.groups), 0) as counted, false as "mayLag"
	from ideas
	left join lateral (
		select array_agg(group_key order by group_key) as groups
		from idea_groups
		where idea_groups.topic_id = ideas.topic_id and idea_groups.idea_number = ideas.idea_number
	) as kept on true
	left join lateral (
		select array_agg(distinct group_key collate "C" order by group_key collate "C") as groups
		from unnest(stakeholder_groups) as group_key
	) as now on true
	where kept.groups is distinct from now.groups
	order by topic_id, idea_number`;

/** The row of the total stays locked, so that whoever adds to it meanwhile adds to what is counted here. */
async function mendTotal(transaction: Transaction, topicId: string, counted: Counted, key: string): Promise<void> {
	await count(transaction, topicId, counted, 0, key);
	const { rows } = await transaction.query<{ count: number }>(
		`select count from (${totals}) as now where topic_id = $1 and counted = $2 and key = $3`,
		[topicId, counted, key]
	);
	await recount(transaction, topicId, counted, rows[0]?.count ?? 0, key);
}

async function mendIdeas(transaction: Transaction, topicId: string, numbers: readonly number[]): Promise<void> {
	await transaction.query(
		`insert into idea_counts (topic_id, idea_number) select $1, unnest($2::int[]) on conflict (topic_id, idea_number) do nothing`,
		[topicId, numbers]
	);
	// an opinion that is being written waits for this lock and then adds itself, or is committed and counted by the next statement
	await transaction.query(
		'select from idea_counts where topic_id = $1 and idea_number = any ($2::int[]) order by idea_number for update',
		[topicId, numbers]
	);
	await transaction.query(
		`
			update idea_counts as kept
			set agree = coalesce(now.agree, 0), disagree = coalesce(now.disagree, 0), pass = coalesce(now.pass, 0),
				comments = coalesce(now.comments, 0),
				version = (select max(version) from idea_versions where topic_id = $1 and idea_versions.idea_number = wrong.idea_number)
			from unnest($2::int[]) as wrong (idea_number)
			left join (${ideasNow('topic_id = $1 and idea_number = any ($2::int[])')}) as now using (idea_number)
			where kept.topic_id = $1 and kept.idea_number = wrong.idea_number`,
		[topicId, numbers]
	);
}

async function mendGroups(transaction: Transaction, topicId: string, numbers: readonly number[]): Promise<void> {
	await transaction.query('delete from idea_groups where topic_id = $1 and idea_number = any ($2::int[])', [topicId, numbers]);
	await transaction.query(
		`
			insert into idea_groups (topic_id, group_key, idea_number)
			select distinct topic_id, group_key, idea_number
			from ideas
			cross join lateral unnest(stakeholder_groups) as group_key
			where topic_id = $1 and idea_number = any ($2::int[])`,
		[topicId, numbers]
	);
}
