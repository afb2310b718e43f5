import type { Transaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

const tellJob = 'events.tell';

/** Everybody who registered is to be told of a change or that it is off: a mail each, later, however many they are. */
export async function tellLater(transaction: Transaction, { topicId, eventId }: OfEvent, what: 'changed' | 'off'): Promise<void> {
	await addJob(transaction, tellJob, { topicId, eventId, what }, { jobKey: `${tellJob} ${eventId} ${what}` });
}

/** Places that became free are to be offered. */
export async function offerLater(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await addJob(transaction, tellJob, { topicId, eventId, what: 'free' }, { jobKey: `${tellJob} ${eventId} free` });
}
