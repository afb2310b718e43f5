import { json, type RequestEvent } from '@sveltejs/kit';
import type { CardAnswered } from '#cafes/notes/taking.server.ts';
import { isRefusal, type Refusal } from '#refusals/refusal.ts';
import { requestWithin } from '#web/front/form-body.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** What the outbox of a phone hears of each entry (`Word` in web/offline/outbox.ts). */
export function wordsAbout(answers: readonly CardAnswered[], { locals }: Pick<RequestEvent, 'locals'>): Response {
	return json({
		words: answers.map(({ id, refused }) =>
			refused ? { id, state: 'refused', reason: reasonOf(refused, locals) } : { id, state: 'accepted' }
		)
	});
}

/** Answers a script: a refusal as its code and its sentence, everything else as it is. */
export async function answered(event: RequestEvent, work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		if (!isRefusal(error)) throw error;
		const headers = new Headers();
		if (error.status === 429) headers.set('retry-after', String(error.values['seconds'] ?? 1));
		return json(reasonOf(error, event.locals), { status: error.status, headers });
	}
}

/** A body of so many bytes of JSON at most. */
export async function bodyOf(event: RequestEvent, most: number): Promise<unknown> {
	// a foreign page can send a form or plain text in somebody's name, but no JSON without asking first
	if (!event.request.headers.get('content-type')?.startsWith('application/json')) throw refusal('unreadable');
	try {
		return await (await requestWithin(event.request, most)).json();
	} catch (error) {
		throw isRefusal(error) ? error : Object.assign(refusal('unreadable'), { cause: error });
	}
}

function reasonOf({ code, values }: Refusal, { say }: App.Locals): { code: string; sentence: string } {
	const key = `refusals.${code}`;
	return { code, sentence: say.knows(key) ? say(key, values) : code };
}
