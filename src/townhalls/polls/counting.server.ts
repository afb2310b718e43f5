import type { Queryable } from '#database/connection.server.ts';
import { middleOf, ranked } from '#townhalls/polls/poll.ts';
import type { Poll } from '#townhalls/polls/polls.server.ts';

/**
 * The one place where the figures of a poll are read. Blind figures leave it for nobody, staff included, until the poll is closed: what stands on a screen
 * at the desk is seen in the hall. Only sums over all who answered are made, never by group or region: rooms are small.
 */
export interface PollFigures {
	/** who answered; told also while a poll is blind */
	readonly people: number;
	/** null: blind until it is closed */
	readonly rows: readonly PollRow[] | null;
	/** of a scale */
	readonly middle: { readonly mean: number; readonly median: number } | null;
	/** of a cloud: words that wait for the desk, and shown ones beyond the most that are told */
	readonly waiting: number;
	readonly more: number;
}

export interface PollRow {
	/** option, value on the scale, number of the word */
	readonly choice: number;
	/** people; of a ranking points (halves are told) */
	readonly count: number;
	/** 1 for the most; rows with the same count share it */
	readonly place: number;
	readonly isTied: boolean;
	/** of a cloud, as it was written first */
	readonly word: string | null;
}

/** Words of a cloud that are told; ten thousand would be a list that nobody reads. */
const mostWords = 60;

export async function figuresOf(queryable: Queryable, poll: Poll): Promise<PollFigures> {
	const isHidden = poll.state === 'draft' || (poll.state === 'open' && poll.results === 'blind');
	const people = await peopleWhoAnswered(queryable, poll);
	const none = { people, middle: null, waiting: 0, more: 0 };
	if (isHidden) return { ...none, rows: null, waiting: poll.kind === 'cloud' ? await wordsWaiting(queryable, poll) : 0 };
	if (poll.kind === 'cloud') return { ...none, ...(await cloudOf(queryable, poll)) };
	const { rows } = await queryable.query<{ choice: number; count: number }>({
		name: 'poll-counts',
		text: `
			select option.choice, coalesce(c.count, 0) as count
			from generate_series(1, $3::int) as option (choice)
			left join poll_counts c on c.topic_id = $1 and c.poll_id = $2 and c.choice = option.choice
			order by option.choice`,
		values: [poll.topicId, poll.pollId, poll.size]
	});
	const told = poll.kind === 'ranking' ? rows.map((row) => ({ ...row, count: row.count / 2 })) : rows;
	const placed = ranked(told).map((row) => ({ ...row, word: null }));
	return {
		...none,
		// a scale reads from its low end; what was chosen, from the most
		rows: poll.kind === 'scale' ? placed.sort((one, other) => one.choice - other.choice) : placed,
		middle: poll.kind === 'scale' ? middleOf(rows) : null
	};
}

async function peopleWhoAnswered(queryable: Queryable, { topicId, pollId }: Poll): Promise<number> {
	const { rows } = await queryable.query<{ count: number }>({
		name: 'poll-people',
		text: `select count from poll_counts where topic_id = $1 and poll_id = $2 and choice = 0`,
		values: [topicId, pollId]
	});
	return rows[0]?.count ?? 0;
}

// word by word by its key: a plan made before anything was counted would compare each word with each count
const countOfWord = `
	cross join lateral (
		select count
		from poll_counts
		where poll_counts.topic_id = w.topic_id and poll_counts.poll_id = w.poll_id and poll_counts.choice = w.word_number and count > 0
		limit 1
	) c`;

async function cloudOf(queryable: Queryable, { topicId, pollId }: Poll): Promise<Pick<PollFigures, 'rows' | 'waiting' | 'more'>> {
	const { rows } = await queryable.query<{ choice: number; count: number; word: string }>(
		`
			select w.word_number as choice, c.count, w.shown as word
			from poll_words w
			${countOfWord}
			where w.topic_id = $1 and w.poll_id = $2 and w.decision = 'shown'
			order by c.count desc, w.folded
			limit ${mostWords}`,
		[topicId, pollId]
	);
	const { rows: all } = await queryable.query<{ shown: number; waiting: number }>(
		`
			select count(*) filter (where w.decision = 'shown') as shown, count(*) filter (where w.decision is null) as waiting
			from poll_words w
			${countOfWord}
			where w.topic_id = $1 and w.poll_id = $2`,
		[topicId, pollId]
	);
	const { shown, waiting } = all[0]!;
	return { rows: ranked(rows), waiting, more: Math.max(0, shown - rows.length) };
}

async function wordsWaiting(queryable: Queryable, poll: Poll): Promise<number> {
	return (await cloudOf(queryable, poll)).waiting;
}

/** A word as the desk decides on it. How many gave it is told only where figures may be. */
export interface WordAtDesk {
	readonly number: number;
	readonly word: string;
	readonly decision: 'shown' | 'kept-back' | null;
}

const mostAtDesk = 200;

/** Words of a cloud for the desk: what waits first, in the order in which they came, at most two hundred. */
export async function wordsAtDesk(queryable: Queryable, { topicId, pollId }: Poll): Promise<WordAtDesk[]> {
	const { rows } = await queryable.query<WordAtDesk>(
		`
			select w.word_number as number, w.shown as word, w.decision
			from poll_words w
			${countOfWord}
			where w.topic_id = $1 and w.poll_id = $2
			order by w.decision is not null, w.word_number
			limit ${mostAtDesk}`,
		[topicId, pollId]
	);
	return rows;
}
