import type { RequestEvent } from '@sveltejs/kit';
import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { instanceSecret } from '#database/secret.server.ts';
import { webhookEvents } from '#webhooks/events.ts';
import {
	addWebhook,
	endWebhook,
	lastMessages,
	rotateSecret,
	sendAgain,
	tryWebhook,
	webhooksOf
} from '#webhooks/keeping.server.ts';
import { sealingKey } from '#webhooks/signing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';

/** What the page of webhooks shows, of a topic or (nil topic) of the institution. */
export async function webhooksAtDesk(event: RequestEvent, topicId: string) {
	const { database } = contextOf(event);
	const [webhooks, messages] = await Promise.all([webhooksOf(database, topicId), lastMessages(database, topicId)]);
	return { webhooks, messages, events: webhookEvents, done: event.url.searchParams.get('done') };
}

const one = { webhook: z.uuid() };

/** @param place whose webhooks they are, and the address of their page */
export function webhookActions<Event extends RequestEvent>(place: (event: Event) => Promise<{ topicId: string; path: string }>) {
	const back = (event: Event, path: string, done: string): never => redirect(303, localized(event, `${path}?done=${done}`));
	return {
		add: answering(async (event: Event, typed) => {
			const form = z.object({
				address: z.string().trim().min(1, 'webhooks.address-missing').max(4000),
				events: z.array(z.enum(webhookEvents)).min(1, 'webhooks.events-missing')
			});
			const given = parse(form, typed, event.locals.say);
			const { topicId } = await place(event);
			const { database } = contextOf(event);
			const { secret } = await addWebhook(database, await keyOf(event), { topicId, ...given }, event.locals.actor);
			// shown in this answer and never again
			return { secret };
		}),
		rotate: answering(async (event: Event, typed) => {
			const { webhook: webhookId } = parse(z.object(one), typed, event.locals.say);
			const { topicId } = await place(event);
			return rotateSecret(contextOf(event).database, await keyOf(event), { topicId, webhookId }, event.locals.actor);
		}),
		try: answering(async (event: Event, typed) => {
			const { webhook: webhookId } = parse(z.object(one), typed, event.locals.say);
			const { topicId, path } = await place(event);
			await tryWebhook(contextOf(event).database, { topicId, webhookId }, event.locals.actor);
			back(event, path, 'tried');
		}),
		end: answering(async (event: Event, typed) => {
			const { webhook: webhookId } = parse(z.object(one), typed, event.locals.say);
			const { topicId, path } = await place(event);
			await endWebhook(contextOf(event).database, { topicId, webhookId }, event.locals.actor);
			back(event, path, 'ended');
		}),
		again: answering(async (event: Event, typed) => {
			const { webhook: webhookId, message: messageId } = parse(z.object({ ...one, message: z.uuid() }), typed, event.locals.say);
			const { topicId, path } = await place(event);
			await sendAgain(contextOf(event).database, { topicId, webhookId, messageId }, event.locals.actor);
			back(event, path, 'again');
		})
	};
}

async function keyOf(event: RequestEvent): Promise<Buffer> {
	const { data, secret } = contextOf(event).settings;
	return sealingKey(await instanceSecret({ folder: data, secret: secret ?? undefined }));
}
