import { kindOfFile, largestFile, mediaTypes } from '#contributions/intake/recognising.ts';
import type { FileStore } from '#files/store.server.ts';

/** The file of a form's field `file`; null where none was chosen. */
export function sentFile(typed: FormData): File | null {
	const file = typed.get('file');
	return file instanceof File && file.size > 0 ? file : null;
}

/** What can be told from the bytes at once is refused at once; the rest the job finds, and the page of the submission says it. */
export async function kept(files: FileStore, file: File): Promise<{ sha256: string; name: string }> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const mediaType = mediaTypes[kindOfFile(bytes)];
	const { sha256 } = await files.put([bytes], { mediaType, limit: largestFile });
	// browsers of old send the whole path
	const name = file.name.split(/[/\\]/u).at(-1) ?? '';
	return { sha256, name: name.replaceAll(/\p{Cc}/gu, '').slice(0, 200) || 'file' };
}
