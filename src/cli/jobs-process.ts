// The process of the jobs: started by `start` and `demo` through keepJobsRunning, ends with them.
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { inTransaction } from '#database/connection.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { lookAfterEventsLater } from '#events/looking-after.server.ts';
import { endsWithParent } from '#jobs/child.server.ts';
import { runJobs } from '#jobs/running.server.ts';
import { openMailDoorAsSet } from '#cli/mail-door.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { sendNewsLater } from '#newsroom/sending-news.server.ts';
import { tidyLater } from '#people/tidying.server.ts';
import { keepExportsLater } from '#reports/export/nightly.server.ts';
import { turnStagesLater } from '#topics/stages/turning.server.ts';
import { tasksOf } from './tasks.ts';

// nobody waits for a job as one waits for a page; threads that begin later are as modest
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const settings = readSettings();
const database = await openDatabase(settings);
const mailer = mailerFor({ smtpUrl: settings.smtpUrl, outbox: join(settings.data, 'outbox'), from: settings.mailFrom });
const jobs = await runJobs(database, tasksOf({ settings, mailer }), {
	failed: (task, error) =>
		console.error(
			JSON.stringify({ at: new Date().toISOString(), task, error: error instanceof Error ? error.stack : String(error) })
		)
});
await inTransaction(database, async (transaction) => {
	await tidyLater(transaction, 0);
	await sendNewsLater(transaction, 0);
	await keepExportsLater(transaction, 0);
	await turnStagesLater(transaction, 0);
	await lookAfterEventsLater(transaction, 0);
});
const door = await openMailDoorAsSet(settings, database);
endsWithParent(async () => {
	await door?.stop();
	await jobs.stop();
	mailer.close();
	await database.close();
});
