import { hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The secret of the instance: OPEN_TALKS_SECRET, or the file `secret` of the data folder, made at its first use for its owner alone.
 * Two processes may come here at once: a finished file is linked into its place, which only one of them can do.
 */
export async function instanceSecret({ folder, secret }: { folder: string; secret?: string | undefined }): Promise<string> {
	if (secret) return secret;
	const file = join(folder, 'secret');
	const present = await readFile(file, 'utf8').catch(absent);
	if (present !== undefined) return present.trim();
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	const draft = `${file}.${randomBytes(6).toString('hex')}`;
	const handle = await open(draft, 'wx', 0o600);
	await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
	await handle.sync();
	await handle.close();
	await link(draft, file).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
	await unlink(draft);
	return (await readFile(file, 'utf8')).trim();
}

/** A key of its own for each purpose (HKDF-SHA256, 32 bytes), so that none tells another. */
export function keyFor(secret: string, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', `open-talks ${purpose}`, 32));
}

function absent(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}
