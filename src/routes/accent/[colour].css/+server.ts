import { accentStyles } from '#web/frame/accent.ts';
import { isColour } from '#web/frame/contrast.ts';
import { refusal } from '#refusals/refusal.ts';
import type { RequestHandler } from './$types';

/** The shades of an institution's accent: a function of the address alone, so that browsers keep it for a year. */
export const GET: RequestHandler = ({ params }) => {
	const colour = `#${params.colour}`;
	if (!isColour(colour)) throw refusal('not-found');
	return new Response(accentStyles(colour), {
		headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' }
	});
};
