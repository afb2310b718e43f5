/** An idea as lists at the desk name it. */
export interface IdeaInBrief {
	readonly number: number;
	readonly point: string;
	readonly language: string;
}

/**
 * An idea in brief as JSON, with the point as it reads now.
 * @param idea the alias of `ideas`
 */
export function ideaInBrief(idea: string): string {
	return `json_build_object('number', ${idea}.idea_number, 'language', ${idea}.language, 'point', (
		select v.point
		from idea_versions v
		where v.topic_id = ${idea}.topic_id and v.idea_number = ${idea}.idea_number
		order by v.version desc
		limit 1
	))`;
}
