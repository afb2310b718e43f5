import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { textsOf, type TextsOfThing } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { PollForm, PollResults, PollState } from '#townhalls/polls/poll.ts';

/** A poll without its figures: those are read in counting.server.ts alone. */
export interface Poll extends PollForm, OfEvent {
	readonly pollId: string;
	/** within its event, from 1 */
	readonly number: number;
	readonly results: PollResults;
	readonly state: PollState;
	readonly stateVersion: number;
	readonly stateAt: Date;
	/** question, option-1 …, low, high */
	readonly texts: TextsOfThing;
}

/** The polls of an event in the order in which they were made; drafts are for the desk. */
export async function pollsOfEvent(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	{ alsoDrafts = false } = {}
): Promise<Poll[]> {
	return read(queryable, topicId, `p.event_id = $2 and (s.state <> 'draft' or $3)`, [eventId, alsoDrafts]);
}

/** Refuses `not-found`. */
export async function pollNumbered(queryable: Queryable, { topicId, eventId }: OfEvent, number: number): Promise<Poll> {
	if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw refusal('not-found');
	const [poll] = await read(queryable, topicId, 'p.event_id = $2 and p.poll_number = $3', [eventId, number]);
	if (!poll) throw refusal('not-found');
	return poll;
}

export async function pollOf(queryable: Queryable, topicId: string, pollId: string): Promise<Poll> {
	const [poll] = await read(queryable, topicId, 'p.poll_id = $2', [pollId]);
	if (!poll) throw refusal('not-found');
	return poll;
}

/** The latest state of each poll, for joins that call it `p`. */
export const latestOfPoll = `
	cross join lateral (
		select state, version, at
		from poll_states
		where poll_states.topic_id = p.topic_id and poll_states.poll_id = p.poll_id
		order by version desc
		limit 1
	) s`;

async function read(queryable: Queryable, topicId: string, where: string, values: readonly unknown[]): Promise<Poll[]> {
	const { rows } = await queryable.query<Omit<Poll, 'texts'>>(
		`
			select p.topic_id as "topicId", p.event_id as "eventId", p.poll_id as "pollId", p.poll_number as number, p.kind, p.size,
				p.results, s.state, s.version as "stateVersion", s.at as "stateAt"
			from polls p
			${latestOfPoll}
			where p.topic_id = $1 and ${where}
			order by p.poll_number`,
		[topicId, ...values]
	);
	const texts = await textsOf(
		queryable,
		topicId,
		rows.map(({ pollId }) => ({ kind: 'poll', thingId: pollId }))
	);
	return rows.map((row) => ({ ...row, texts: texts.get(row.pollId) ?? {} }));
}
