import { json } from '@sveltejs/kit';
import { lastMove } from '#events/moving.server.ts';
import { answersSoFar } from '#townhalls/polls/counting.server.ts';
import { supportsSoFar } from '#townhalls/questions/floor-questions.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventOfPage } from '#web/events/event-page.server.ts';
import type { RoomNow } from '#web/room/now.ts';
import type { RequestHandler } from './$types';

/** Whether something moved: a few bytes, the same for everybody, made once a second however many ask. */
export const GET: RequestHandler = async (event) => {
	const { planned } = await eventOfPage(event);
	const { database } = contextOf(event);
	const { topicId, eventId } = planned;
	const [moves, answers, supports] = await Promise.all([
		lastMove(database, topicId, eventId),
		answersSoFar(database, planned),
		supportsSoFar(database, planned)
	]);
	return json({ moves, answers, supports } satisfies RoomNow);
};
