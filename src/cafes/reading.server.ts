import type { Cafe } from '#cafes/cafe.ts';
import type { Queryable } from '#database/connection.server.ts';

/** The café as it is planned now, in one query; version 0 with nothing in it where nobody planned yet. */
export async function cafeOf(queryable: Queryable, topicId: string, eventId: string): Promise<Cafe> {
	const { rows } = await queryable.query<Pick<Cafe, 'version' | 'tables' | 'rounds'>>({
		name: 'cafe-of',
		text: `
			select version,
				(
					select coalesce(json_agg(entry order by entry."tableNumber"), '[]')
					from (
						select table_number as "tableNumber", label, seats, mode, link, languages
						from cafe_tables t
						where t.topic_id = p.topic_id and t.event_id = p.event_id and t.version = p.version
					) as entry
				) as tables,
				(
					select coalesce(json_agg(entry order by entry."roundNumber"), '[]')
					from (
						select round_number as "roundNumber", question_id as "questionId", minutes, break_minutes as "breakMinutes"
						from cafe_rounds r
						where r.topic_id = p.topic_id and r.event_id = p.event_id and r.version = p.version
					) as entry
				) as rounds
			from cafe_plans p
			where topic_id = $1 and event_id = $2
			order by version desc
			limit 1`,
		values: [topicId, eventId]
	});
	return { topicId, eventId, ...(rows[0] ?? { version: 0, tables: [], rounds: [] }) };
}
