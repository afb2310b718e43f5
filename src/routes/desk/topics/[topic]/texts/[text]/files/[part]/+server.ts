import { submissionNumbered } from '#contributions/submissions.server.ts';
import { contextOf } from '#web/context.server.ts';
import { submittedFile } from '#web/sending/submitted-file.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A file of a text, for the rapporteurs of a draft too. */
export const GET: RequestHandler = async (event) => {
	const context = contextOf(event);
	const { topicId } = await topicOfPage(event, { drafts: true });
	const submission = await submissionNumbered(context.database, topicId, Number.parseInt(event.params.text, 10) || 0);
	return submittedFile(context, submission, event.params.part);
};
