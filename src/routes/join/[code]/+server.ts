import { redirect } from '@sveltejs/kit';
import { localized } from '#web/answering.server.ts';
import { roomOfCode } from '#web/events/joining.server.ts';
import type { RequestHandler } from './$types';

/** Where the picture on the screen leads; a code that leads nowhere any more, to the page on which another can be typed. */
export const GET: RequestHandler = async (event) => {
	redirect(303, localized(event, (await roomOfCode(event, event.params.code)) ?? '/join'));
};
