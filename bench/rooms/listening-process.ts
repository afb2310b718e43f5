// One process that tells listeners what happens, ours or a bare one; its parent asks what it cost.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Connections } from '../../src/live/connections.server.ts';
import { Lists, type Told } from '../../src/live/lists.server.ts';

const [kind] = process.argv.slice(2) as ['ours' | 'bare'];
/** ms: as often as something happens, and as often as a bare server with a clock of its own tells it */
const [offeredEvery, mergedEvery] = [100, 255];

const listed = { topicId: 't', eventId: 'e' };
const rows: Told[] = [];
const data = JSON.stringify({ kind: 'floor', filling: 'x'.repeat(600) });
const connections = new Connections();
const lists = new Lists(
	(_, after) => Promise.resolve({ following: after.map((from) => ({ told: rows.slice(from), isAll: true })), figures: null }),
	connections
);
const sockets: Socket[] = [];
let joined = 0;
let told = 0;

function listen(response: ServerResponse): void {
	joined++;
	// each from a network of its own: the limit for a network is not what is measured
	if (kind === 'ours') lists.listen(listed, String(joined), rows.length, response);
	else {
		response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' }).flushHeaders();
		sockets.push(response.socket!);
	}
}

const server = createServer((_, response) => listen(response)).listen(0, '127.0.0.1', 8192, () => {
	process.send!({ port: (server.address() as AddressInfo).port });
});

let offering: NodeJS.Timeout | undefined;
let merging: NodeJS.Timeout | undefined;
process.on('message', (asked: 'memory' | 'begin' | 'end') => {
	if (asked === 'memory') {
		globalThis.gc?.();
		const { rss, heapUsed, external } = process.memoryUsage();
		process.send!({ rss, heapUsed, external, listeners: kind === 'ours' ? connections.size : sockets.length });
	}
	if (asked === 'begin') {
		told = rows.length;
		offering = setInterval(() => {
			rows.push({ number: rows.length + 1, kind: 'floor', data });
			lists.moved(listed);
		}, offeredEvery);
		if (kind === 'bare')
			merging = setInterval(() => {
				const shared = Buffer.from(
					rows
						.slice(told)
						.map((row) => `event: ${row.kind}\ndata: ${row.data}\nid: ${row.number}\n\n`)
						.join('')
				);
				told = rows.length;
				for (const socket of sockets) socket.write(shared);
			}, mergedEvery);
		process.send!({ cpu: process.cpuUsage() });
	}
	if (asked === 'end') {
		clearInterval(offering);
		clearInterval(merging);
		process.send!({ cpu: process.cpuUsage(), offered: rows.length });
	}
});
