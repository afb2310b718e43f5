import type { Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';

/** An opinion on an idea that had been drawn for its participant, and how probable that was (see opinion_draws). */
export interface Draw {
	readonly participant: number;
	readonly idea: number;
	readonly probability: number;
}

/** Keeps how probable the draws were; those of people who were erased or joined to others meanwhile are left out. */
export async function keepDraws(transaction: Transaction, topicId: string, draws: readonly Draw[]): Promise<void> {
	await transaction.query({
		name: 'draws-keep',
		text: `
			insert into opinion_draws (topic_id, draws_id, participant_numbers, idea_numbers, probabilities)
			select $1, $2, array_agg(participant), array_agg(idea), array_agg(probability)
			from unnest($3::int[], $4::int[], $5::real[]) as given (participant, idea, probability)
			where exists (select from participant_links where topic_id = $1 and participant_number = participant)
			having count(*) > 0`,
		values: [
			topicId,
			uuidv4(),
			draws.map(({ participant }) => participant),
			draws.map(({ idea }) => idea),
			draws.map(({ probability }) => probability)
		]
	});
}

/** A visitor signed in and their participant became another: their draws are the other's. */
export async function moveDraws(
	transaction: Transaction,
	topicId: string,
	{ from, into }: { from: number; into: number }
): Promise<void> {
	await transaction.query(
		`
			update opinion_draws
			set participant_numbers = array_replace(participant_numbers, $3, $4)
			where topic_id = $1 and draws_id in (${lockedDraws})`,
		[topicId, [from], from, into]
	);
}

/** Nothing is left of how the ideas came that these participants were asked about. */
export async function forgetDraws(transaction: Transaction, topicId: string, participants: readonly number[]): Promise<void> {
	const kept = (column: string) => `
		array(
			select ${column}
			from unnest(participant_numbers, idea_numbers, probabilities) with ordinality as draw (participant, idea, probability, place)
			where participant <> all ($2::int[])
			order by place
		)`;
	await transaction.query(
		`
			update opinion_draws
			set participant_numbers = ${kept('participant')}, idea_numbers = ${kept('idea')}, probabilities = ${kept('probability')}
			where topic_id = $1 and draws_id in (${lockedDraws})`,
		[topicId, participants]
	);
}

/** Who changes the same rows waits for the other, never in a circle, and then reads what the other left. */
const lockedDraws = `
	select draws_id
	from opinion_draws
	where topic_id = $1 and participant_numbers && $2::int[]
	order by draws_id
	for update`;
