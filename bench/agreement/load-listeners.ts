import { connect, type Socket } from 'node:net';
import { addressOfVisitor } from '../talk/requests.ts';
import { whatWasGiven } from '../talk/shipped.ts';

/** Many listeners, each from an address of its own; says on its first line that all hear, and at its end how much they heard. */
const { port, slug, listeners, milliseconds } = await whatWasGiven<ListenerLoad>();
let [heard, bytes, hearing] = [0, 0, 0];
const name = 'event: figures';
const sockets: Socket[] = [];
for (let begun = 0; begun < listeners; begun += 100) {
	await Promise.all(Array.from({ length: Math.min(100, listeners - begun) }, (_, at) => listen(begun + at)));
}
console.log(JSON.stringify({ hearing }));
[heard, bytes] = [0, 0];
const cpuBefore = process.cpuUsage();
await new Promise((resolve) => setTimeout(resolve, milliseconds));
const { user, system } = process.cpuUsage(cpuBefore);
const result: ListenerLoadResult = { hearing, heard, bytes, cpu: user + system };
console.log(JSON.stringify(result));
for (const socket of sockets) socket.destroy();

/** Resolves with the first figures. */
function listen(visitor: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () =>
			socket.write(
				`GET /api/v1/topics/${slug}/live HTTP/1.1\r\nHost: localhost:${port}\r\nX-Forwarded-For: ${addressOfVisitor(visitor)}\r\n\r\n`
			)
		);
		sockets.push(socket);
		// until the first figures, which may come in pieces
		let start: string | null = '';
		socket.on('data', (chunk) => {
			bytes += chunk.length;
			for (let at = chunk.indexOf(name); at >= 0; at = chunk.indexOf(name, at + 1)) heard++;
			if (start === null) return;
			start += chunk.toString('latin1');
			if (!start.includes(name)) return;
			start = null;
			hearing++;
			resolve();
		});
		socket.on('error', reject);
	});
}

export interface ListenerLoad {
	readonly port: number;
	readonly slug: string;
	readonly listeners: number;
	readonly milliseconds: number;
}

export interface ListenerLoadResult {
	readonly hearing: number;
	/** figures that reached somebody */
	readonly heard: number;
	readonly bytes: number;
	/** microseconds of the load's own process */
	readonly cpu: number;
}
