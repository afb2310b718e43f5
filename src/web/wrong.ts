import type { MessageKey } from '#languages/speaking.ts';

/** What the page of an error says besides the refusal's own sentence: a title, and what to do next. */
export function nextStepsAfter(status: number): { title: MessageKey; advice: MessageKey } {
	if (status === 404 || status === 410) return { title: 'web.wrong-missing', advice: 'web.wrong-missing-advice' };
	if (status === 401 || status === 403) return { title: 'web.wrong-forbidden', advice: 'web.wrong-forbidden-advice' };
	if (status === 429 || status === 503) return { title: 'web.wrong-busy', advice: 'web.wrong-busy-advice' };
	if (status < 500) return { title: 'web.wrong-refused', advice: 'web.wrong-refused-advice' };
	return { title: 'web.wrong-unexpected', advice: 'web.wrong-unexpected-advice' };
}
