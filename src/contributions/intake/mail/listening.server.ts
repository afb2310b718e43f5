import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { nilTopic, type Database } from '#database/connection.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { addresseeNamed, hasSentTooMuch, nameIn } from './addressees.server.ts';
import { addressIn } from './head.ts';
import { largestMail, storeMail } from './storing.server.ts';

export interface MailDoor {
	readonly port: number;
	stop(): Promise<void>;
}

export interface MailDoorWishes {
	readonly database: Database;
	readonly files: FileStore;
	readonly way: 'smtp' | 'lmtp';
	readonly host: string;
	readonly port: number;
	readonly mailDomain: string;
	/** whence our own mails come: what comes back of them is taken too */
	readonly ownAddress: string;
	readonly failed?: (error: unknown) => void;
	/** for tests */
	readonly largest?: number;
	/** for tests: milliseconds that one connection may last */
	readonly longest?: number;
}

const longestConnection = 15 * 60_000;

/**
 * Takes mail for the talks. The answer 250 is given once the mail is on the disk and its rows are committed; a 4xx says "again, later",
 * a 5xx "never". Nothing is read here: a mail made to hurt is only kept, or refused for its size while it still comes in.
 */
export async function openMailDoor(wishes: MailDoorWishes): Promise<MailDoor> {
	const { way, mailDomain, largest = largestMail, longest = longestConnection } = wishes;
	const server = new SMTPServer({
		name: mailDomain,
		banner: 'Open Talks',
		lmtp: way === 'lmtp',
		size: largest,
		disabledCommands: ['AUTH', 'STARTTLS'],
		authOptional: true,
		disableReverseLookup: true,
		hideENHANCEDSTATUSCODES: true,
		maxClients: 50,
		socketTimeout: 60_000,
		logger: false,
		onRcptTo: ({ address }, session, done) => void answered(wishes, () => refuseAddressee(wishes, address, session)).then(done),
		onData: (stream, session, done) => {
			void answered(wishes, () => keep(wishes, stream, session, largest)).then(done);
		}
	});
	// the limit of silence does not reach who dribbles: fifty of them would hold every place
	server.server.on('connection', (socket: Socket) => {
		const end = setTimeout(() => socket.destroy(), longest);
		socket.once('close', () => clearTimeout(end));
	});
	// a client that breaks off is no reason to end
	server.on('error', (error) => wishes.failed?.(error));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(wishes.port, wishes.host, () => {
			server.removeListener('error', reject);
			resolve();
		});
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		stop: () => new Promise((resolve) => server.close(resolve))
	};
}

class Answer extends Error {
	readonly responseCode: number;
	constructor(responseCode: number, sentence: string) {
		super(sentence);
		this.responseCode = responseCode;
	}
}

/** What nobody expected is ours: the other server keeps the mail and comes again. */
async function answered(wishes: MailDoorWishes, act: () => Promise<void>): Promise<Error | null> {
	try {
		await act();
		return null;
	} catch (error) {
		if (error instanceof Answer) return error;
		if (isRefusal(error)) {
			if (error.code === 'file-too-large') return new Answer(552, '5.3.4 The message is too large');
			if (error.code === 'mail-unusable') return new Answer(554, '5.6.0 The header of this message cannot be read');
			if (error.code === 'store-full') return new Answer(452, '4.3.1 No room is left; try again later');
		}
		// a client that broke off hears no answer
		if ((error as { code?: unknown }).code !== 'ECONNECTION') wishes.failed?.(error);
		return new Answer(451, '4.3.0 It could not be kept; try again later');
	}
}

async function refuseAddressee(wishes: MailDoorWishes, address: string, session: SMTPServerSession): Promise<void> {
	const { database, mailDomain, ownAddress } = wishes;
	if (session.envelope.rcptTo.length >= 10) throw new Answer(452, '4.5.3 Too many recipients');
	const sender = senderOf(session);
	if (address.toLowerCase() === ownAddress) {
		if (sender !== '') throw new Answer(550, '5.7.1 Nobody reads this address');
		return;
	}
	const name = nameIn(address, mailDomain);
	if (name === null) throw new Answer(550, '5.7.1 Mail is taken for talks only, not passed on');
	const addressee = await addresseeNamed(database, name);
	if ('refused' in addressee) throw refusedFor[addressee.refused]();
	const at = new Date(Date.now() + database.clockShift);
	if (sender !== '' && (await hasSentTooMuch(database, { topicId: addressee.topicId, sender, at })))
		throw new Answer(450, '4.7.1 Too many messages of this sender wait; try again later');
}

const refusedFor = {
	unknown: () => new Answer(550, '5.1.1 There is no talk at this address'),
	archived: () => new Answer(550, '5.7.1 This talk is finished'),
	closed: () => new Answer(550, '5.7.1 This talk takes no texts now')
} as const;

async function keep(
	wishes: MailDoorWishes,
	stream: SMTPServerDataStream,
	session: SMTPServerSession,
	largest: number
): Promise<void> {
	const { database, files, mailDomain, ownAddress, way } = wishes;
	const names = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
	const topicsOf = async () => {
		const found = names.map(async (address) => {
			if (address === ownAddress) return nilTopic;
			const addressee = await addresseeNamed(database, nameIn(address, mailDomain) ?? '');
			// it closed while the mail came in: it began in time
			return 'topicId' in addressee ? addressee.topicId : null;
		});
		return (await Promise.all(found)).filter((topicId) => topicId !== null);
	};
	const source = within(stream, largest);
	const stored = await storeMail(database, files, { source, way, sender: senderOf(session), topicsOf });
	if (stored.length === 0) throw refusedFor.closed();
}

/** Beyond the limit what still comes is taken off the line and let go, so that the other server hears why. */
async function* within(stream: SMTPServerDataStream, largest: number): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= largest) yield chunk;
		else if (size > largest + drained) break;
	}
	if (size > largest) throw new Answer(552, '5.3.4 The message is too large');
}

const drained = 1024 * 1024 * 1024;

function senderOf(session: SMTPServerSession): string {
	const { mailFrom } = session.envelope;
	return mailFrom ? addressIn(mailFrom.address) : '';
}
