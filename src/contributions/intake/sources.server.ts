import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { refusal } from '#refusals/refusal.ts';
import { isZip, readableZip, type ZipLimits } from './zips.ts';

/** Files that somebody hands over together: a folder or a zip. Names are paths within it, with `/`. */
export interface FileSource {
	readonly names: readonly string[];
	read(name: string): Promise<Uint8Array>;
}

/** What a zip of submissions may unpack to. */
export const importLimits: ZipLimits = { entries: 20_000, bytes: 1_000_000_000, ratio: 150 };
export const largestZip = 200 * 1024 * 1024;

export async function sourceAt(path: string): Promise<FileSource> {
	const found = await stat(path).catch(() => undefined);
	if (found === undefined) throw refusal('not-found');
	if (found.isDirectory()) return folderSource(path);
	if (found.size > largestZip) throw refusal('file-too-large', { megabytes: largestZip / 1024 / 1024 });
	return zipSource(await readFile(path));
}

async function folderSource(folder: string): Promise<FileSource> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const names = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
		.filter(isMeant)
		.sort();
	return { names, read: (name) => readFile(join(folder, name)) };
}

/** Entries are unpacked one at a time, so that a large zip takes no more memory than itself and its largest file. */
export function zipSource(bytes: Uint8Array): FileSource {
	if (!isZip(bytes)) throw refusal('zip-needed');
	const zip = readableZip(bytes, importLimits);
	return {
		names: zip.names.filter((name) => !name.endsWith('/') && isMeant(name)).sort(),
		async read(name) {
			const content = zip.read(name);
			if (!content) throw refusal('not-found');
			return content;
		}
	};
}

/** Leaves out what systems and archivers put beside the files of people. */
function isMeant(name: string): boolean {
	return !basename(name).startsWith('.') && !name.split('/').includes('__MACOSX') && basename(name) !== 'Thumbs.db';
}
