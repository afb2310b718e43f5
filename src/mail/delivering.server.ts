import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { takenBack } from '#mail/stopping-mails.server.ts';
import { isUnreachable } from '#mail/unreachable.server.ts';
import { mailById, type MailState, type QueuedMail } from '#mail/mail.server.ts';

/** How mail leaves the house. */
export interface MailWay {
	/** smtp:// or smtps://; null: into the outbox folder. */
	readonly smtpUrl: string | null;
	/** Folder of *.eml files. */
	readonly outbox: string;
	/** "Name <address>" */
	readonly from: string;
}

export interface Mailer {
	send(mail: QueuedMail): Promise<'sent' | 'outbox'>;
	/** Removes what it keeps of a mail itself. */
	forget(mail: Pick<QueuedMail, 'mailId' | 'queuedAt'>): Promise<void>;
	close(): void;
}

/**
 * Delivers a queued mail. Once it has left, a second call does nothing; a process that dies between the server's yes and our row sends it
 * again under the same Message-ID, which mail programs show once. Throws what may go better later, so that the job is tried again.
 */
export async function deliverMail(database: Database, mailer: Mailer, topicId: string, mailId: string): Promise<void> {
	const mail = await mailById(database, topicId, mailId);
	if (!mail || mail.state === 'sent' || mail.state === 'outbox' || mail.explanation === takenBack) return;
	const write = (outcome: MailState, explanation: string | null = null) =>
		inTransaction(database, (transaction) =>
			transaction.query(
				`
					insert into mail_deliveries (topic_id, mail_id, attempt, at, outcome, explanation)
					values ($1, $2, $3, $4, $5, $6)
					on conflict do nothing`,
				[topicId, mailId, mail.attempts + 1, transaction.at, outcome, explanation]
			)
		);
	// its words were forgotten meanwhile, since they were of use for a while only
	if (mail.body === '') return void (await write('refused', 'too late'));
	if (mail.unsubscribeUrl && (await isUnreachable(database, mail.to)))
		return void (await write('refused', 'mail to this address came back'));
	let outcome: MailState;
	try {
		outcome = await mailer.send(mail);
	} catch (error) {
		const explanation = error instanceof Error ? error.message : String(error);
		if (isFinal(error)) return void (await write('refused', explanation));
		await write('failed', explanation);
		throw error;
	}
	await write(outcome);
}

export function mailerFor(way: MailWay): Mailer {
	return way.smtpUrl === null ? outboxMailer(way) : smtpMailer(way, way.smtpUrl);
}

function smtpMailer(way: MailWay, smtpUrl: string): Mailer {
	const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };
	const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 3, ...patience });
	return {
		async send(mail) {
			await transport.sendMail(messageOf(mail, way.from));
			return 'sent';
		},
		forget: () => Promise.resolve(),
		close: () => transport.close()
	};
}

function outboxMailer(way: MailWay): Mailer {
	const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
	return {
		async send(mail) {
			const { message } = await transport.sendMail(messageOf(mail, way.from));
			await mkdir(way.outbox, { recursive: true, mode: 0o700 });
			const name = fileNameOf(mail);
			const draft = join(way.outbox, `.${name}`);
			const file = await open(draft, 'w', 0o600);
			try {
				await file.writeFile(message);
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(draft, join(way.outbox, name));
			return 'outbox';
		},
		forget: (mail) => rm(join(way.outbox, fileNameOf(mail)), { force: true }),
		close: () => transport.close()
	};
}

function fileNameOf({ mailId, queuedAt }: Pick<QueuedMail, 'mailId' | 'queuedAt'>): string {
	return `${queuedAt.toISOString().replaceAll(':', '-')}-${mailId}.eml`;
}

function messageOf(mail: QueuedMail, from: string) {
	return {
		from,
		// as an object: an address is never taken apart into several
		to: { name: '', address: mail.to },
		...(mail.replyTo && { replyTo: { name: '', address: mail.replyTo } }),
		subject: mail.subject,
		text: mail.body,
		...(mail.calendar && {
			attachments: [
				{ filename: 'event.ics', content: mail.calendar, contentType: 'text/calendar; charset=utf-8; method=PUBLISH' }
			]
		}),
		messageId: `<${mail.mailId}@${addressOfSender(from).replace(/^.*@/, '')}>`,
		date: mail.queuedAt,
		headers: {
			'Auto-Submitted': 'auto-generated',
			'X-Loop': addressOfSender(from),
			'Content-Language': mail.language,
			// RFC 8058: the mail program itself may end it, without opening a page
			...(mail.unsubscribeUrl && {
				'List-Unsubscribe': `<${mail.unsubscribeUrl}>`,
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
			})
		},
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

/** "Open Talks <talks@example.org>" → talks@example.org */
export function addressOfSender(from: string): string {
	return from.replace(/^.*<|>.*$/g, '').toLowerCase();
}

/** The server knows the mail and will never take it: no such receiver, too large, against its rules. A wrong password may be mended. */
function isFinal(error: unknown): boolean {
	const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
	return (code === 'EENVELOPE' || code === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 500;
}
