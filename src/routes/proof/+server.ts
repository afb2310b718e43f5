import { contextOf } from '#web/context.server.ts';
import { isProofAsked } from '#web/sending/suspicion.server.ts';
import type { RequestHandler } from './$types';

/** The computation for who sends now, asked for by static/sending.js; nothing where none is asked. */
export const GET: RequestHandler = async (event) => {
	const headers = { 'cache-control': 'private, no-store' };
	if (!isProofAsked(event)) return new Response(null, { status: 204, headers });
	return Response.json(await contextOf(event).proofs.challenge(), { headers });
};
