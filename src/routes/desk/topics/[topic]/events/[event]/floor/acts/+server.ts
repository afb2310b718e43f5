import { json } from '@sveltejs/kit';
import { doChairsActs } from '#townhalls/floor/chairing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventOfPage } from '#web/events/event-page.server.ts';
import { actsIn, deskView } from '#web/floor/floor-desk.server.ts';
import type { RequestHandler } from './$types';

/** What the desk shows now, for the page that asks for itself: one that has no network keeps what it had. */
export const GET: RequestHandler = async (event) => {
	const { topic, planned } = await eventOfPage(event, { atDesk: true });
	return json(await deskView(event, topic, planned));
};

/** What a chair did, here or while there was no network. */
export const POST: RequestHandler = async (event) => {
	limit(event, 'acting');
	const { topic, planned } = await eventOfPage(event, { atDesk: true });
	const sent = actsIn(await event.request.json().catch(() => null));
	if (!sent) throw refusal('invalid-request');
	const { database, lists } = contextOf(event);
	const { actor, say } = event.locals;
	const outcomes = [
		...(await doChairsActs(database, planned, sent, actor)),
		...sent.unusable.map((actId) => ({ actId, outcome: 'invalid-request' }))
	];
	lists.moved(planned);
	return json({
		outcomes: outcomes.map(({ actId, outcome }) => {
			const key = `refusals.${outcome}`;
			return { actId, outcome, sentence: say.knows(key) ? say(key, { what: '', reason: '', max: 0 }) : outcome };
		}),
		view: await deskView(event, topic, planned)
	});
};
