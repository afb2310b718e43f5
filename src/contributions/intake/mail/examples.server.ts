import { createConnection } from 'node:net';
import { aTopicOpenForSubmissions, temporaryFiles } from '#contributions/examples.server.ts';
import type { Database } from '#database/connection.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { openMailDoor, type MailDoor } from './listening.server.ts';
import { mailInLinks } from './links.server.ts';
import { mailInOf } from './mails-in.server.ts';
import { readMail } from './reading-mail.server.ts';

export const mailDomain = 'talks.example.org';
export const ownAddress = 'open-talks@talks.example.org';

/** A mail of Ana's. */
export function aMail(fields: Readonly<Record<string, string>> = {}, body = 'We agree.\r\n\r\n-- \r\nAna\r\n'): string {
	const head = {
		From: 'Ana Example <ana@example.org>',
		To: `net@${mailDomain}`,
		Subject: 'Our view',
		'Message-ID': '<1@example.org>',
		...fields
	};
	return `${Object.entries(head)
		.filter(([, value]) => value !== '')
		.map(([name, value]) => `${name}: ${value}`)
		.join('\r\n')}\r\n\r\n${body}`;
}

export interface Said {
	readonly answers: readonly string[];
	/** of the end of the mail */
	readonly last: string;
}

/** Sends a mail as another server would, by hand, and tells what was answered. */
export async function send(
	port: number,
	mail: string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	{ from = 'ana@example.org', to = [`net@${mailDomain}`], greeting = 'EHLO example.org', parameters = '' } = {}
): Promise<Said> {
	const socket = createConnection({ port, host: '127.0.0.1' });
	socket.setNoDelay(true);
	const answers: string[] = [];
	const lines = linesOf(socket);
	const hear = async () => {
		for (;;) {
			const next = await lines.next();
			const value = next.done ? undefined : next.value;
			if (value === undefined) throw new Error(`the server hung up after ${answers.join(' | ')}`);
			if (value[3] === '-') continue;
			answers.push(value);
			return value;
		}
	};
	const say = async (line: string) => {
		socket.write(`${line}\r\n`);
		return hear();
	};
	try {
		await hear();
		await say(greeting);
		if ((await say(`MAIL FROM:<${from}>${parameters}`)).startsWith('5')) return { answers, last: answers.at(-1)! };
		let taken = 0;
		for (const address of to) if ((await say(`RCPT TO:<${address}>`)).startsWith('250')) taken += 1;
		if (taken === 0 || !(await say('DATA')).startsWith('354')) return { answers, last: answers.at(-1)! };
		const chunks = typeof mail === 'string' || mail instanceof Uint8Array ? [Buffer.from(mail)] : mail;
		for await (const chunk of chunks) if (!socket.write(chunk)) await new Promise((resolve) => socket.once('drain', resolve));
		return { answers, last: await say('\r\n.') };
	} finally {
		socket.end();
		socket.destroySoon();
	}
}

async function* linesOf(socket: AsyncIterable<Buffer>): AsyncGenerator<string> {
	let rest = '';
	for await (const chunk of socket) {
		rest += chunk.toString('latin1');
		const lines = rest.split('\r\n');
		rest = lines.pop()!;
		yield* lines;
	}
}

/** A talk at net@talks.example.org, a door for its mail, and what reads it. */
export async function aMailDesk(
	database: Database,
	slug = 'net',
	{ way = 'smtp', ...limits }: { way?: 'smtp' | 'lmtp'; largest?: number; longest?: number } = {}
) {
	const files: FileStore = await temporaryFiles(database);
	const { topicId, keys } = await aTopicOpenForSubmissions(database, slug);
	const failures: unknown[] = [];
	const door: MailDoor = await openMailDoor({
		...{ database, files, way, host: '127.0.0.1', port: 0, mailDomain, ownAddress },
		failed: (error) => failures.push(error),
		...limits
	});
	const links = await mailInLinks({ data: '/nowhere', secret: 'a secret of the tests, quite long' });
	const wishes = { links, origin: 'https://talks.example.org', ownAddress };
	/** Runs the jobs that wait to read mails. */
	const readAll = async () => {
		const { rows } = await database.query<{ topicId: string; mailInId: string }>(
			`
				select m.topic_id as "topicId", m.mail_in_id as "mailInId"
				from mails_in m
				left join mail_in_readings r using (topic_id, mail_in_id)
				where r.read_at is null
				order by m.mail_in_id`
		);
		for (const mail of rows) await readMail(database, files, mail, wishes);
		return rows;
	};
	let sent = 0;
	/** A mail of Ana's, each from an address of hers that wrote none before. */
	const another = (fields: Record<string, string> = {}, body?: string) =>
		aMail({ 'Message-ID': `<${sent}@example.org>`, From: `Ana Example <ana-${sent}@example.org>`, ...fields }, body);
	/** Sends it, has it read, and tells how it stands. */
	const arrived = async (mail: string | Uint8Array, envelope: Parameters<typeof send>[2] = {}) => {
		const { last } = await send(door.port, mail, { from: `ana-${sent++}@example.org`, ...envelope });
		const [read, ...others] = await readAll();
		if (!last.startsWith('250 ') || !read || others.length > 0) throw new Error(`one mail was to be read: ${last}`);
		return mailInOf(database, read);
	};
	const bytes = (sha256: string) => bytesOf(files, sha256);
	return { topicId, keys, files, door, failures, links, readAll, another, arrived, bytesOf: bytes };
}
