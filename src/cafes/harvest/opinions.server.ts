import { createHash } from 'node:crypto';
import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** The ideas that were drawn from the notes of a café and can be seen, by number. */
export async function ideasOfCafe(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<number[]> {
	const { rows } = await queryable.query<{ number: number }>({
		name: 'ideas-of-cafe',
		text: `
			select i.idea_number as number
			from harvest_ideas h
			join ideas i using (topic_id, idea_number)
			where h.topic_id = $1 and h.event_id = $2 and ${canBeSeen('idea', 'i.idea_id')}
			order by i.idea_number`,
		values: [topicId, eventId]
	});
	return rows.map(({ number }) => number);
}

/** How many people said what they think of at least one of these ideas: a total, never of whom. */
export async function peopleWhoAnswered(queryable: Queryable, topicId: string, ideas: readonly number[]): Promise<number> {
	const { rows } = await queryable.query<{ people: number }>({
		name: 'people-who-answered',
		text: `
			select count(distinct participant_number)::int as people
			from opinions
			where topic_id = $1 and idea_number = any ($2::int[])`,
		values: [topicId, ideas]
	});
	return rows[0]!.people;
}

/** Of these ideas those that somebody has judged. */
export async function judgedOf(
	queryable: Queryable,
	topicId: string,
	participant: number,
	ideas: readonly number[]
): Promise<ReadonlySet<number>> {
	const { rows } = await queryable.query<{ number: number }>({
		name: 'judged-of-cafe',
		text: `
			select idea_number as number
			from opinions
			where topic_id = $1 and participant_number = $2 and idea_number = any ($3::int[])`,
		values: [topicId, participant, ideas]
	});
	return new Set(rows.map(({ number }) => number));
}

/**
 * What somebody is asked next of the ideas of a café: each once, in an order of their own that stays, so that a room that stops in the middle has
 * not answered the same few alone.
 * @param whose tells people apart; any text
 */
export function nextOfCafe(ideas: readonly number[], judged: ReadonlySet<number>, whose: string): number | null {
	const place = (idea: number) => createHash('sha256').update(`${whose} ${idea}`).digest('hex');
	const left = ideas.filter((idea) => !judged.has(idea)).map((idea) => ({ idea, at: place(idea) }));
	return left.sort((one, other) => (one.at < other.at ? -1 : 1))[0]?.idea ?? null;
}
