import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';

/** A line as everybody reads it: corrected, and with its speaker as they are called. */
export interface CaptionLine {
	readonly number: number;
	/** ms from the beginning of the event; null under the Chatham House rule */
	readonly startsMs: number | null;
	/** null: not known, or not to be known */
	readonly speaker: string | null;
	readonly text: string;
	readonly language: string;
	/** corrections so far */
	readonly version: number;
}

/**
 * The lines that stand, by their time. Where no time is known they stand in the order in which they came.
 * @param search words that a line must have, whatever their case
 * @param last only so many, the latest
 */
export async function captionsOf(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	{ search = '', last }: { search?: string; last?: number } = {}
): Promise<CaptionLine[]> {
	const { rows } = await queryable.query<CaptionLine>(
		`
			select * from (
				select l.line_number as number, l.starts_ms as "startsMs", l.sequence,
					case when n.name is null then l.speaker else nullif(n.name, '') end as speaker,
					case when n.name = '' and c.text is null then l.speaker || ': ' || l.text else coalesce(c.text, l.text) end as text,
					l.language, coalesce(c.version, 0) as version
				from caption_lines l
				left join (
					select distinct on (line_number) line_number, text, version
					from caption_corrections
					where topic_id = $1 and event_id = $2
					order by line_number, version desc
				) c on c.line_number = l.line_number
				left join (
					select distinct on (label) label, name
					from caption_speakers
					where topic_id = $1 and event_id = $2
					order by label, version desc
				) n on n.label = l.speaker
				where l.topic_id = $1 and l.event_id = $2 and coalesce(c.text, l.text) <> ''
					and not exists (select from caption_import_removals r where r.topic_id = l.topic_id and r.import_id = l.source_id)
				order by l.starts_ms desc nulls first, l.sequence desc, l.line_number desc
			) lines
			where $3 = '' or text ilike '%' || $3 || '%' or speaker ilike '%' || $3 || '%'
			limit $4`,
		[topicId, eventId, search.replace(/[\\%_]/g, '\\$&'), last ?? null]
	);
	return rows.reverse().map(({ number, startsMs, speaker, text, language, version }) => ({
		...{ number, startsMs, speaker, text, language, version }
	}));
}

/** A name as the sources have it, how many lines it has, and as whom everybody reads it (null: nobody said). */
export interface Speaker {
	readonly label: string;
	readonly lines: number;
	readonly name: string | null;
}

export async function speakersOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Speaker[]> {
	const { rows } = await queryable.query<Speaker>(
		`
			select l.speaker as label, count(*)::int as lines, (
				select name
				from caption_speakers s
				where s.topic_id = $1 and s.event_id = $2 and s.label = l.speaker
				order by version desc
				limit 1
			) as name
			from caption_lines l
			where l.topic_id = $1 and l.event_id = $2 and l.speaker is not null
				and not exists (select from caption_import_removals r where r.topic_id = l.topic_id and r.import_id = l.source_id)
			group by l.speaker
			order by min(l.line_number)`,
		[topicId, eventId]
	);
	return rows;
}

/** What a line read before each correction, the newest first; the last is as it came. */
export async function historyOf(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	number: number
): Promise<{ version: number; text: string; at: Date | null; by: string | null }[]> {
	const { rows } = await queryable.query<{ version: number; text: string; at: Date | null; by: string | null }>(
		`
			select version, text, at, by
			from caption_corrections
			where topic_id = $1 and event_id = $2 and line_number = $3
			union all
			select 0, text, null, null
			from caption_lines
			where topic_id = $1 and event_id = $2 and line_number = $3
			order by version desc`,
		[topicId, eventId, number]
	);
	return rows;
}
