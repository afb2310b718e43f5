import type { Queryable } from '#database/connection.server.ts';
import { ideaInBrief, type IdeaInBrief } from '#ideas/in-brief.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface NamedTheme {
	readonly number: number;
	readonly name: string;
	readonly language: string;
}

export interface ThemeAtDesk extends NamedTheme {
	readonly isConfirmed: boolean;
	readonly count: number;
	/** of its ideas, those that the machine put there and nobody confirmed */
	readonly proposed: number;
	readonly examples: readonly IdeaInBrief[];
}

/** All themes of a topic with the ideas that can be seen, those that wait for a person first, then the largest; one whose ideas are all hidden is not among them. */
export async function themesAtDesk(queryable: Queryable, topicId: string): Promise<ThemeAtDesk[]> {
	const { rows } = await queryable.query<ThemeAtDesk>(
		`
			with seen as materialized (
				select m.theme_number, m.idea_number, m.is_confirmed,
					row_number() over (partition by m.theme_number order by m.idea_number) as place
				from theme_ideas m
				join ideas i using (topic_id, idea_number)
				where m.topic_id = $1 and m.theme_number is not null and ${canBeSeen('idea', 'i.idea_id')}
			)
			select t.theme_number as number, t.name, t.language, t.is_confirmed as "isConfirmed",
				count(*)::int as count, count(*) filter (where not s.is_confirmed)::int as proposed,
				json_agg(${ideaInBrief('i')} order by s.idea_number) filter (where s.place <= 3) as examples
			from seen s
			join themes t on t.topic_id = $1 and t.theme_number = s.theme_number
			left join ideas i on i.topic_id = $1 and i.idea_number = s.idea_number and s.place <= 3
			group by t.theme_number, t.name, t.language, t.is_confirmed
			order by count(*) filter (where not s.is_confirmed) > 0 desc, count(*) desc, t.theme_number`,
		[topicId]
	);
	return rows;
}

const pageOfIdeas = 50;

/** The ideas of a theme that can be seen, fifty a page; `number` null: those in none. */
export async function ideasOfTheme(
	queryable: Queryable,
	topicId: string,
	number: number | null,
	after: number
): Promise<{ ideas: (IdeaInBrief & { isConfirmed: boolean })[]; next: number | null }> {
	const { rows } = await queryable.query<{ idea: IdeaInBrief; isConfirmed: boolean }>(
		`
			select ${ideaInBrief('i')} as idea, coalesce(m.is_confirmed, true) as "isConfirmed"
			from ideas i
			left join theme_ideas m using (topic_id, idea_number)
			where i.topic_id = $1 and m.theme_number is not distinct from $2::int and i.idea_number > $3 and ${canBeSeen('idea', 'i.idea_id')}
			order by i.idea_number
			limit ${pageOfIdeas + 1}`,
		[topicId, number, after]
	);
	const ideas = rows.slice(0, pageOfIdeas).map(({ idea, isConfirmed }) => ({ ...idea, isConfirmed }));
	return { ideas, next: rows.length > pageOfIdeas ? ideas.at(-1)!.number : null };
}

/** How many ideas are in no theme. */
export async function ideasInNoTheme(queryable: Queryable, topicId: string): Promise<number> {
	const { rows } = await queryable.query<{ count: number }>(
		`select count(*)::int as count
		from ideas i
		left join theme_ideas m using (topic_id, idea_number)
		where i.topic_id = $1 and m.theme_number is null and ${canBeSeen('idea', 'i.idea_id')}`,
		[topicId]
	);
	return rows[0]!.count;
}

export interface LastStep {
	readonly id: string;
	readonly did: 'confirmed' | 'renamed' | 'joined' | 'split' | 'moved';
}

/** What can be undone; null where nothing can. */
export async function lastStep(queryable: Queryable, topicId: string): Promise<LastStep | null> {
	const { rows } = await queryable.query<LastStep>(
		`select step_id as id, did
		from theme_steps
		where topic_id = $1 and before is not null
		order by step_id desc
		limit 1`,
		[topicId]
	);
	return rows[0] ?? null;
}

/** The newest step of all, so that who decides by what they saw is told what came since; null: there is none. */
export async function newestStep(queryable: Queryable, topicId: string): Promise<string | null> {
	const { rows } = await queryable.query<{ id: string }>(
		'select step_id as id from theme_steps where topic_id = $1 order by step_id desc limit 1',
		[topicId]
	);
	return rows[0]?.id ?? null;
}

/** Of a theme and an idea in it: what a person said is so. Readers see nothing else. */
const isConfirmed = 't.is_confirmed and m.is_confirmed';

/** The themes by which readers filter, by name. */
export async function confirmedThemes(queryable: Queryable, topicId: string): Promise<NamedTheme[]> {
	const { rows } = await queryable.query<NamedTheme>({
		name: 'confirmed-themes',
		text: `
			select t.theme_number as number, t.name, t.language
			from themes t
			-- its first: a condition would have all ideas of all themes read
			cross join lateral (
				select
				from theme_ideas m
				join ideas i using (topic_id, idea_number)
				where m.topic_id = t.topic_id and m.theme_number = t.theme_number and ${isConfirmed} and ${canBeSeen('idea', 'i.idea_id')}
				limit 1
			) as one
			where t.topic_id = $1
			order by t.name, t.theme_number`,
		values: [topicId]
	});
	return rows;
}

/** The confirmed theme of an idea. */
export async function themeOfIdea(queryable: Queryable, topicId: string, number: number): Promise<NamedTheme | null> {
	const { rows } = await queryable.query<NamedTheme>({
		name: 'theme-of-idea',
		text: `
			select t.theme_number as number, t.name, t.language
			from theme_ideas m
			join themes t using (topic_id, theme_number)
			where m.topic_id = $1 and m.idea_number = $2 and ${isConfirmed}`,
		values: [topicId, number]
	});
	return rows[0] ?? null;
}

/** A query of the ideas of the topic $1 that are in the confirmed theme of this number. */
export function numbersInTheme(number: string): string {
	return `
		select m.idea_number
		from theme_ideas m
		join themes t using (topic_id, theme_number)
		where m.topic_id = $1 and m.theme_number = ${number} and ${isConfirmed}`;
}
