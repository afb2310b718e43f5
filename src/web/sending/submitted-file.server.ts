import { partsOf } from '#contributions/parts.server.ts';
import type { Submission } from '#contributions/submission.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Context } from '#web/context.server.ts';
import { keptFile } from '#web/streaming.server.ts';

/** The file of one part, as it was sent; refuses `not-found` for a part without one. */
export async function submittedFile(context: Context, { topicId, contributionId }: Submission, part: string): Promise<Response> {
	const parts = await partsOf(context.database, topicId, contributionId);
	const file = parts.find((found) => String(found.part) === part)?.file;
	if (!file) throw refusal('not-found');
	return keptFile(context.files, file);
}
