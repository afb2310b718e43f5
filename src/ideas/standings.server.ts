import { recount } from '#activity/counting.server.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

/** The job that puts the lists in order again, a few seconds after opinions and comments came in. */
export const standingsJob = 'ideas.refresh-standings';

/** What the counts of each idea make of its places. */
export const standingsNow = `
	select topic_id, idea_number, comments as discussed,
		case when agree = 0 then 0 else floor(1000000 * (
			(agree + z * z / 2 - z * sqrt(agree * disagree / n + z * z / 4)) / (n + z * z)
		))::int end as supported
	from (
		select topic_id, idea_number, comments, agree::float8, disagree::float8, (agree + disagree)::float8 as n, 1.959964::float8 as z
		from idea_counts
	) as c`;

/** How long, and how many changes back, an order can still be paged through. */
const keptFor = 3_600_000;
const keptChanges = 300_000;

/**
 * Copies the order of the lists from the counts, so that an opinion itself touches no index. The order before is kept for whoever is
 * paging through it.
 *
 * `discussed` is the number of comments. `supported` is how sure it is that people agree: the lower end of the 95 % interval of the share
 * of those who agree among those who agree or disagree (Wilson, Journal of the American Statistical Association 22, 1927), in millionths,
 * so that nine of ten come before two of two.
 * @returns how many ideas stand elsewhere now
 */
export async function refreshStandings(
	database: Database | Transaction,
	topicId: string,
	kept: { changes: number; milliseconds: number } = { changes: keptChanges, milliseconds: keptFor }
): Promise<number> {
	await totalOpinions(database, topicId);
	return inTransaction(database, async (transaction) => {
		// two refreshes of a topic wait for each other here
		const refresh = await nextNumber(transaction, topicId, 'standing-refreshes');
		const { rowCount } = await transaction.query({
			name: 'standings-refresh',
			text: `
				with fresh as materialized (
					select c.*
					from idea_standings s
					join (${standingsNow}) c using (topic_id, idea_number)
					where s.topic_id = $1 and (s.supported <> c.supported or s.discussed <> c.discussed)
				), kept as (
					insert into idea_standings_before (topic_id, idea_number, supported, discussed, since, until)
					select topic_id, idea_number, s.supported, s.discussed, s.since, $2
					from idea_standings s
					join fresh using (topic_id, idea_number)
				)
				update idea_standings s
				set supported = fresh.supported, discussed = fresh.discussed, since = $2
				from fresh
				where s.topic_id = $1 and s.idea_number = fresh.idea_number`,
			values: [topicId, refresh]
		});
		if (rowCount > 0) await remember(transaction, topicId, { refresh, changed: rowCount }, kept);
		return rowCount;
	});
}

/** Makes the refresh the newest, and forgets what is older than anybody pages. The oldest that is kept can still be told whole. */
async function remember(
	transaction: Transaction,
	topicId: string,
	{ refresh, changed }: { refresh: number; changed: number },
	kept: { changes: number; milliseconds: number }
): Promise<void> {
	await transaction.query({
		name: 'refresh-remember',
		text: `
			insert into standing_refreshes (topic_id, refresh, changed, at)
			select $1, given.refresh, given.changed, $4
			from (
				-- before the first change there was an order too
				select 0 as refresh, 0 as changed
				where not exists (select from standing_refreshes where topic_id = $1)
				union all
				select $2::int, $3::int
			) as given`,
		values: [topicId, refresh, changed, transaction.at]
	});
	await transaction.query({
		name: 'refreshes-forget',
		text: `
			with oldest as (
				select max(refresh) as refresh
				from (
					select refresh, at, sum(changed) over (order by refresh desc) as changes
					from standing_refreshes
					where topic_id = $1
				) refreshes
				where at < $2 or changes > $3
			), forgotten as (
				delete from standing_refreshes r
				using oldest
				where r.topic_id = $1 and r.refresh < oldest.refresh
			)
			delete from idea_standings_before b
			using oldest
			where b.topic_id = $1 and b.until <= oldest.refresh`,
		values: [topicId, new Date(transaction.at.getTime() - kept.milliseconds), kept.changes]
	});
}

/** One job for all that changed meanwhile. */
export async function refreshStandingsSoon(transaction: Transaction, topicId: string): Promise<void> {
	await addJob(transaction, standingsJob, { topicId }, { jobKey: `${standingsJob} ${topicId}` });
}

/** The total that pages show lags a few seconds too: one row that every batch of opinions changed would make them wait for each other. */
async function totalOpinions(queryable: Queryable, topicId: string): Promise<void> {
	const { rows } = await queryable.query<{ opinions: number }>({
		name: 'opinions-total',
		text: `select coalesce(sum(agree + disagree + pass), 0)::bigint as opinions from idea_counts where topic_id = $1`,
		values: [topicId]
	});
	await recount(queryable, topicId, 'opinions', rows[0]?.opinions ?? 0);
}
