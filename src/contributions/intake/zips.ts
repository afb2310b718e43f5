import { unzipSync, type UnzipFileInfo } from 'fflate';
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
