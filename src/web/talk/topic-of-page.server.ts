import { redirect, type RequestEvent } from '@sveltejs/kit';
import { topicAt } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf, type Context } from '#web/context.server.ts';

type TopicEvent = Pick<RequestEvent, 'platform' | 'url' | 'request'> & { readonly params: { readonly topic: string } };

/**
 * The topic that the address of a page names. A draft is not found, but at the desk (`drafts`); an old address leads on to the same page
 * under the new one.
 */
export async function topicOfPage(event: TopicEvent, { drafts = false } = {}): Promise<Topic> {
	const { topic: slug } = event.params;
	const topic = await topicAt(contextOf(event).database, slug, { drafts });
	if (topic.slug !== slug && event.request.method === 'GET')
		redirect(308, event.url.pathname.replace(`/topics/${slug}`, `/topics/${topic.slug}`) + event.url.search);
	return topic;
}

/** Now, as a page tells it; what decides is the clock of the database, in the transaction of the act. */
export function momentOf(context: Context): Date {
	return new Date(Date.now() + context.database.clockShift);
}
