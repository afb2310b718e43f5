// Many who listen, in one process: counts what arrives.
import { connect, type Socket } from 'node:net';

const [port, listeners] = process.argv.slice(2).map(Number) as [number, number];
const sockets: Socket[] = [];
let deliveries = 0;
/** the highest number that each has heard, and how many it has heard */
const [last, heard] = [new Int32Array(listeners), new Int32Array(listeners)];

/** Some hundred at a time: a server takes so many who knock at once. */
async function join(): Promise<void> {
	for (let from = 0; from < listeners; from += 200)
		await Promise.all(
			Array.from({ length: Math.min(200, listeners - from) }, (_, at) => new Promise<void>((resolve) => open(from + at, resolve)))
		);
}

function open(index: number, begun: () => void): void {
	const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'));
	sockets.push(socket);
	socket.once('data', begun);
	socket.on('error', () => {});
	socket.on('data', (bytes) => {
		const text = bytes.toString('latin1');
		const found = text.matchAll(/\nid: (\d+)\n/g);
		let any = false;
		for (const [, id] of found) {
			any = true;
			heard[index]!++;
			if (Number(id) > last[index]!) last[index] = Number(id);
		}
		if (any) deliveries++;
	});
}

await join();
process.send!({ joined: sockets.length });
process.on('message', () => {
	const [highest, fewest, most] = [Math.max(...last), Math.min(...heard), Math.max(...heard)];
	process.send!({ deliveries, highest, fewest, most });
	for (const socket of sockets) socket.destroy();
	process.disconnect();
});
