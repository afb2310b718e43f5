import { connect, type Socket } from 'node:net';

/** One answer: its status, and the milliseconds from the request to its last byte. */
export interface Answered {
	readonly status: number;
	readonly took: number;
	readonly body: string;
}

/**
 * One kept-alive connection that sends a request at a time and reads no more of the answer than it must: whatever this costs is taken from the
 * server, which shares the processors.
 */
export class Connection {
	readonly #socket: Socket;
	#resolve: ((answer: Answered) => void) | undefined;
	#reject: ((error: Error) => void) | undefined;
	#began = 0;
	#received = '';

	constructor(port: number) {
		this.#socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
		this.#socket.on('data', (chunk: string) => this.#read(chunk));
		this.#socket.on('error', (error) => this.#reject?.(error));
		this.#socket.on('close', () => this.#reject?.(new Error('the connection was closed')));
	}

	/** @param message the whole request, as bytes of HTTP/1.1 */
	ask(message: string): Promise<Answered> {
		this.#began = performance.now();
		this.#socket.write(message, 'latin1');
		return new Promise((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
	}

	close(): void {
		this.#reject = undefined;
		this.#socket.destroy();
	}

	#read(chunk: string): void {
		this.#received = this.#received === '' ? chunk : this.#received + chunk;
		const end = this.#received.indexOf('\r\n\r\n');
		if (end < 0) return;
		const plainly = this.#received.indexOf('content-length: ');
		const at = plainly < 0 ? this.#received.search(/content-length: /i) : plainly;
		const length = at < 0 || at > end ? Number.NaN : Number.parseInt(this.#received.slice(at + 16), 10);
		if (Number.isNaN(length) ? !this.#received.endsWith('0\r\n\r\n') : this.#received.length < end + 4 + length) return;
		const status = Number(this.#received.slice(9, 12));
		const body = this.#received.slice(end + 4);
		this.#received = '';
		this.#resolve?.({ status, took: performance.now() - this.#began, body });
	}
}

/** The bytes of a request from an address of its own, as a proxy would hand it on. */
export function request(
	method: string,
	path: string,
	{ port, from, headers = {}, body }: { port: number; from: string; headers?: Readonly<Record<string, string>>; body?: string }
): string {
	const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	const content = body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
	return `${method} ${path} HTTP/1.1\r\nhost: localhost:${port}\r\nx-forwarded-for: ${from}\r\n${more.join('')}${content}\r\n${body ?? ''}`;
}

/** The address of a visitor: each one's own. */
export function addressOfVisitor(number: number): string {
	return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}
