import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** A grey picture of these square codes beside one another (none: an empty sheet), with room around; `turned` by a quarter of a turn. */
export function aPicture(codes: readonly string[], { turned = false, shade = 240 } = {}): Uint8Array {
	const [point, room] = [6, 60];
	const squares = codes.map((code) => encode(code, { border: 0 }).data);
	const side = Math.max(0, ...squares.map((square) => square.length * point)) + 2 * room;
	const isDark = (across: number, down: number) => {
		const square = squares[Math.floor(across / side)];
		const [column, row] = [Math.floor(((across % side) - room) / point), Math.floor((down - room) / point)];
		return square?.[row]?.[column] ?? false;
	};
	const [long, short] = [side * Math.max(1, squares.length), side];
	const [width, height] = turned ? [short, long] : [long, short];
	const rows = Array.from({ length: height }, (_, down) => {
		const row = Buffer.alloc(width + 1, shade);
		row[0] = 0;
		for (let across = 0; across < width; across++)
			if (turned ? isDark(down, width - 1 - across) : isDark(across, down)) row[across + 1] = 20;
		return row;
	});
	return png(width, height, deflateSync(Buffer.concat(rows)));
}

/** Some hundred bytes that promise so many points. */
export function aPictureOf(width: number, height: number): Uint8Array {
	return png(width, height, deflateSync(Buffer.alloc(1000)));
}

function png(width: number, height: number, points: Uint8Array): Uint8Array {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	// eight bits of grey
	head.set([8, 0, 0, 0, 0], 8);
	const chunks = [chunk('IHDR', head), chunk('IDAT', points), chunk('IEND', Buffer.alloc(0))];
	return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

function chunk(name: string, content: Uint8Array): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
	const whole = Buffer.alloc(body.length + 8);
	whole.writeUInt32BE(content.length, 0);
	whole.set(body, 4);
	whole.writeUInt32BE(crc32(body), body.length + 4);
	return whole;
}
