import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { contextOf, limit, requestOf, type Acting, type Env, type Request } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { proofBody } from '#api/schemas.ts';
import { nilTopic } from '#database/connection.server.ts';
import { rolesOf } from '#people/accounts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { networkOf } from '#web/front/addresses.server.ts';

const computation = createRoute({
	method: 'get',
	path: '/proof',
	summary: 'The small computation for who sends now',
	description: [
		'Asked only while very many texts come from your network; otherwise `challenge` is null.',
		'Find the first number whose SHA-256 of salt, nonce and the number (the bytes of the first two, which are hexadecimal, and four bytes,',
		'the highest first) begins with `keyPrefix` in hexadecimal. Send `{"challenge": …, "solution": {"counter": number, "derivedKey": digest}}`',
		'as the header `Proof` of the next text, once. Or wait as long as Retry-After says.'
	].join(' '),
	responses: { 200: json(proofBody, 'What to compute, or that nothing is asked'), ...refusals(429) }
});

export function addProof(api: OpenAPIHono<Env>): void {
	api.openapi(computation, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'acting');
		const challenge = secondsUntilSending(request) > 0 ? await contextOf(request).proofs.challenge() : null;
		return asked.json({ challenge }, 200);
	});
}

/** The header in which a program sends what it computed. */
export const proofHeader = z
	.string()
	.max(4000)
	.optional()
	.openapi({ description: 'Only where a text was refused as `proof-needed`: the solution of GET /proof, as JSON.' });

/**
 * Counts a text as the forms do. While too many come from its network, a program that computed nothing is told to, or to wait: nobody would see
 * that its text is held. Staff of the talk are known, and not counted.
 */
export async function countSending(request: Request, topicId: string, { token }: Acting, proof = ''): Promise<void> {
	const { limits, now, proofs, database } = contextOf(request);
	if (token) {
		const roles = await rolesOf(database, token.actor.accountId);
		if (roles.some((held) => held.topicId === nilTopic || held.topicId === topicId)) return;
	}
	const seconds = secondsUntilSending(request);
	if (seconds > 0 && !(await proofs.isSolved(proof))) throw refusal('proof-needed', { seconds });
	limits.take('sending', networkOf(request.openTalks.address), now());
}

function secondsUntilSending(request: Request): number {
	const { limits, now } = contextOf(request);
	return limits.wait('sending', networkOf(request.openTalks.address), now());
}
