import type { Queryable, Transaction } from '#database/connection.server.ts';
import type { Attribution } from '#events/event.ts';
import type { Answer } from '#townhalls/polls/poll.ts';
import { latestOfPoll } from '#townhalls/polls/polls.server.ts';

/** What of a poll decides whether and how an answer is taken, as it holds to the end of the transaction. */
export interface PollHeld {
	readonly pollId: string;
	readonly eventId: string;
	readonly kind: string;
	readonly state: string;
	readonly isArchived: boolean;
	readonly isCancelled: boolean;
	readonly attribution: Attribution;
	readonly startsAt: Date;
}

/** Polls that nobody closes until the end of the transaction. Read after the lock, by a statement of its own: it sees who closed one before. */
export async function holdPolls(transaction: Transaction, topicId: string, pollIds: readonly string[]): Promise<PollHeld[]> {
	await transaction.query({
		name: 'polls-hold',
		text: `
			select from polls
			where topic_id = $1 and poll_id = any ($2::uuid[])
			order by poll_id
			for share`,
		values: [topicId, pollIds]
	});
	const { rows } = await transaction.query<PollHeld>({
		name: 'polls-held',
		text: `
			select p.poll_id as "pollId", p.event_id as "eventId", p.kind, s.state, v.attribution, v.starts_at as "startsAt",
				exists (select from topic_archivals a where a.topic_id = p.topic_id) as "isArchived",
				'cancelled' = (
					select e.state
					from event_states e
					where e.topic_id = p.topic_id and e.event_id = p.event_id
					order by e.version desc
					limit 1
				) as "isCancelled"
			from polls p
			${latestOfPoll}
			cross join lateral (
				select attribution, starts_at
				from event_versions
				where event_versions.topic_id = p.topic_id and event_versions.event_id = p.event_id
				order by version desc
				limit 1
			) v
			where p.topic_id = $1 and p.poll_id = any ($2::uuid[])`,
		values: [topicId, pollIds]
	});
	return rows;
}

export interface AnswerLine extends Answer {
	readonly pollId: string;
	readonly participant: number;
	/** as it is kept */
	readonly at: Date;
}

/**
 * Writes many answers and their counts in one statement; no (poll, participant) may stand there twice. An update leaves the answer before beside it: the
 * statement itself knows what the counts gain and lose. Rows are locked in the order of polls and participants, then of choices.
 */
export async function writeAnswers(transaction: Transaction, topicId: string, lines: readonly AnswerLine[]): Promise<void> {
	await transaction.query({
		name: 'poll-answers-write',
		text: `
			with given as materialized (
				select *
				from json_to_recordset($2::json) as given ("pollId" uuid, participant int, choices int[], weights int[], at timestamptz)
			), written as (
				insert into poll_answers as a (topic_id, poll_id, participant_number, choices, weights, answered_at)
				select $1, "pollId", participant, choices, weights, at
				from given
				order by "pollId", participant
				on conflict (topic_id, poll_id, participant_number) do update
					set previous_choices = a.choices, previous_weights = a.weights, choices = excluded.choices, weights = excluded.weights,
						answered_at = excluded.answered_at
				returning poll_id, choices, weights, previous_choices, previous_weights
			), changes as (
				select poll_id, choice, weight
				from written, unnest(choices, weights) as chosen (choice, weight)
				union all
				select poll_id, choice, -weight
				from written, unnest(previous_choices, previous_weights) as chosen (choice, weight)
				union all
				select poll_id, 0, 1
				from written
				where previous_choices is null
			)
			insert into poll_counts as c (topic_id, poll_id, choice, count)
			select $1, poll_id, choice, sum(weight)
			from changes
			group by poll_id, choice
			having sum(weight) <> 0
			order by poll_id, choice
			on conflict (topic_id, poll_id, choice) do update set count = c.count + excluded.count`,
		values: [topicId, JSON.stringify(lines)]
	});
}

/** Answers that came before the rule became the Chatham House rule lose when they did. */
export async function obeyInPolls(
	transaction: Transaction,
	{ topicId, eventId, startsAt }: { readonly topicId: string; readonly eventId: string; readonly startsAt: Date }
): Promise<void> {
	await transaction.query(
		`
			update poll_answers a
			set answered_at = $3
			from polls p
			where a.topic_id = $1 and p.topic_id = $1 and p.event_id = $2 and p.poll_id = a.poll_id`,
		[topicId, eventId, startsAt]
	);
}

/** The numbers of words in their polls, new ones taken in the order given; by poll and folded word: `<poll> <folded>`. */
export async function numberWords(
	transaction: Transaction,
	topicId: string,
	words: readonly { readonly pollId: string; readonly folded: string; readonly shown: string }[]
): Promise<Map<string, number>> {
	const pollIds = [...new Set(words.map(({ pollId }) => pollId))].sort();
	// two processes that meet the same new word at once would give it two numbers
	for (const pollId of pollIds)
		await transaction.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`poll words ${pollId}`]);
	await transaction.query(
		`
			with known as materialized (
				select poll_id, folded, word_number
				from poll_words
				where topic_id = $1 and poll_id = any ($2::uuid[])
			), last as materialized (
				select poll_id, max(word_number) as number from known group by poll_id
			), fresh as (
				select distinct on (given.poll_id, given.folded) given.*
				from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as given (poll_id, folded, shown, place)
				left join known on known.poll_id = given.poll_id and known.folded = given.folded collate "C"
				where known.poll_id is null
				order by given.poll_id, given.folded, place
			)
			insert into poll_words (topic_id, poll_id, word_number, folded, shown)
			select $1, poll_id, coalesce(last.number, 0) + row_number() over (partition by poll_id order by place), folded, shown
			from fresh
			left join last using (poll_id)`,
		[topicId, words.map(({ pollId }) => pollId), words.map(({ folded }) => folded), words.map(({ shown }) => shown)]
	);
	const { rows } = await transaction.query<{ key: string; number: number }>(
		`
			select w.poll_id || ' ' || w.folded as key, w.word_number as number
			from poll_words w
			join unnest($2::uuid[], $3::text[]) as given (poll_id, folded)
				on w.poll_id = given.poll_id and w.folded = given.folded collate "C"
			where w.topic_id = $1`,
		[topicId, words.map(({ pollId }) => pollId), words.map(({ folded }) => folded)]
	);
	return new Map(rows.map(({ key, number }) => [key, number]));
}

/**
 * A visitor signed in and their participant became another: where both had answered the later answer wins, and the person counts once. Under the
 * Chatham House rule nobody knows which was later, and that of the account stays.
 */
export async function joinAnswers(
	transaction: Transaction,
	topicId: string,
	{ from, into }: { from: number; into: number }
): Promise<void> {
	await transaction.query(
		`
			with moved as (
				delete from poll_answers
				where topic_id = $1 and participant_number = $2
				returning *
			), pairs as (
				select m.*, own.answered_at as own_at, own.choices as own_choices, own.weights as own_weights
				from moved m
				left join poll_answers own on own.topic_id = m.topic_id and own.poll_id = m.poll_id and own.participant_number = $3
			), kept as (
				insert into poll_answers as a (topic_id, poll_id, participant_number, choices, weights, answered_at)
				select topic_id, poll_id, $3, choices, weights, answered_at
				from pairs
				where own_at is null or answered_at > own_at
				order by poll_id
				on conflict (topic_id, poll_id, participant_number) do update
					set previous_choices = a.choices, previous_weights = a.weights, choices = excluded.choices, weights = excluded.weights,
						answered_at = excluded.answered_at
			), changes as (
				select poll_id, choice, -weight as weight
				from pairs, unnest(
					case when answered_at > own_at then own_choices else choices end,
					case when answered_at > own_at then own_weights else weights end) as chosen (choice, weight)
				where own_at is not null
				union all
				select poll_id, 0, -1
				from pairs
				where own_at is not null
			)
			insert into poll_counts as c (topic_id, poll_id, choice, count)
			select $1, poll_id, choice, sum(weight)
			from changes
			group by poll_id, choice
			order by poll_id, choice
			on conflict (topic_id, poll_id, choice) do update set count = c.count + excluded.count`,
		[topicId, from, into]
	);
}

/** What somebody answered, with the words of a cloud as everybody reads them. */
export type OwnAnswer = Answer & { readonly words: readonly string[] };

/** What a participant answered to each of these polls; nothing of those to which they did not. */
export async function ownAnswers(
	queryable: Queryable,
	topicId: string,
	pollIds: readonly string[],
	participant: number
): Promise<Map<string, OwnAnswer>> {
	const { rows } = await queryable.query<OwnAnswer & { pollId: string }>({
		name: 'own-answers',
		text: `
			select a.poll_id as "pollId", a.choices, a.weights, array(
				select w.shown
				from poll_words w
				where w.topic_id = $1 and w.poll_id = a.poll_id and w.word_number = any (a.choices)
				order by w.word_number
			) as words
			from poll_answers a
			where a.topic_id = $1 and a.poll_id = any ($2::uuid[]) and a.participant_number = $3`,
		values: [topicId, pollIds, participant]
	});
	return new Map(rows.map(({ pollId, ...answer }) => [pollId, answer]));
}
