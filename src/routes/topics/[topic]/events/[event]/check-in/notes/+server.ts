import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { checkIn, type CheckIn } from '#events/arriving.server.ts';
import { isRefusal, refusal, type Refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { doorListOf, doorOfPage } from '#web/events/door.server.ts';
import { surroundingsOf } from '#web/events/secrets.server.ts';
import type { Say } from '#languages/speaking.ts';
import type { RequestHandler } from './$types';

const notes = z.object({
	notes: z
		.array(
			z.object({
				id: z.uuid(),
				age: z.number(),
				registrationId: z.uuid().optional(),
				how: z.enum(['badge', 'name']).default('name'),
				name: z.string().max(400).optional(),
				group: z.string().max(80).nullish()
			})
		)
		.max(100)
});

/** The list as it is now: what other doors checked in, and who registered meanwhile. */
export const GET: RequestHandler = async (event) => {
	try {
		const { door, ...found } = await doorOfPage(event);
		// why a phone has no list is no mistake of its own
		if (!door) return json({ shut: reasonOf(refusal('not-allowed'), event.locals.say) });
		return json(await doorListOf(event, found));
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return said(error, event.locals.say);
	}
};

/** What a phone noted, in its order; the answer says of each id whether it was taken. */
export const POST: RequestHandler = async (event) => {
	const { say } = event.locals;
	try {
		limit(event, 'acting');
		const { door } = await doorOfPage(event);
		if (!door) throw refusal('not-allowed');
		const read = notes.safeParse(await event.request.json().catch(() => null));
		if (!read.success) throw refusal('invalid-request', { reason: '' });
		const { groups } = await institutionSeen(contextOf(event).database);
		const checkIns = read.data.notes.map(({ id, age, registrationId, how, name = '', group }): CheckIn => ({
			id,
			age,
			who: registrationId
				? { registrationId, how }
				: { name, group: group && groups.includes(group) ? group : null, region: null }
		}));
		const done = await checkIn(contextOf(event).database, door, checkIns, surroundingsOf(event));
		return json({
			words: done.map((one) =>
				one.state === 'accepted' ? one : { ...one, reason: { ...reasonOf(one.reason, say), values: one.reason.values } }
			)
		});
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return said(error, say);
	}
};

function said(refused: Refusal, say: Say): Response {
	const seconds = refused.values['seconds'];
	return json(reasonOf(refused, say), {
		status: refused.status,
		...(seconds && { headers: { 'retry-after': String(seconds) } })
	});
}

function reasonOf({ code, values }: Refusal, say: Say): { code: string; sentence: string } {
	const key = `refusals.${code}`;
	return { code, sentence: say.knows(key) ? say(key, values) : code };
}
