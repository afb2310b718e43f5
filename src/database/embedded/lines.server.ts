import type { Readable } from 'node:stream';

/** Calls with each whole line; unlike node:readline it leaves the stream's errors to the stream. */
export function onLine(stream: Readable, heard: (line: string) => void): void {
	let rest = '';
	stream.setEncoding('utf8');
	stream.on('data', (piece: string) => {
		const lines = (rest + piece).split('\n');
		rest = lines.pop()!;
		for (const line of lines) heard(line);
	});
}
