import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { makeArchive, tidyArchives } from '#reports/export/archives.server.ts';

export const keepExportsJob = 'reports.keep-exports';

const aMinute = 60_000;
const aDay = 24 * 60 * aMinute;
const nightHour = 2;
const nightsKept = 7;
const tries = 5;

/** Asks for the next look, once however often it is asked. */
export async function keepExportsLater(transaction: Transaction, wait = 10 * aMinute): Promise<void> {
	const runAt = new Date(transaction.at.getTime() + wait);
	await addJob(transaction, keepExportsJob, { topicId: nilTopic }, { jobKey: keepExportsJob, runAt });
}

/**
 * Every ten minutes: what may not be given away any more is deleted, and where a topic has no archive of this night (02:00 UTC), or has it
 * no more, one is made. So a night that the machine slept through is made up for, and an erasure leaves a gap of minutes.
 */
export async function keepExports(
	database: Database,
	files: FileStore,
	{ origin, ending }: { readonly origin: string; readonly ending: AbortSignal }
): Promise<void> {
	const at = await inTransaction(database, (transaction) => Promise.resolve(transaction.at));
	const { rows } = await database.query<{ topicId: string; isArchived: boolean }>(
		`select topic_id as "topicId", topic_archivals.topic_id is not null as "isArchived"
		from topic_publications
		left join topic_archivals using (topic_id)
		order by topic_id`
	);
	for (const { topicId, isArchived } of rows) {
		if (ending.aborted) break;
		const keepSince = new Date(at.getTime() - nightsKept * aDay);
		// what is archived changes no more: one is enough
		const night = isArchived ? new Date(0) : lastNight(at);
		const isThere = await tidyArchives(database, topicId, { keepSince, night });
		for (let left = tries; !isThere && left > 0; left--) if (await makeArchive(database, files, topicId, origin)) break;
	}
	await inTransaction(database, (transaction) => keepExportsLater(transaction));
}

function lastNight(at: Date): Date {
	const night = new Date(at);
	night.setUTCHours(nightHour, 0, 0, 0);
	return night > at ? new Date(night.getTime() - aDay) : night;
}
