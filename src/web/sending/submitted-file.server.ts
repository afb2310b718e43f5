import { Readable } from 'node:stream';
import { partsOf } from '#contributions/parts.server.ts';
import type { Submission } from '#contributions/submission.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Context } from '#web/context.server.ts';

/** A file as somebody sent it, byte for byte: to keep, never shown within our pages, whatever it contains. */
export async function submittedFile(context: Context, { topicId, contributionId }: Submission, part: string): Promise<Response> {
	const parts = await partsOf(context.database, topicId, contributionId);
	const file = parts.find((found) => String(found.part) === part)?.file;
	if (!file) throw refusal('not-found');
	const bytes = await context.files.open(file.sha256);
	return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': 'application/octet-stream',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
			'content-length': String(file.size),
			'content-security-policy': `default-src 'none'; sandbox`
		}
	});
}
