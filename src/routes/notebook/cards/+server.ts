import { mostCards, takeCards } from '#cafes/notes/taking.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { hostAsking } from '#web/notebook/at-table.server.ts';
import { answered, bodyOf, wordsAbout } from '#web/notebook/words.server.ts';
import type { RequestHandler } from './$types';

/** Cards of a table as its phone has them: a word about each comes back. A request is one small act, however many cards it brings. */
export const POST: RequestHandler = (event) =>
	answered(event, async () => {
		limit(event, 'acting');
		const host = await hostAsking(event);
		const body = await bodyOf(event, 8192 * mostCards);
		if (typeof body !== 'object' || body === null || !('cards' in body) || !Array.isArray(body.cards))
			throw refusal('unreadable');
		return wordsAbout(await takeCards(contextOf(event).database, host, body.cards), event);
	});
