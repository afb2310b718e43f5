import { giveFeedback, type Feedback } from '#cafes/notes/feedback.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { hostAsking } from '#web/notebook/at-table.server.ts';
import { answered, bodyOf, wordsAbout } from '#web/notebook/words.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) =>
	answered(event, async () => {
		limit(event, 'acting');
		const host = await hostAsking(event);
		const body = await bodyOf(event, 32_768);
		if (typeof body !== 'object' || body === null) throw refusal('unreadable');
		const { id, went, words, language } = body as Feedback;
		await giveFeedback(contextOf(event).database, host, { id, went, words, language: String(language) });
		return wordsAbout([{ id, refused: null }], event);
	});
