import { json } from '@sveltejs/kit';
import { unlessRefused } from '#refusals/refusal.ts';
import { hostAsking, knownAt } from '#web/notebook/at-table.server.ts';
import { answered } from '#web/notebook/words.server.ts';
import type { RequestHandler } from './$types';

/** What a phone is to know of its table, asked now and then while the notebook is open; why it has none is no mistake of the phone's. */
export const GET: RequestHandler = (event) =>
	answered(event, async () => {
		const host = await unlessRefused(hostAsking(event));
		return json(
			host ? await knownAt(event, host) : { shut: { code: 'no-notebook', sentence: event.locals.say('refusals.no-notebook') } }
		);
	});
