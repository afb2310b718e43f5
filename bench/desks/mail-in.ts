import { createHash } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { createTransport, type Transporter } from 'nodemailer';
import { aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import type { Database } from '#database/connection.server.ts';
import { seeded } from '../../examples/seeded.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { freePort, openGround, ship } from '../talk/shipped.ts';
import { vocabulary, type BenchLanguage } from '../talk/vocabulary.ts';

const domain = 'talks.example.org';
/** `--short`: a tenth, to see that it works. */
const howMany = process.argv.includes('--short') ? 500 : 5_000;
const senders = howMany / 10;
/** Every hundredth has one of 5 MB, every tenth another of 50 kB. */
const [large, small] = [5_000_000, 50_000];
const connections = 8;
const languages = Object.keys(vocabulary) as BenchLanguage[];

/**
 * A mail server hands over 5,000 messages on loopback to the product as it is shipped, every fiftieth twice, as one does that did not hear our yes;
 * until each has been read by a job. What was sent is then looked for: words, senders and attachments, by their digests.
 */
export async function mailIn(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { database } = ground;
		await aTopicOpenForSubmissions(database, 'net');
		const port = await freePort();
		const shipped = await ship(ground, { MAIL_IN: `smtp://127.0.0.1:${port}`, MAIL_DOMAIN: domain });
		const transport = createTransport({
			...{ host: '127.0.0.1', port, pool: true, maxConnections: connections, maxMessages: 500, ignoreTLS: true },
			...{ disableFileAccess: true, disableUrlAccess: true }
		});
		try {
			await isOpen(transport);
			const begun = performance.now();
			const [sent, putOff] = await sendAll(transport);
			const sentAfter = (performance.now() - begun) / 60_000;
			await allRead(database);
			const minutes = (performance.now() - begun) / 60_000;
			const { lost, doubled, damaged } = await compared(database, sent);
			return [
				figure(
					{ bench: 'mail-in-lost', value: lost + damaged, unit: 'messages', baseline: null, must: '0' },
					{ sent: sent.size }
				),
				figure(
					{ bench: 'mail-in-doubled', value: doubled, unit: 'messages', baseline: null, must: '0' },
					{ handedOverTwice: Math.ceil(howMany / 50) }
				),
				figure(
					{ bench: 'mail-in', value: minutes, unit: `minutes for ${howMany} messages`, baseline: null, must: '≤ 10' },
					{
						...{ minutesToSend: rounded(sentAfter), putOff, aSecond: rounded(howMany / minutes / 60) },
						megabytesAttached: rounded([...sent.values()].reduce((sum, { size }) => sum + size, 0) / 1e6)
					}
				)
			];
		} finally {
			transport.close();
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

interface Sent {
	readonly sender: string;
	readonly size: number;
	/** of what is attached, in hexadecimal; null where nothing is */
	readonly sha256: string | null;
}

/** By subject, which tells one message from all others; and how often we were asked to come again later. */
async function sendAll(transport: Transporter): Promise<[Map<string, Sent>, number]> {
	const sent = new Map<string, Sent>();
	let [next, putOff] = [0, 0];
	const sending = async () => {
		for (let index = next++; index < howMany; index = next++) {
			const { raw, subject, ...about } = aMessage(index);
			sent.set(subject, about);
			for (let times = index % 50 === 0 ? 2 : 1, tries = 0; times > 0; tries++) {
				try {
					await transport.sendMail({ envelope: { from: about.sender, to: [`net@${domain}`] }, raw });
					times -= 1;
				} catch (error) {
					// as a mail server does: what is put off is kept, and handed over again
					if ((error as { responseCode?: number }).responseCode! >= 500 || tries > 20) throw error;
					putOff += 1;
					await pauseFor(200);
				}
			}
		}
	};
	await Promise.all(Array.from({ length: connections }, sending));
	return [sent, putOff];
}

function aMessage(index: number): Sent & { subject: string; raw: string } {
	const random = seeded(index + 1);
	const words = vocabulary[languages[index % languages.length]!];
	const text = Array.from({ length: 8 }, () => Array.from({ length: 20 }, () => random.pick(words)).join(' ')).join('\n\n');
	const sender = `sender-${index % senders}@example.org`;
	const subject = `Our view, number ${index + 1}`;
	const size = index % 100 === 0 ? large : index % 10 === 5 ? small : 0;
	const line = `${index} ${vocabulary.en.join(' ')}\n`;
	const attached = size === 0 ? null : Buffer.from(line.repeat(Math.ceil(size / line.length))).subarray(0, size);
	const raw = [
		...[`From: Sender ${index % senders} <${sender}>`, `To: net@${domain}`, `Subject: ${subject}`],
		...[`Message-ID: <${index}@example.org>`, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''],
		...['--b', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', inLines(Buffer.from(text))],
		...(attached
			? [
					...['--b', 'Content-Type: text/plain; charset=utf-8', 'Content-Disposition: attachment; filename="annex.txt"'],
					...['Content-Transfer-Encoding: base64', '', inLines(attached)]
				]
			: []),
		...['--b--', '']
	].join('\r\n');
	return { subject, raw, sender, size, sha256: attached && createHash('sha256').update(attached).digest('hex') };
}

function inLines(bytes: Buffer): string {
	return bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');
}

/** The door opens a moment after the pages. */
async function isOpen(transport: Transporter): Promise<void> {
	for (const deadline = performance.now() + 60_000; ;) {
		try {
			await transport.verify();
			return;
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await pauseFor(100);
		}
	}
}

async function allRead(database: Database): Promise<void> {
	for (const deadline = performance.now() + 15 * 60_000; performance.now() < deadline; await pauseFor(250)) {
		const { rows } = await database.query<{ unread: number }>(`
			select count(*)::int as unread
			from mails_in m
			where not exists (select from mail_in_readings r where r.topic_id = m.topic_id and r.mail_in_id = m.mail_in_id)`);
		if (rows[0]!.unread === 0) return;
	}
}

async function compared(database: Database, sent: ReadonlyMap<string, Sent>) {
	const { rows } = await database.query<{ subject: string; sender: string; sha256s: string[] }>(`
		select r.subject, r.from_address as sender, array(
			select encode(f.file_sha256, 'hex') from mail_in_files f
			where f.topic_id = m.topic_id and f.mail_in_id = m.mail_in_id and f.file_sha256 is not null) as sha256s
		from mails_in m
		join mail_in_readings r using (topic_id, mail_in_id)`);
	const found = new Map(rows.map((row) => [row.subject, row]));
	const isWhole = ([subject, { sender, sha256 }]: [string, Sent]) => {
		const row = found.get(subject)!;
		return row.sender === sender && row.sha256s.join() === (sha256 ?? '');
	};
	const there = [...sent].filter(([subject]) => found.has(subject));
	return {
		lost: sent.size - there.length,
		doubled: rows.length - found.size,
		damaged: there.length - there.filter(isWhole).length
	};
}
