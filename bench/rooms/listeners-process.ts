// Many who listen, in one process: counts what arrives.
import { connect, type Socket } from 'node:net';

const [port, listeners] = process.argv.slice(2).map(Number) as [number, number];
const sockets: Socket[] = [];
let deliveries = 0;
/** the number that each heard last, and who heard one twice, out of its order, or not at all */
const [last, isWrong] = [new Int32Array(listeners), new Uint8Array(listeners)];

/** What a browser asks with. */
const asking = [
	'GET /api/v1/topics/internet-public-policy/events/2/live?after=0 HTTP/1.1',
	'host: talks.example.org',
	'user-agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
	'accept: text/event-stream',
	'accept-encoding: gzip, deflate, br, zstd',
	'accept-language: id-ID,id;q=0.9,en;q=0.8',
	'cache-control: no-cache',
	'connection: keep-alive',
	'cookie: __Host-visitor=AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB',
	'referer: https://talks.example.org/topics/internet-public-policy/events/2/here',
	'sec-fetch-dest: empty',
	'sec-fetch-mode: cors',
	'sec-fetch-site: same-origin'
];
const asked = `${asking.join('\r\n')}\r\n\r\n`;

/** Some hundred at a time: a server takes so many who knock at once. */
async function join(): Promise<void> {
	for (let from = 0; from < listeners; from += 200)
		await Promise.all(
			Array.from({ length: Math.min(200, listeners - from) }, (_, at) => new Promise<void>((resolve) => open(from + at, resolve)))
		);
}

function open(index: number, begun: () => void): void {
	const socket = connect(port, '127.0.0.1', () => socket.write(asked));
	sockets.push(socket);
	socket.once('data', begun);
	socket.on('error', () => {});
	socket.on('data', (bytes) => {
		let any = false;
		for (const [, id] of bytes.toString('latin1').matchAll(/\nid: (\d+)\n/g)) {
			any = true;
			if (Number(id) !== last[index]! + 1) isWrong[index] = 1;
			last[index] = Number(id);
		}
		if (any) deliveries++;
	});
}

await join();
process.send!({ joined: sockets.length });
process.on('message', ({ offered }: { offered: number }) => {
	const wrong = sockets.filter((_, index) => isWrong[index] === 1 || last[index] !== offered).length;
	process.send!({ deliveries, wrong });
	for (const socket of sockets) socket.destroy();
	process.disconnect();
});
