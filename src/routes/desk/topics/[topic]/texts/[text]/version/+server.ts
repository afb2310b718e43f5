import { json } from '@sveltejs/kit';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { deskVersion } from '#ideas/drawing/highlights.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** Whether somebody else has drawn from this text since: asked by the open page now and then. */
export const GET: RequestHandler = async (event) => {
	const { database } = contextOf(event);
	const { topicId } = await topicOfPage(event, { drafts: true });
	const { contributionId } = await submissionNumbered(database, topicId, Number.parseInt(event.params.text, 10) || 0);
	return json({ version: await deskVersion(database, topicId, contributionId) });
};
