import type { Queryable } from '#database/connection.server.ts';
import { grown, stepOf, type Grown, type Span } from '#topics/participation/growth.ts';

/** How many contributions had come by each channel at the end of each step; those that were taken back or hidden came, too. One query. */
export async function channelsOverTime(queryable: Queryable, topicId: string, span: Span): Promise<Grown[]> {
	const { rows } = await queryable.query<{ key: string; step: number; count: number }>(
		`
			select channel as key, ${stepOf('received_at')} as step, count(*)::int as count
			from contributions
			where topic_id = $1
			group by 1, 2`,
		[topicId, span.from, span.days, span.steps]
	);
	return grown(rows, span);
}
