import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after } from 'node:test';
import type { Live } from '#live/live.server.ts';

/** A bare server that lets everybody listen to one topic, and what it answered. */
export async function aServerOf(live: Live, topicId: string) {
	const answers: { readonly response: ServerResponse; readonly socket: Socket }[] = [];
	const server = createServer((asked, response) => {
		answers.push({ response, socket: asked.socket });
		const last = asked.headers['last-event-id'];
		if (!live.listen(topicId, '192.0.2.1', typeof last === 'string' ? last : null, response)) response.writeHead(429).end();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	after(() => {
		live.close();
		server.closeAllConnections();
		server.close();
	});
	return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers };
}

export interface Heard {
	readonly event: string;
	readonly data: string;
	/** Last-Event-ID from here on */
	readonly id: string;
}

/** Somebody who listens, as a browser does. */
export class Hearer {
	/** all but signs of life */
	readonly heard: Heard[] = [];
	readonly #answer: IncomingMessage;
	#id = '';
	#pieces: string[] = [];
	hasEnded = false;

	constructor(answer: IncomingMessage) {
		this.#answer = answer;
		answer.setEncoding('utf8');
		answer.on('data', (text: string) => this.#hear(text));
		answer.on('error', () => {});
		answer.on('close', () => (this.hasEnded = true));
	}

	get status(): number {
		return this.#answer.statusCode ?? 0;
	}

	get headers() {
		return this.#answer.headers;
	}

	/** What was told last in the events of a name; undefined: nothing. */
	last(event = 'figures'): unknown {
		const found = this.heard.findLast((one) => one.event === event);
		return found && JSON.parse(found.data);
	}

	/** Takes nothing in any more, like a phone in a lift. */
	pause(): void {
		this.#answer.pause();
	}

	goOn(): void {
		this.#answer.resume();
	}

	leave(): void {
		this.#answer.destroy();
	}

	/** Resolves when what was heard is as it should be; twenty seconds at most. */
	async until(isSo: (hearer: this) => boolean): Promise<void> {
		const until = performance.now() + 20_000;
		while (!isSo(this)) {
			if (performance.now() > until) throw new Error(`heard only ${JSON.stringify(this.heard).slice(0, 2000)}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	#hear(text: string): void {
		this.#pieces.push(text);
		// what is long comes in many pieces, without a line's end in them
		if (!text.includes('\n')) return;
		const events = this.#pieces.join('').split('\n\n');
		this.#pieces = [events.pop()!];
		for (const lines of events) {
			const fields = new Map(lines.split('\n').map((line) => line.split(/: ?(.*)/s) as [string, string]));
			this.#id = fields.get('id') ?? this.#id;
			const event = fields.get('event');
			if (event !== undefined && event !== 'beat') this.heard.push({ event, data: fields.get('data') ?? '', id: this.#id });
		}
	}
}

/** @param last the name of what was heard last, when one comes back */
export function listenAt(address: string, last?: string): Promise<Hearer> {
	return new Promise((resolve, reject) => {
		const asked = request(address, {
			agent: false,
			headers: { connection: 'keep-alive', ...(last !== undefined && { 'last-event-id': last }) }
		});
		asked.on('response', (answer) => resolve(new Hearer(answer)));
		asked.on('error', reject).end();
	});
}
