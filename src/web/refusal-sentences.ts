import type { Say } from '#languages/speaking.ts';

/** The sentence of a refusal that a job noted earlier, in the reader's language. */
export function refusalSentence(code: string, say: Say): string {
	const key = `refusals.${code}`;
	return say.knows(key) ? say(key, { megabytes: 20 }) : code;
}
