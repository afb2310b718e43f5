import { copyFile, lstat, mkdir, open, readdir } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';

export interface Copied {
	files: number;
	bytes: number;
}

/**
 * Copies a folder to disk, waiting until it is there. What vanishes meanwhile is left out: PostgreSQL makes and removes files while it
 * is copied, and its log says what to do with those.
 */
export async function copyFolder(from: string, to: string, isWanted: (path: string) => boolean = () => true): Promise<Copied> {
	const copied: Copied = { files: 0, bytes: 0 };
	await copyBelow('');
	return copied;

	async function copyBelow(path: string): Promise<void> {
		await mkdir(join(to, path), { recursive: true, mode: 0o700 });
		for (const entry of await readdir(join(from, path), { withFileTypes: true })) {
			const inner = path === '' ? entry.name : `${path}/${entry.name}`;
			if (!isWanted(inner)) continue;
			if (entry.isDirectory()) await unlessGone(copyBelow(inner));
			else if (entry.isFile()) await unlessGone(copyOne(inner));
		}
	}

	async function copyOne(path: string): Promise<void> {
		await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE);
		const file = await open(join(to, path), 'r+');
		await file.sync();
		await file.close();
		copied.files++;
		copied.bytes += (await lstat(join(to, path))).size;
	}
}

async function unlessGone(work: Promise<void>): Promise<void> {
	try {
		await work;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}
