import { inflateSync, strFromU8, unzipSync, type UnzipFileInfo } from 'fflate';
import { isRefusal, refusal } from '#refusals/refusal.ts';

/** What a zip may hold before anything of it is unpacked, in bytes and entries. */
export interface ZipLimits {
	readonly entries: number;
	readonly bytes: number;
	/** how many times larger than the whole zip its contents may be, once they are larger than `harmless` */
	readonly ratio: number;
}

/** Documents hold XML, which shrinks well; a bomb shrinks a thousand times. */
export const documentLimits: ZipLimits = { entries: 10_000, bytes: 200_000_000, ratio: 150 };

const harmless = 5_000_000;

export function isZip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/** The names in a zip, without unpacking one; refused where their sizes together are more than anyone would send. */
export function zipNames(bytes: Uint8Array, limits: ZipLimits): string[] {
	const entries: UnzipFileInfo[] = [];
	reading(() => unzipSync(bytes, { filter: (entry) => entries.push(entry) < 0 }));
	const total = entries.reduce((sum, entry) => sum + entry.originalSize, 0);
	const tooDense = total > harmless && total > bytes.length * limits.ratio;
	if (entries.length > limits.entries || total > limits.bytes || tooDense) throw refusal('file-inflates');
	return entries.map((entry) => entry.name);
}

/**
 * Unpacks the entries that are wanted. Sizes are those that the zip declares: each entry is written into a space of its declared size and
 * no further, so that a zip that lies about its sizes gives broken entries, never more memory.
 */
export function unzipped(bytes: Uint8Array, limits: ZipLimits, isWanted: (name: string) => boolean): Map<string, Uint8Array> {
	zipNames(bytes, limits);
	return new Map(
		Object.entries(reading(() => unzipSync(bytes, { filter: (entry) => !entry.name.endsWith('/') && isWanted(entry.name) })))
	);
}

function reading<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (isRefusal(error)) throw error;
		throw Object.assign(refusal('file-broken'), { cause: error });
	}
}

/** A zip whose entries were found once: each is read without looking through the others, however many there are. */
export interface ReadableZip {
	readonly names: readonly string[];
	/** the contents, within their declared size; undefined where there is none of this name */
	read(name: string): Uint8Array | undefined;
}

export function readableZip(bytes: Uint8Array, limits: ZipLimits): ReadableZip {
	const names = zipNames(bytes, limits);
	const entries = reading(() => directoryOf(bytes));
	return {
		names,
		read(name) {
			const entry = entries.get(name);
			return entry && reading(() => contentsOf(bytes, entry));
		}
	};
}

interface Entry {
	readonly method: number;
	readonly packed: number;
	readonly size: number;
	/** where its own header begins */
	readonly at: number;
}

const endMark = 0x06054b50;
const largeMark = 0xffffffff;

/** What stands at the end of a zip (APPNOTE.TXT 4.3.12 to 4.3.16; 4.5.3 where a number is too large for its place). */
function directoryOf(bytes: Uint8Array): Map<string, Entry> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const [u16, u32] = [(at: number) => view.getUint16(at, true), (at: number) => view.getUint32(at, true)];
	const u64 = (at: number) => u32(at) + u32(at + 4) * 2 ** 32;
	let end = bytes.length - 22;
	while (u32(end) !== endMark) end--;
	const isLarge = u16(end + 10) === 0xffff || u32(end + 16) === largeMark;
	const largeEnd = isLarge ? u64(end - 12) : 0;
	const count = isLarge ? u64(largeEnd + 32) : u16(end + 10);
	let at = isLarge ? u64(largeEnd + 48) : u32(end + 16);
	const entries = new Map<string, Entry>();
	for (let number = 0; number < count; number++) {
		const nameEnd = at + 46 + u16(at + 28);
		const name = strFromU8(bytes.subarray(at + 46, nameEnd), (u16(at + 8) & 0x800) === 0);
		const next = nameEnd + u16(at + 30) + u16(at + 32);
		const numbers = { size: u32(at + 24), packed: u32(at + 20), at: u32(at + 42) };
		// in this order, and only those that had no place
		let large = extraAt(u16, nameEnd, nameEnd + u16(at + 30));
		for (const key of ['size', 'packed', 'at'] as const) {
			if (numbers[key] !== largeMark || large === null) continue;
			numbers[key] = u64(large);
			large += 8;
		}
		entries.set(name, { method: u16(at + 10), ...numbers });
		at = next;
	}
	return entries;
}

/** Where the large numbers of an entry stand; null where it has none. */
function extraAt(u16: (at: number) => number, begin: number, end: number): number | null {
	for (let at = begin; at + 4 <= end; at += 4 + u16(at + 2)) if (u16(at) === 1) return at + 4;
	return null;
}

function contentsOf(bytes: Uint8Array, { method, packed, size, at }: Entry): Uint8Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
	const data = bytes.subarray(begin, begin + packed);
	if (method === 0) return data.slice();
	if (method !== 8) throw refusal('file-broken');
	return inflateSync(data, { out: new Uint8Array(size) });
}
