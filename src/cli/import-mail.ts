import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import { note, seconds } from '#cli/console.ts';
import { importMails, type MailReport } from '#contributions/intake/mail/bringing-in-mail.server.ts';
import type { Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { fileStore } from '#files/store.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';

/** Mails of files and folders, to the talk that is named, or each to that to which it was addressed. */
export async function bringInMails(
	database: Database,
	settings: Settings,
	{ path, slug, isQuiet }: { path: string; slug: string | undefined; isQuiet: boolean },
	actor: Actor
): Promise<MailReport> {
	const topicId = slug === undefined ? null : await topicIdAtAddress(database, slug);
	if (topicId === undefined) throw refusal('not-found');
	const { mailDomain } = settings;
	const begun = performance.now();
	const progress = (read: number) => {
		if (!isQuiet && read % 100 === 0) note(String(read));
	};
	const files = fileStore(database, join(settings.data, 'files'));
	const report = await importMails(database, files, { path, topicId, mailDomain, progress }, actor);
	note(`${report.read} mails in ${seconds(performance.now() - begun)}; a job reads them, and they are held at the desk.`);
	return report;
}

export function tellMails({ read, added, unchanged, elsewhere }: MailReport): void {
	console.log(`mails  ${read} (${added} added, ${unchanged} there already, ${elsewhere} to no talk)`);
}
