import { submissionNumbered } from '#contributions/submissions.server.ts';
import { contextOf } from '#web/context.server.ts';
import { submittedFile } from '#web/sending/submitted-file.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A file of a submission as it was sent, for everybody to keep. */
export const GET: RequestHandler = async (event) => {
	const context = contextOf(event);
	const { topicId } = await topicOfPage(event);
	const submission = await submissionNumbered(context.database, topicId, Number.parseInt(event.params.submission, 10) || 0);
	return submittedFile(context, submission, event.params.part);
};
