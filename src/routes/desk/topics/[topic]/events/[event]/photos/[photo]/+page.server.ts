import { answering } from '#web/answering.server.ts';
import { takeFiling, takeThrowing } from '#web/cafes/photos.server.ts';
import { takeAgain, takeBack, takeCard, takeEnd, takeOpening, takeOver, typingPage } from '#web/cafes/typing-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => typingPage(event);

export const actions: Actions = {
	card: answering(takeCard),
	'take-back': answering(takeBack),
	'lay-again': answering(takeAgain),
	typed: answering(async (event) => takeEnd(event, 'typed')),
	'passed-over': answering(async (event) => takeEnd(event, 'passed-over')),
	open: answering(takeOpening),
	'take-over': answering(takeOver),
	file: answering(takeFiling),
	'throw-away': answering(takeThrowing)
};
