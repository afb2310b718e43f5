import { redirect } from '@sveltejs/kit';
import { placeOfComment } from '#ideas/comments/pages.server.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn } from '#web/talk/idea-numbers.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** The address of a comment leads to the page where it stands: of the idea, where all fits on one, else of its own branch, below what it answers. */
export const GET: RequestHandler = async (event) => {
	const topic = await topicOfPage(event);
	const number = ideaNumberIn(event.params.comment);
	const { ideaNumber, fitsOnAPage } = await placeOfComment(contextOf(event).database, topic.topicId, number);
	const since = event.url.searchParams.get('since');
	// what is new below it
	if (since !== null && /^\d{1,9}$/.test(since))
		redirect(302, `${localized(event, `/topics/${topic.slug}/ideas/${ideaNumber}?branch=${number}&since=${since}`)}#comments`);
	// an address of its own, so that a browser that read the idea a moment ago does not show what it kept from before the comment
	const page = `/topics/${topic.slug}/ideas/${ideaNumber}?${fitsOnAPage ? 'after' : 'branch'}=${number}`;
	redirect(302, `${localized(event, page)}#comment-${number}`);
};
