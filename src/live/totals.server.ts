import type { Actor } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import type { Reading } from '#live/audience.server.ts';
import type { Figures, IdeaInWords, SpokenTo, Told } from '#live/figures.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';
import { selectStages } from '#topics/stages/stages.server.ts';

/** The most that a screen in a room shows. */
const mostSpokenTo = 6;
const latest = 3;

/** Whoever listens is told what everybody is: one bulletin goes to all. */
const everybody: Actor = { kind: 'visitor', visitorId: null };

/** What is told of a topic now, and the moment of the database at which it was so; null: there is no such topic that everybody may read. */
export async function toldOf(database: Database, topicId: string): Promise<{ told: Told; at: Date; stages: Stage[] } | null> {
	const { rows } = await database.query<Row>({
		name: 'live-totals',
		text: totals,
		values: [topicId, database.clockShift, mostSpokenTo, latest]
	});
	const row = rows[0];
	if (!row) return null;
	const { at, people, opinions, ideas, comments, spokenTo, latest: newest, cellsAt, words } = row;
	const stages = row.stages.map((stage) => ({
		...stage,
		opensAt: new Date(stage.opensAt),
		closesAt: new Date(stage.closesAt)
	}));
	if (!resultsVisibleTo(everybody, { stages }, at)) return { told: { figures: null, ideas: [] }, at, stages };
	const figures: Figures = {
		...{ people, opinions, ideas, comments, spokenTo, latest: newest },
		cellsAt: cellsAt?.toISOString() ?? null
	};
	return { told: { figures, ideas: words }, at, stages };
}

/** The same for those who listen. */
export async function readingOf(database: Database, topicId: string): Promise<Reading> {
	const found = await toldOf(database, topicId);
	if (!found) return null;
	const { told, at, stages } = found;
	const turns = stages.flatMap(({ opensAt, closesAt }) => [opensAt, closesAt]).map((turn) => +turn - +at);
	return {
		// the words first, so that no figure is of an idea that is not known yet
		parts: [
			{ event: 'ideas', data: JSON.stringify(told.ideas) },
			{ event: 'figures', data: JSON.stringify(told.figures) }
		],
		holdsFor: Math.min(...turns.filter((turn) => turn > 0), Infinity)
	};
}

interface Row extends Omit<Figures, 'cellsAt'> {
	readonly at: Date;
	readonly stages: readonly (Omit<Stage, 'opensAt' | 'closesAt'> & { opensAt: string; closesAt: string })[];
	readonly spokenTo: readonly SpokenTo[];
	readonly words: readonly IdeaInWords[];
	readonly cellsAt: Date | null;
}

/**
 * One statement, so that the figures, what may be seen and the stages that hide them are of one instant. It goes through the counts of the
 * topic's ideas: that is its cost, and the more it costs the seldomer it is asked.
 */
const totals = `
	with seen as materialized (
		select c.idea_number, c.agree, c.disagree, c.pass, c.comments, c.agree + c.disagree + c.pass as people
		from idea_counts c
		join ideas i using (topic_id, idea_number)
		where c.topic_id = $1 and ${canBeSeen('idea', 'i.idea_id', '$1')}
	), spoken_to as materialized (
		select *
		from seen
		where people > 0
		order by people desc, idea_number desc
		limit $3
	), latest as materialized (
		select idea_number
		from seen
		order by idea_number desc
		limit $4
	), told as (
		select idea_number from spoken_to
		union
		select idea_number from latest
	)
	select clock_timestamp() + $2::float8 * interval '1 millisecond' as at,
		(select coalesce(json_agg(stage), '[]') from (${selectStages('$1')}) as stage) as stages,
		coalesce((select last from counters where topic_id = $1 and counted = 'participants'), 0)::int
			- (select count(*) from participant_joins where topic_id = $1)::int as people,
		(select coalesce(sum(people), 0)::int from seen) as opinions,
		(select count(*)::int from seen) as ideas,
		(select coalesce(sum(comments), 0)::int from seen) as comments,
		(
			select coalesce(
				json_agg(
					json_build_object('number', idea_number, 'agree', agree, 'disagree', disagree, 'pass', pass)
					order by people desc, idea_number desc
				),
				'[]'
			)
			from spoken_to
		) as "spokenTo",
		(select coalesce(json_agg(idea_number order by idea_number desc), '[]') from latest) as latest,
		(
			select coalesce(
				json_agg(json_build_object('number', i.idea_number, 'point', v.point, 'language', i.language) order by i.idea_number),
				'[]'
			)
			from told
			join ideas i on i.topic_id = $1 and i.idea_number = told.idea_number
			cross join lateral (
				select point
				from idea_versions
				where topic_id = $1 and idea_number = i.idea_number
				order by version desc
				limit 1
			) v
		) as words,
		(select published_at from cell_publications where topic_id = $1) as "cellsAt"
	from topic_publications
	where topic_id = $1`;
