import type { Queryable, Transaction } from '#database/connection.server.ts';
import type { OpinionValue } from '#ideas/opinions/opinion.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { selectStages } from '#topics/stages/stages.server.ts';

/** An opinion as it goes to the database: whose is told by the hash of participant_links. */
export interface Line {
	/** as the database writes it: \x and hexadecimal digits */
	readonly hash: string;
	readonly ideaNumber: number;
	readonly value: OpinionValue;
	/** the version of the wording that was shown; null: the newest */
	readonly seen: number | null;
}

/**
 * Writes many opinions of one topic and their counts in one statement; no (person, idea) may stand there twice.
 *
 * Opinions of people who are not known yet, on ideas that cannot be seen or of which another wording was shown, or while no stage takes
 * them drop out: what comes back are the places of those that were written, with the participant's number. Rows are locked in the order of
 * participants and ideas, then of ideas, so that batches never wait for each other in a circle. An update leaves the value before in
 * `previous`: the statement itself knows what the counts gain and lose.
 *
 * Who changes a wording locks the row of counts and sets its version there. A batch that waited for that fails as a whole (`isReworded`):
 * given again, it sees the new wording.
 */
export async function writeOpinions(
	queryable: Queryable,
	topicId: string,
	lines: readonly Line[],
	clockShift: number
): Promise<{ place: number; participant: number }[]> {
	// one row whatever the batch: to take many apart would cost more than to write them out
	const { rows } = await queryable.query<{ places: string | null; participants: string | null }>({
		name: 'opinions-write',
		text: `
			with moment as materialized (
				select clock_timestamp() + $2::float8 * interval '1 millisecond' as at
			), open as materialized (
				select at
				from moment, topic_publications p
				where p.topic_id = $1
					and not exists (select from topic_archivals a where a.topic_id = $1)
					and exists (
						select
						from (${selectStages('$1')}) s
						where s."opensAt" <= at and at < s."closesAt" and s."takesOpinions" <> 'no'
					)
			), taken as materialized (
				select g.place, l.participant_number, g.idea_number, g.value, p.profile_number, open.at, w.version
				from open
				cross join unnest($3::bytea[], $4::int[], $5::smallint[], $6::smallint[])
					with ordinality as g (hash, idea_number, value, seen, place)
				-- each looked up by its key: with old statistics the planner would read the counts whole, which are mostly rows that are gone
				-- (measured: a third of the statement)
				cross join lateral (
					select participant_number
					from participant_links
					where topic_id = $1 and keyed_hash = g.hash
					limit 1
				) l
				cross join lateral (
					select idea_id
					from ideas
					where topic_id = $1 and idea_number = g.idea_number
					limit 1
				) i
				cross join lateral (
					select version
					from idea_counts
					where topic_id = $1 and idea_number = g.idea_number
					limit 1
				) w
				cross join lateral (
					select profile_number
					from participant_profiles
					where topic_id = $1 and participant_number = l.participant_number
					order by profile_number desc
					limit 1
				) p
				where (g.seen is null or g.seen = w.version) and ${canBeSeen('idea', 'i.idea_id', '$1')}
			), written as (
				insert into opinions as o (topic_id, participant_number, idea_number, value, profile_number, idea_version, given_at)
				select $1, participant_number, idea_number, value, profile_number, version, at
				from taken
				order by participant_number, idea_number
				on conflict (topic_id, participant_number, idea_number) do update
					set previous = o.value, value = excluded.value, profile_number = excluded.profile_number,
						idea_version = excluded.idea_version, given_at = excluded.given_at
				returning idea_number, idea_version, value, previous
			), differences as (
				select idea_number, idea_version,
					sum((value = 1)::int - coalesce((previous = 1)::int, 0)) as agree,
					sum((value = -1)::int - coalesce((previous = -1)::int, 0)) as disagree,
					sum((value = 0)::int - coalesce((previous = 0)::int, 0)) as pass
				from written
				group by idea_number, idea_version
			), counted as (
				insert into idea_counts as c (topic_id, idea_number, version, agree, disagree, pass)
				select $1, idea_number, idea_version, agree, disagree, pass
				from differences
				where agree <> 0 or disagree <> 0 or pass <> 0
				order by idea_number
				on conflict (topic_id, idea_number) do update
					set agree = c.agree + excluded.agree, disagree = c.disagree + excluded.disagree, pass = c.pass + excluded.pass,
						-- the row is read as it is after the wait: null, which it does not take, fails the whole statement
						version = case c.version when excluded.version then c.version end
			)
			select string_agg((place - 1)::text, ',') as places, string_agg(participant_number::text, ',') as participants
			from taken`,
		values: [
			topicId,
			clockShift,
			// in an array a backslash is doubled
			arrayOf(lines, ({ hash }) => `"\\${hash}"`),
			arrayOf(lines, ({ ideaNumber }) => ideaNumber),
			arrayOf(lines, ({ value }) => value),
			arrayOf(lines, ({ seen }) => seen)
		]
	});
	const { places, participants } = rows[0]!;
	if (places === null || participants === null) return [];
	const numbers = participants.split(',');
	return places.split(',').map((place, at) => ({ place: Number(place), participant: Number(numbers[at]) }));
}

/** As the database reads an array: the driver would quote and search each number for what must be escaped. */
function arrayOf(lines: readonly Line[], element: (line: Line) => string | number | null): string {
	return `{${lines.map((line) => element(line) ?? 'null').join()}}`;
}

/** Whether an idea of the batch was reworded between the moment that the statement sees and its turn to count. */
export function isReworded(error: unknown): boolean {
	const { code, table, column } = error as { code?: string; table?: string; column?: string };
	return code === '23502' && table === 'idea_counts' && column === 'version';
}

/** Why an opinion was not written: no stage takes it, the idea cannot be seen or reads otherwise now, or its person is not known yet. */
export type Missing = 'stage' | 'idea' | 'wording' | 'person';

/** For what dropped out of a batch, in the order given. */
export async function whyNotWritten(
	queryable: Queryable,
	topicId: string,
	lines: readonly Pick<Line, 'ideaNumber' | 'seen'>[],
	clockShift: number
): Promise<Missing[]> {
	const { rows } = await queryable.query<{ missing: Missing }>({
		name: 'opinions-why-not',
		text: `
			with open as materialized (
				select
				from (select clock_timestamp() + $2::float8 * interval '1 millisecond' as at) moment, topic_publications p
				where p.topic_id = $1
					and not exists (select from topic_archivals a where a.topic_id = $1)
					and exists (
						select
						from (${selectStages('$1')}) s
						where s."opensAt" <= at and at < s."closesAt" and s."takesOpinions" <> 'no'
					)
			)
			select case
				when i.idea_id is null or c.thing_id is not null then 'idea'
				when not exists (select from open) then 'stage'
				when g.seen <> w.version then 'wording'
				else 'person'
			end as missing
			from unnest($3::int[], $4::smallint[]) with ordinality as g (idea_number, seen, place)
			left join ideas i on i.topic_id = $1 and i.idea_number = g.idea_number
			left join idea_counts w on w.topic_id = $1 and w.idea_number = g.idea_number
			left join concealments c on c.topic_id = $1 and c.kind = 'idea' and c.thing_id = i.idea_id
			order by place`,
		values: [topicId, clockShift, lines.map(({ ideaNumber }) => ideaNumber), lines.map(({ seen }) => seen)]
	});
	return rows.map(({ missing }) => missing);
}

/**
 * A visitor signed in and their participant became another: the later opinion on each idea wins (then disagree before pass before agree
 * gives way, as everywhere), and an idea on which both had spoken is counted once.
 */
export async function joinOpinions(
	transaction: Transaction,
	topicId: string,
	{ from, into }: { from: number; into: number }
): Promise<void> {
	await transaction.query(
		`with moved as (
			delete from opinions
			where topic_id = $1 and participant_number = $2
			returning *
		), pairs as (
			select m.*, i.value as own_value, i.given_at as own_at
			from moved m
			left join opinions i on i.topic_id = m.topic_id and i.participant_number = $3 and i.idea_number = m.idea_number
		), kept as (
			insert into opinions as o (topic_id, participant_number, idea_number, value, previous, profile_number, idea_version, given_at)
			select topic_id, $3, idea_number, value, own_value,
				(select max(profile_number) from participant_profiles where topic_id = $1 and participant_number = $3), idea_version, given_at
			from pairs
			where own_at is null or (given_at, value) > (own_at, own_value)
			order by idea_number
			on conflict (topic_id, participant_number, idea_number) do update
				set previous = o.value, value = excluded.value, profile_number = excluded.profile_number,
					idea_version = excluded.idea_version, given_at = excluded.given_at
		), losing as (
			-- where both had spoken, one opinion is no longer counted: the earlier one
			select idea_number, case when (given_at, value) > (own_at, own_value) then own_value else value end as value
			from pairs
			where own_at is not null
		), locked as (
			select c.idea_number
			from idea_counts c
			where c.topic_id = $1 and c.idea_number in (select idea_number from losing)
			order by c.idea_number
			for update
		)
		update idea_counts c
		set agree = c.agree - (l.value = 1)::int, disagree = c.disagree - (l.value = -1)::int, pass = c.pass - (l.value = 0)::int
		from losing l
		join locked using (idea_number)
		where c.topic_id = $1 and c.idea_number = l.idea_number`,
		[topicId, from, into]
	);
}
