import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { securely, type Network } from '#webhooks/sending.server.ts';

// Test data: a certificate made on the spot, a receiver on this machine, and a network that leads nowhere else.

/** A certificate of these names that vouches for itself, and its key. */
export function aCertificate(...names: string[]): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const ecdsaWithSha256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
	const name = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('Open Talks tests')))));
	const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));
	const alternatives = der(0x30, ...names.map((one) => der(0x82, Buffer.from(one))));
	const extensions = der(0xa3, der(0x30, der(0x30, Buffer.from('0603551d11', 'hex'), der(0x04, alternatives))));
	const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
	const tbs = der(
		0x30,
		der(0xa0, der(0x02, Buffer.from([2]))),
		...[serial, ecdsaWithSha256, name, validity, name],
		publicKey.export({ type: 'spki', format: 'der' }),
		extensions
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', tbs, privateKey));
	const certificate = new X509Certificate(der(0x30, tbs, ecdsaWithSha256, signature));
	return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert: certificate.toString() };
}

function der(tag: number, ...parts: Uint8Array[]): Buffer {
	const body = Buffer.concat(parts);
	const length =
		body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

export interface Received {
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

/** An https server on this machine that keeps what it is sent, and answers as it is told. */
export async function aReceiver(
	names: readonly string[],
	answer: (response: ServerResponse, place: number) => void = (response) => response.writeHead(204).end()
) {
	const { key, cert } = aCertificate(...names);
	const received: Received[] = [];
	const server = createServer({ key, cert }, (request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (part: string) => (body += part));
		request.on('end', () => answer(response, received.push({ headers: request.headers, body }) - 1));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { received, cert, port: (server.address() as AddressInfo).port, close: () => server.close().closeAllConnections() };
}

export interface StandIn extends Network {
	/** what was asked of it */
	readonly resolved: string[];
	readonly connected: { address: string; port: number; name: string }[];
}

/** Resolves names by a list, and leads every connection to one receiver on this machine, whatever address it is for. */
export function aStandIn(
	names: Readonly<Record<string, readonly string[]>>,
	receiver: { readonly port: number; readonly cert: string } | null = null
): StandIn {
	const resolved: string[] = [];
	const connected: { address: string; port: number; name: string }[] = [];
	return {
		resolved,
		connected,
		resolve: (name) => {
			resolved.push(name);
			return Promise.resolve(names[name] ?? []);
		},
		connect: (to, signal) => {
			connected.push({ ...to });
			if (receiver === null) return Promise.reject(new Error(`a connection to ${to.address} was opened`));
			const wishes = { host: '127.0.0.1', port: receiver.port, servername: to.name, ca: receiver.cert };
			return securely(connect({ ...wishes, ALPNProtocols: ['http/1.1'] }), signal);
		}
	};
}
