import { record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { nameIn } from './addressees.server.ts';
import type { MailHead } from './head.ts';
import { mailsAt } from './mailbox-files.server.ts';
import { addressesIn } from './parsing.ts';
import { storeMail } from './storing.server.ts';

export interface MailReport {
	readonly read: number;
	readonly added: number;
	/** they were there already */
	readonly unchanged: number;
	/** addressed to no talk */
	readonly elsewhere: number;
	readonly errors: readonly { readonly file: string; readonly refusal: RefusalCode }[];
}

export interface MailImport {
	readonly path: string;
	/** null: each goes to the talks to which it was addressed */
	readonly topicId: string | null;
	readonly mailDomain: string | null;
	readonly progress?: (read: number) => void;
}

/** Brings mails in from files. They are held for staff, and nobody is written to: they may be old. Run again it adds nothing twice. */
export async function importMails(
	database: Database,
	files: FileStore,
	{ path, topicId, mailDomain, progress }: MailImport,
	actor: Actor
): Promise<MailReport> {
	if (!isRapporteur(actor, topicId ?? undefined)) throw refusal('not-allowed');
	const report = { read: 0, added: 0, unchanged: 0, elsewhere: 0 };
	const errors: { file: string; refusal: RefusalCode }[] = [];
	const added = new Map<string, number>();
	const topicsOf = (head: MailHead) => (topicId === null ? topicsNamed(database, head, mailDomain) : [topicId]);
	for await (const { name, source } of mailsAt(path)) {
		report.read += 1;
		try {
			const stored = await storeMail(database, files, { source, way: 'file', sender: null, topicsOf });
			if (stored.length === 0) report.elsewhere += 1;
			else if (stored.some(({ isNew }) => isNew)) report.added += 1;
			else report.unchanged += 1;
			for (const mail of stored) if (mail.isNew) added.set(mail.topicId, (added.get(mail.topicId) ?? 0) + 1);
		} catch (error) {
			if (!isRefusal(error)) throw error;
			errors.push({ file: name, refusal: error.code });
		}
		progress?.(report.read);
	}
	await inTransaction(database, async (transaction) => {
		for (const [id, count] of added)
			await record(transaction, { topicId: id, actor, did: 'imported', kind: 'topic', thingId: id, details: { mails: count } });
	});
	return { ...report, errors };
}

const fields = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'resent-to'];

async function topicsNamed(database: Database, head: MailHead, mailDomain: string | null): Promise<string[]> {
	if (mailDomain === null) return [];
	const addresses = new Set(addressesIn(fields.flatMap((field) => head.get(field) ?? [])));
	const topics: string[] = [];
	for (const address of addresses) {
		const name = nameIn(address, mailDomain);
		const topicId = name === null ? undefined : await topicIdAtAddress(database, name);
		if (topicId !== undefined) topics.push(topicId);
	}
	return topics;
}
