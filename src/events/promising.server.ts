import type { Queryable, Transaction } from '#database/connection.server.ts';
import { attributions, type Attribution } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

/** Under this word stands among what is counted in an event that something was said in it. */
const said = 'said';

/** Somebody says something, or asks to: the rule of attribution under which they do becomes no looser, whether it was published or not. */
export async function relyOnRule(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await transaction.query({
		name: 'rely-on-rule',
		text: `
			insert into event_counters (topic_id, event_id, counted, last)
			values ($1, $2, '${said}', 1)
			on conflict (topic_id, event_id, counted) do nothing`,
		values: [topicId, eventId]
	});
}

export async function isReliedOn(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`select from event_counters where topic_id = $1 and event_id = $2 and counted = '${said}'`,
		[topicId, eventId]
	);
	return rowCount > 0;
}

const job = 'events.obey-rule';

/** What was said before a rule became stricter is to obey it at once, not only when tables, floor and questions are closed. */
export async function obeyLater(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await addJob(transaction, job, { topicId, eventId }, { jobKey: `${job} ${eventId}` });
}

export function isStricter(next: Attribution, than: Attribution): boolean {
	return attributions.indexOf(next) > attributions.indexOf(than);
}
