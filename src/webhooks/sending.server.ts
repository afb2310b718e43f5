import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { isIP } from 'node:net';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';
import { isRefusal } from '#refusals/refusal.ts';
import { hostOf, isPublicAddress, webhookAddress } from '#webhooks/guarding.server.ts';

/** The way out: a stand-in takes its place in tests, so that no packet leaves the machine. */
export interface Network {
	/** every address of a name */
	resolve(name: string): Promise<readonly string[]>;
	/** Opens TLS to exactly this address and shows it the name; resolves once the certificate was found right for that name. */
	connect(
		to: { readonly address: string; readonly port: number; readonly name: string },
		signal: AbortSignal
	): Promise<TLSSocket>;
}

/** Why a message was not delivered; each has a sentence, `webhooks.problem-<…>`. */
export const problems = [
	'private',
	'no-such-name',
	'no-connection',
	'certificate',
	'too-slow',
	'too-large',
	'moved',
	'refused'
] as const;
export type Problem = (typeof problems)[number];

export type Sent =
	| { readonly outcome: 'delivered'; readonly status: number }
	| { readonly outcome: 'failed'; readonly status: number | null; readonly problem: Problem };

const longest = 10_000;
const largestAnswer = 1024 * 1024;

/**
 * One POST. The name is resolved once, every address that it has must be public, and the connection goes to one of those that were checked:
 * a name that leads elsewhere a moment later leads nowhere. Redirects are not followed.
 */
export async function send(
	network: Network,
	address: string,
	{ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
	patience = longest
): Promise<Sent> {
	const patient = AbortSignal.timeout(patience);
	let socket: TLSSocket | undefined;
	try {
		const url = webhookAddress(address);
		const to = await within(patient, checkedPlace(network, url));
		socket = await within(patient, network.connect(to, patient));
		const status = await post(socket, url, { headers, body }, patient);
		if (status >= 200 && status < 300) return { outcome: 'delivered', status };
		return { outcome: 'failed', status, problem: status >= 300 && status < 400 ? 'moved' : 'refused' };
	} catch (error) {
		return { outcome: 'failed', status: null, problem: patient.aborted ? 'too-slow' : problemOf(error) };
	} finally {
		socket?.destroy();
	}
}

/** Where the connection goes; throws before any is opened. */
async function checkedPlace(network: Network, url: URL) {
	const name = hostOf(url);
	const addresses = isIP(name) ? [name] : await network.resolve(name).catch(() => []);
	if (addresses.length === 0) throw new Unsent('no-such-name');
	if (!addresses.every(isPublicAddress)) throw new Unsent('private');
	return { address: addresses[0]!, port: url.port === '' ? 443 : Number(url.port), name };
}

function post(
	socket: TLSSocket,
	url: URL,
	{ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
	signal: AbortSignal
): Promise<number> {
	return new Promise((resolve, reject) => {
		const asked = httpRequest(
			{
				createConnection: () => socket,
				method: 'POST',
				path: url.pathname + url.search,
				headers: { host: url.host, 'content-length': String(Buffer.byteLength(body)), connection: 'close', ...headers },
				signal
			},
			(answer) => {
				let size = 0;
				answer.on('data', (part: Buffer) => {
					size += part.length;
					if (size > largestAnswer) asked.destroy(new Unsent('too-large'));
				});
				answer.on('error', reject);
				answer.on('end', () => resolve(answer.statusCode ?? 0));
			}
		);
		asked.on('error', reject);
		asked.end(body);
	});
}

class Unsent extends Error {
	readonly problem: Problem;
	constructor(problem: Problem) {
		super(problem);
		this.problem = problem;
	}
}

function problemOf(error: unknown): Problem {
	if (error instanceof Unsent) return error.problem;
	if (isRefusal(error)) return 'private';
	const { code = '' } = error as NodeJS.ErrnoException;
	return /CERT|SELF_SIGNED|ALTNAME|VERIFY|ISSUER/.test(code) ? 'certificate' : 'no-connection';
}

function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		signal.addEventListener('abort', () => reject(new Unsent('too-slow')), { once: true });
		work.then(resolve, reject);
	});
}

/** The Internet. */
export const openNetwork: Network = {
	resolve: async (name) => (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address),
	connect: ({ address, port, name }, signal) =>
		securely(
			tlsConnect({ host: address, port, ...(isIP(name) ? {} : { servername: name }), ALPNProtocols: ['http/1.1'] }),
			signal
		)
};

/** Resolves once the certificate was checked; closes the socket where that fails or takes too long. */
export function securely(socket: TLSSocket, signal: AbortSignal): Promise<TLSSocket> {
	return new Promise((resolve, reject) => {
		const broken = () => socket.destroy(new Unsent('too-slow'));
		signal.addEventListener('abort', broken, { once: true });
		socket.once('error', reject);
		socket.once('secureConnect', () => {
			socket.off('error', reject);
			socket.on('error', () => {});
			resolve(socket);
		});
	});
}
