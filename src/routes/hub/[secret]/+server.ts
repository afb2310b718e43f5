import { redirect } from '@sveltejs/kit';
import { hubOfSecret } from '#events/hub-links.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { hubCookie } from '#web/events/hub-of-phone.server.ts';
import { keepSecret } from '#web/events/secrets.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** The link of a hub: its secret stands in no address afterwards, and in no history. */
export const GET: RequestHandler = async (event) => {
	const context = contextOf(event);
	const { secret } = event.params;
	const found = await guessed(
		event,
		() => hubOfSecret(context.database, secret, momentOf(context)),
		(hub) => hub === null
	);
	if (!found) throw refusal('no-hub');
	keepSecret(event, hubCookie, secret, 14);
	redirect(303, localized(event, '/hub'));
};
