import { ServerResponse, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';

const gzip = promisify(gzipWithCallback);

/** Where one page after the other is encoded: to ask first how many bytes it will take costs as much as to encode it. */
const scratch = Buffer.allocUnsafeSlow(512 * 1024);

/** Takes what a handler answers into memory, so that it can be kept, compressed or measured before it is sent. */
export class Captured extends ServerResponse {
	readonly #chunks: Buffer[] = [];
	/** Resolves when the handler has ended its answer; rejects where it broke it off. */
	readonly whole: Promise<this>;
	#done!: () => void;
	#failed!: (error: Error) => void;
	#page: Buffer | undefined;

	constructor(request: IncomingMessage) {
		super(request);
		this.whole = new Promise((resolve, reject) => {
			this.#done = () => resolve(this);
			this.#failed = reject;
		});
	}

	override writeHead(status: number, ...rest: unknown[]): this {
		this.statusCode = status;
		const headers = rest.find((value) => typeof value === 'object' && value !== null) as OutgoingHttpHeaders | undefined;
		for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) this.setHeader(name, value);
		return this;
	}

	override write(chunk: unknown): boolean {
		this.#add(chunk);
		return true;
	}

	override end(chunk?: unknown): this {
		if (typeof chunk !== 'function') this.#add(chunk);
		this.#done();
		return this;
	}

	override destroy(error?: Error): this {
		this.#failed(error ?? new Error('the answer was broken off'));
		return this;
	}

	/** A page, in two pieces, that goes past the handler, which then answers with nothing in its place. */
	takePage(start: string, rest: string): void {
		// three bytes a unit of UTF-16 at most
		if (3 * (start.length + rest.length) > scratch.length) {
			this.#page = Buffer.from(start + rest);
			return;
		}
		const begun = scratch.write(start);
		this.#page = Buffer.from(scratch.subarray(0, begun + scratch.write(rest, begun)));
	}

	body(): Buffer {
		if (this.#page && this.#chunks.length === 0) return this.#page;
		return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
	}

	async sendTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let body = this.body();
		const text = /^(text\/|application\/json|image\/svg)/.test(String(this.getHeader('content-type') ?? ''));
		if (text && body.length > 1000 && !this.hasHeader('content-encoding')) {
			this.setHeader('vary', 'accept-encoding');
			if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
				body = await gzip(body, { level: 4 });
				this.setHeader('content-encoding', 'gzip');
			}
		}
		this.removeHeader('transfer-encoding');
		if (this.statusCode !== 304 && this.statusCode !== 204) this.setHeader('content-length', body.length);
		response.writeHead(this.statusCode, this.getHeaders());
		response.end(request.method === 'HEAD' ? undefined : body);
	}

	#add(chunk: unknown): void {
		if (typeof chunk === 'string' && chunk !== '') this.#chunks.push(Buffer.from(chunk));
		if (chunk instanceof Uint8Array && chunk.length > 0)
			this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
	}
}
