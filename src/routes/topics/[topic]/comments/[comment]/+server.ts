import { redirect } from '@sveltejs/kit';
import { pageOfComment } from '#ideas/comment-pages.server.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn } from '#web/talk/idea-numbers.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** The address of a comment leads to its place on the page where it stands today. */
export const GET: RequestHandler = async (event) => {
	const topic = await topicOfPage(event);
	const number = ideaNumberIn(event.params.comment);
	const { ideaNumber, from } = await pageOfComment(contextOf(event).database, topic.topicId, number);
	// an address of its own, so that a browser that read the idea a moment ago does not show what it kept from before the comment
	const page = `/topics/${topic.slug}/ideas/${ideaNumber}?after=${number}${from === null ? '' : `&from=${from}`}`;
	redirect(302, `${localized(event, page)}#comment-${number}`);
};
