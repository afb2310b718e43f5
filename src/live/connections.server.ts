import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Listeners of one process, and of one network in it: a hall of 300 people with some windows each. */
const most = 12_000;
const mostOfNetwork = 1_000;

/** ms between signs of life, so that no proxy takes the connection for dead and every listener notices where it is */
const beatEvery = 15_000;
const beat = Buffer.from('event: beat\ndata:\n\n');

/** Somebody at the other end of a stream that does not end. */
export interface Connected {
	/** a sign of life, which whoever is slow does not get */
	beat(bytes: Buffer): void;
	end(): void;
}

/** All streams of server-sent events of one process, whatever they tell. */
export class Connections {
	readonly #connected = new Set<Connected>();
	readonly #ofNetwork = new Map<string, number>();
	#isClosed = false;
	#beating: NodeJS.Timeout | undefined;

	/** How many listen. */
	get size(): number {
		return this.#connected.size;
	}

	/**
	 * Begins the answer that does not end.
	 * @param left called when the listener has left
	 * @returns null, with nothing answered, where there is no room for one more
	 */
	open<Who extends Connected>(
		network: string,
		response: ServerResponse,
		connect: (socket: Socket) => Who,
		left: (who: Who) => void
	): Who | null {
		const ofNetwork = this.#ofNetwork.get(network) ?? 0;
		const { socket } = response;
		// behind an answer on the same connection that has not ended yet, and may never end
		if (socket === null) return null;
		if (this.#isClosed || this.size >= most || ofNetwork >= mostOfNetwork) return null;
		// not in chunks: what is told is encoded once, and the same bytes go to all
		response.removeHeader('transfer-encoding');
		response.writeHead(200, headers).flushHeaders();
		letGo(response, socket);
		const who = connect(socket);
		// they come back spread over some seconds, not all in the one in which this process is there again
		socket.write(`retry: ${1000 + Math.floor(4000 * Math.random())}\n\n`);
		this.#connected.add(who);
		this.#ofNetwork.set(network, ofNetwork + 1);
		this.#beating ??= setInterval(() => this.#beat(), beatEvery).unref();
		socket.once('close', () => {
			this.#leave(network, who);
			left(who);
		});
		return who;
	}

	/** Lets all go, and takes nobody else; they come back by themselves, to whichever process is there then. */
	close(): void {
		this.#isClosed = true;
		clearInterval(this.#beating);
		for (const who of this.#connected) who.end();
	}

	#leave(network: string, who: Connected): void {
		this.#connected.delete(who);
		const left = this.#ofNetwork.get(network)! - 1;
		if (left === 0) this.#ofNetwork.delete(network);
		else this.#ofNetwork.set(network, left);
		if (this.size > 0) return;
		clearInterval(this.#beating);
		this.#beating = undefined;
	}

	#beat(): void {
		for (const who of this.#connected) who.beat(beat);
	}
}

/**
 * What is told from here on goes to the socket itself (see Sending): what Node keeps of question and answer, with all that a browser says of
 * itself, would be a third of the memory of a listener.
 */
function letGo(response: ServerResponse, socket: Socket & { _httpMessage?: unknown }): void {
	const { req } = response;
	response.detachSocket(socket);
	socket._httpMessage = goesOn;
	req.headers = {};
	req.rawHeaders = [];
	req.url = '';
}

/** Stands for the answer in Node's eyes, one for all: whoever asks again on the same connection, well or badly, waits behind it as before. */
const goesOn = { finished: false, _headerSent: true, emit: () => false };

const headers = {
	'content-type': 'text/event-stream; charset=utf-8',
	// no-transform: a proxy that compresses would hold back what it has until there is more
	'cache-control': 'no-store, no-transform',
	'x-accel-buffering': 'no',
	// the connection ends with the answer: a process that ends waits for none of them
	connection: 'close',
	'x-content-type-options': 'nosniff',
	'cross-origin-resource-policy': 'same-origin'
};
