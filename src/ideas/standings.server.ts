import { recount } from '#activity/counting.server.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
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

/**
 * Copies the order of the lists from the counts, so that an opinion itself touches no index.
 *
 * `discussed` is the number of comments. `supported` is how sure it is that people agree: the lower end of the 95 % interval of the share of those who agree
 * among those who agree or disagree (Wilson, Journal of the American Statistical Association 22, 1927), in millionths, so that nine of ten come before two of two.
 */
export async function refreshStandings(queryable: Queryable, topicId: string): Promise<number> {
	await totalOpinions(queryable, topicId);
	const { rowCount } = await queryable.query({
		name: 'standings-refresh',
		text: `
			update idea_standings s
			set supported = fresh.supported, discussed = fresh.discussed
			from (${standingsNow}) as fresh
			where s.topic_id = $1 and fresh.topic_id = $1 and s.idea_number = fresh.idea_number
				and (s.supported <> fresh.supported or s.discussed <> fresh.discussed)`,
		values: [topicId]
	});
	return rowCount;
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
