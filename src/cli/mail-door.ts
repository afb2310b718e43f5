import { join } from 'node:path';
import { openMailDoor, type MailDoor } from '#contributions/intake/mail/listening.server.ts';
import type { Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { fileStore } from '#files/store.server.ts';
import { addressOfSender } from '#mail/delivering.server.ts';

/** Takes mail where MAIL_IN says so. A port that is taken stops nothing else: it is said, and the other jobs go on. */
export async function openMailDoorAsSet(settings: Settings, database: Database): Promise<MailDoor | null> {
	const { mailIn, mailDomain } = settings;
	if (mailIn === null || mailDomain === null) return null;
	const failed = (error: unknown) =>
		console.error(
			JSON.stringify({ at: new Date().toISOString(), mailIn, error: error instanceof Error ? error.stack : String(error) })
		);
	try {
		return await openMailDoor({
			...mailIn,
			database,
			files: fileStore(database, join(settings.data, 'files')),
			mailDomain,
			ownAddress: addressOfSender(settings.mailFrom),
			failed
		});
	} catch (error) {
		failed(error);
		return null;
	}
}
