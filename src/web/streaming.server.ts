import { Readable } from 'node:stream';
import type { FileStore } from '#files/store.server.ts';

/**
 * The body of an answer that is sent while it is made or read: a slow reader holds a piece of it, not the whole. Text goes as bytes, since of
 * a text that is sent in one piece the server would not know the length.
 */
export function streamed(pieces: Iterable<string> | AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
	// Node's type of the same stream is not the browser's, in which an answer is declared
	return Readable.toWeb(Readable.from(bytesOf(pieces))) as ReadableStream<Uint8Array>;
}

/** A file that is made now, for the browser to keep. */
export function madeFile({
	mediaType,
	fileName,
	pieces
}: {
	readonly mediaType: string;
	/** ASCII */
	readonly fileName: string;
	readonly pieces: AsyncIterable<string | Uint8Array>;
}): Response {
	return new Response(streamed(pieces), {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'no-store'
		}
	});
}

/** A file as somebody sent it, byte for byte: to keep, never shown within our pages, whatever it contains. */
export async function keptFile(
	files: FileStore,
	{ sha256, name, size }: { readonly sha256: string; readonly name: string; readonly size: number | null }
): Promise<Response> {
	return new Response(streamed(await files.open(sha256)), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
			...(size !== null && { 'content-length': String(size) }),
			'content-security-policy': `default-src 'none'; sandbox`
		}
	});
}

async function* bytesOf(pieces: Iterable<string> | AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
	for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
