import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of a ZIP archive, made as it is taken. */
export interface ZipEntry {
	readonly name: string;
	readonly pieces: AsyncIterable<string | Uint8Array>;
	/** told when it is whole */
	readonly written?: (entry: WrittenEntry) => void;
}

export interface WrittenEntry {
	readonly name: string;
	readonly size: number;
	/** hexadecimal */
	readonly sha256: string;
}

interface Placed {
	readonly name: Buffer;
	readonly checksum: number;
	readonly size: number;
	readonly packed: number;
	readonly offset: number;
}

/**
 * A ZIP archive as a stream: one file after another, compressed beside the work on the next piece; nothing is held but some pieces. Made of
 * the same pieces at the same moment it is the same to the byte. Archives of 4 GB and more would need another form and are refused.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>, at: Date): AsyncGenerator<Uint8Array> {
	const placed: Placed[] = [];
	let offset = 0;
	for await (const entry of entries) {
		const name = Buffer.from(entry.name);
		const digest = createHash('sha256');
		let [checksum, size, packed] = [0, 0, 0];
		const head = headOf(0x04034b50, name, at, { checksum: 0, size: 0, packed: 0 });
		yield Buffer.concat([head, name]);
		const counted = async function* () {
			for await (const piece of entry.pieces) {
				const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
				digest.update(bytes);
				checksum = crc32(bytes, checksum);
				size += bytes.length;
				yield bytes;
			}
		};
		for await (const bytes of deflated(counted())) {
			packed += bytes.length;
			yield bytes;
		}
		const sizes = Buffer.alloc(16);
		if (size > largest || offset + packed > largest) throw new Error(`the archive outgrows ${largest} bytes`);
		[0x08074b50, checksum, packed, size].forEach((value, place) => sizes.writeUInt32LE(value, place * 4));
		yield sizes;
		placed.push({ name, checksum, size, packed, offset });
		offset += head.length + name.length + packed + sizes.length;
		entry.written?.({ name: entry.name, size, sha256: digest.digest('hex') });
	}
	yield directory(placed, offset, at);
}

const largest = 0xffff_fffe;

async function* deflated(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	// fast rather than small: what is sent waits for it
	const deflate = createDeflateRaw({ level: 3, chunkSize: 65_536 });
	const feeding = (async () => {
		for await (const piece of pieces) if (!deflate.write(piece)) await once(deflate, 'drain');
		deflate.end();
	})();
	feeding.catch((error: unknown) => deflate.destroy(error as Error));
	for await (const bytes of deflate) yield bytes as Buffer;
	await feeding;
}

function directory(placed: readonly Placed[], offset: number, at: Date): Buffer {
	const lines = placed.map((one) => {
		const head = headOf(0x02014b50, one.name, at, one);
		head.writeUInt32LE(one.offset, 42);
		return Buffer.concat([head, one.name]);
	});
	const size = lines.reduce((sum, { length }) => sum + length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(placed.length, 8);
	end.writeUInt16LE(placed.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...lines, end]);
}

/** The head of a file (its sizes follow it) or its line in the directory. */
function headOf(
	mark: 0x04034b50 | 0x02014b50,
	name: Buffer,
	at: Date,
	sizes: Pick<Placed, 'checksum' | 'size' | 'packed'>
): Buffer {
	const isLine = mark === 0x02014b50;
	const head = Buffer.alloc(isLine ? 46 : 30);
	const from = isLine ? 6 : 4;
	head.writeUInt32LE(mark, 0);
	if (isLine) head.writeUInt16LE(20, 4);
	head.writeUInt16LE(20, from);
	// sizes come after the bytes; names are UTF-8
	head.writeUInt16LE(0x0808, from + 2);
	head.writeUInt16LE(8, from + 4);
	head.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), from + 6);
	head.writeUInt16LE(((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(), from + 8);
	head.writeUInt32LE(sizes.checksum, from + 10);
	head.writeUInt32LE(sizes.packed, from + 14);
	head.writeUInt32LE(sizes.size, from + 18);
	head.writeUInt16LE(name.length, from + 22);
	return head;
}
