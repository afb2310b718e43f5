import type { Queryable } from '#database/connection.server.ts';
import { notStated } from '#agreement/cells.ts';
import type { IdeasOfPart } from '#agreement/routing/weighed-ideas.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/*
 * What the routing reads. Many rows come as few texts of JSON: a hundred thousand rows would hold up everybody else. The larger tables are read
 * in slices of ideas, so that requests are answered in between.
 */

/** Unchanged means that the same ideas can be seen. */
export async function stampOfIdeas(queryable: Queryable, topicId: string): Promise<string> {
	const { rows } = await queryable.query<{ stamp: string }>({
		name: 'ideas-stamp',
		text: `
			select concat_ws(' ',
				(select last from counters where topic_id = $1 and counted = 'ideas'),
				(select count from topic_counts where topic_id = $1 and counted = 'ideas'),
				(select max(since) from concealments where topic_id = $1 and kind = 'idea'),
				(select count(*) from same_point_decisions where topic_id = $1),
				-- whose an idea is changes when its author signs in
				(select count(*) from participant_joins where topic_id = $1)) as stamp`,
		values: [topicId]
	});
	return rows[0]!.stamp;
}

/** The ideas that can be seen. */
export async function readIdeas(queryable: Queryable, topicId: string): Promise<IdeasOfPart[]> {
	const { rows } = await queryable.query<Omit<IdeasOfPart, 'numbers' | 'authors'> & { numbers: string; authors: string }>({
		name: 'ideas-to-route',
		text: `
			select language, question, ${list('number', 'number')} as numbers, ${list('author', 'number')} as authors
			from (
				select split_part(i.language, '-', 1) collate "C" as language, i.question_id as question, i.idea_number as number,
					coalesce(j.into_number, i.participant_number, 0) as author
				from ideas i
				left join participant_joins j using (topic_id, participant_number)
				where topic_id = $1 and ${canBeSeen('idea', 'i.idea_id')}
			) seen
			group by language, question
			order by language, question`,
		values: [topicId]
	});
	return rows.map(({ numbers, authors, ...part }) => ({ ...part, numbers: numbersIn(numbers), authors: numbersIn(authors) }));
}

/** Which idea stands for which where several make the same point: for each the first that can be seen. */
export async function readRepresentatives(queryable: Queryable, topicId: string): Promise<ReadonlyMap<number, number>> {
	const { rows } = await queryable.query<{ numbers: string; first: string }>({
		name: 'same-points-to-route',
		text: `
			select ${list('number', 'number')} as numbers, ${list('first', 'number')} as first
			from (
				select idea_number as number, min(idea_number) over (partition by m.same_point_id) as first
				from same_point_ideas m
				join ideas i using (topic_id, idea_number)
				where topic_id = $1 and ${canBeSeen('idea', 'i.idea_id')}
			) grouped
			where number <> first`,
		values: [topicId]
	});
	const first = numbersIn(rows[0]!.first);
	return new Map(numbersIn(rows[0]!.numbers).map((number, at) => [number, first[at]!]));
}

interface CountsOfIdeas {
	readonly numbers: readonly number[];
	readonly agree: readonly number[];
	/** who agree, disagree or pass */
	readonly people: readonly number[];
}

/** What people say to each idea, in slices. */
export async function* readCounts(queryable: Queryable, topicId: string, last: number): AsyncGenerator<CountsOfIdeas> {
	for (let from = 0; from < last; from += slice) {
		const { rows } = await queryable.query<Record<keyof CountsOfIdeas, string | null>>({
			name: 'counts-to-route',
			text: `
				select ${list('idea_number')} as numbers, ${list('agree')} as agree, ${list('agree + disagree + pass')} as people
				from idea_counts
				where topic_id = $1 and idea_number > $2 and idea_number <= $3`,
			values: [topicId, from, from + slice]
		});
		const { numbers, agree, people } = rows[0]!;
		if (numbers) yield { numbers: numbersIn(numbers), agree: numbersIn(agree), people: numbersIn(people) };
	}
}

interface CellsOfGroup {
	readonly group: string;
	readonly numbers: readonly number[];
	readonly people: readonly number[];
}

/** How many people of each declared group there are in the published cells of the ideas, in slices; those published after a moment, or all. */
export async function* readCells(
	queryable: Queryable,
	topicId: string,
	{ last, since }: { readonly last: number; readonly since: Date | null }
): AsyncGenerator<CellsOfGroup> {
	for (let from = 0; from < last; from += slice) {
		const { rows } = await queryable.query<{ group: string; numbers: string; people: string }>({
			name: 'cells-to-route',
			text: `
				select key as "group", ${list('idea_number')} as numbers, ${list('agree + disagree + pass')} as people
				from opinion_cells
				where topic_id = $1 and dimension = 'group' and key <> $5 and idea_number > $2 and idea_number <= $3
					and ($4::timestamptz is null or published_at > $4)
				group by key
				order by key`,
			values: [topicId, from, from + slice, since, notStated]
		});
		for (const { group, numbers, people } of rows) yield { group, numbers: numbersIn(numbers), people: numbersIn(people) };
	}
}

/** When cells of the topic were last looked at for publication; null: never. */
export async function lastPublished(queryable: Queryable, topicId: string): Promise<Date | null> {
	const { rows } = await queryable.query<{ at: Date | null }>({
		name: 'cells-last-published',
		text: `
			select greatest(
				(select looked_at from cell_looks where topic_id = $1),
				(select max(taken_at) from snapshots where topic_id = $1)) as at`,
		values: [topicId]
	});
	return rows[0]!.at;
}

export interface PersonRead {
	readonly participant: number;
	readonly judged: readonly number[];
	readonly groups: readonly string[];
	readonly reads: readonly string[];
}

/** What participants have judged and what they last said of themselves, in one query. */
export async function readPeople(queryable: Queryable, topicId: string, participants: readonly number[]): Promise<PersonRead[]> {
	const { rows } = await queryable.query<PersonRead>({
		name: 'people-to-route',
		text: `
			select asked.participant, coalesce(given.judged, '{}') as judged, coalesce(stated.groups, '{}') as groups,
				coalesce(stated.reads, '{}') as reads
			from unnest($2::int[]) as asked (participant)
			left join lateral (
				select array_agg(idea_number) as judged
				from opinions
				where topic_id = $1 and participant_number = asked.participant
			) as given on true
			left join lateral (
				select stakeholder_groups as groups, reads
				from participant_profiles
				where topic_id = $1 and participant_number = asked.participant
				order by profile_number desc
				limit 1
			) as stated on true`,
		values: [topicId, participants]
	});
	return rows;
}

// ideas; a slice is read within a few milliseconds
const slice = 10_000;

/** All in the same order, so that the n-th of each belong together. */
function list(what: string, order = 'idea_number'): string {
	return `'[' || string_agg((${what})::text, ',' order by ${order}) || ']'`;
}

function numbersIn(text: string | null): number[] {
	return JSON.parse(text ?? '[]') as number[];
}
