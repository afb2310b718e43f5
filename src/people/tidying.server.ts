import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { forgetWords } from '#mail/forgetting.server.ts';
import { codeMail } from '#people/sign-in/proving.server.ts';

export const tidyJob = 'people.tidy';
const anHour = 3_600_000;

/** Asks for the next tidying, once however often it is asked. */
export async function tidyLater(transaction: Transaction, wait = anHour): Promise<void> {
	const runAt = new Date(transaction.at.getTime() + wait);
	await addJob(transaction, tidyJob, { topicId: nilTopic }, { jobKey: tidyJob, runAt });
}

/** Forgets what has done its work: codes and browsers that are out of time, and the words of mails that carried a code. */
export async function tidy(database: Database): Promise<void> {
	await inTransaction(database, async (transaction) => {
		// by the clock of the sign-in library, which wrote these times
		await transaction.query(`delete from sign_in."verification" where "expiresAt" < clock_timestamp()`);
		await transaction.query(`delete from sign_in."session" where "expiresAt" < clock_timestamp()`);
		await forgetWords(transaction, codeMail, new Date(transaction.at.getTime() - anHour));
		await tidyLater(transaction);
	});
}
