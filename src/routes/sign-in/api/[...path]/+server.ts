import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { requestWithin, smallBody } from '#web/front/form-body.server.ts';
import type { RequestHandler } from './$types';

/** What passkeys and the way back from the provider need of the sign-in library; which is little, see answerLibrary. */
const answer: RequestHandler = async (event) => {
	limit(event, 'acting');
	const request = await requestWithin(event.request, smallBody);
	return guessed(
		event,
		() => contextOf(event).signIn.answer(request),
		({ status }) => status >= 400
	);
};

export { answer as GET, answer as POST };
