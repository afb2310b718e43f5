import type { RequestEvent } from '@sveltejs/kit';
import type { EventOfTopic } from '#events/event.ts';
import { hubOfSecret } from '#events/hub-links.server.ts';
import type { Hub } from '#events/hubs.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import { keptSecret } from './secrets.server.ts';

export const hubCookie = 'hub';

/** The hub whose link this phone has open; refuses where it has none, or its link was taken back. */
export async function hubOfPhone(event: RequestEvent): Promise<{ hub: Hub; planned: EventOfTopic; at: Date }> {
	const context = contextOf(event);
	const at = momentOf(context);
	const secret = keptSecret(event, hubCookie);
	const found = secret === null ? null : await hubOfSecret(context.database, secret, at);
	if (!found) throw refusal('no-hub');
	return { ...found, at };
}
