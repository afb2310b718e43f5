import type { Database, Transaction } from '#database/connection.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { FileStore } from '#files/store.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { MailReader, type MailHead } from './head.ts';

/** With what is attached: 25 MB of files make 34 of a mail. */
export const largestMail = 35 * 1024 * 1024;
/** More servers than this never stand between two people: the mail goes round. */
const mostHops = 50;

export interface ArrivingMail {
	readonly source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
	readonly way: 'smtp' | 'lmtp' | 'file';
	/** of the envelope; null for a file */
	readonly sender: string | null;
	/** The topics whose addresses it names; asked once the head is known. */
	readonly topicsOf: (head: MailHead) => Promise<readonly string[]> | readonly string[];
}

export interface StoredMail {
	readonly topicId: string;
	readonly mailInId: string;
	/** false: it was there already */
	readonly isNew: boolean;
}

/**
 * Keeps a mail as it comes, whatever its size, in the memory of a few pieces: when this returns, its bytes are on the disk and its rows
 * committed, or it was there already. Reading it is a job's.
 */
export async function storeMail(database: Database, files: FileStore, mail: ArrivingMail): Promise<StoredMail[]> {
	const reader = new MailReader();
	const stored = await files.put(noting(mail.source, reader), { mediaType: 'message/rfc822', limit: largestMail });
	const { head, likeness } = reader.end();
	if ((head.get('received')?.length ?? 0) > mostHops) throw refusal('mail-unusable');
	const topicIds = await mail.topicsOf(head);
	return inTransaction(database, async (transaction) => {
		const made: StoredMail[] = [];
		for (const topicId of [...new Set(topicIds)].sort())
			made.push(await noted(transaction, { topicId, likeness, sha256: stored.sha256, size: stored.size, ...mail }));
		return made;
	});
}

const readMailJob = 'contributions.read-mail';

async function noted(
	transaction: Transaction,
	mail: { topicId: string; likeness: Buffer; sha256: string; size: number; way: string; sender: string | null }
): Promise<StoredMail> {
	const { topicId } = mail;
	const mailInId = uuidv7();
	const { rowCount } = await transaction.query({
		name: 'mail-in-note',
		text: `
			insert into mails_in (topic_id, mail_in_id, file_sha256, size, way, sender, likeness, received_at)
			values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8)
			on conflict (topic_id, likeness) do nothing`,
		values: [topicId, mailInId, mail.sha256, mail.size, mail.way, mail.sender, mail.likeness, transaction.at]
	});
	if (rowCount > 0) await addJob(transaction, readMailJob, { topicId, mailInId }, { jobKey: `read mail ${mailInId}` });
	return { topicId, mailInId, isNew: rowCount > 0 };
}

async function* noting(source: ArrivingMail['source'], reader: MailReader): AsyncGenerator<Uint8Array> {
	for await (const chunk of source) {
		reader.take(chunk);
		yield chunk;
	}
}
