import type { Say } from '#languages/speaking.ts';
import { inLanguage, type TextsOfThing } from '#languages/texts.server.ts';

/** The name of a stakeholder group: the institution's own, or ours for the six that every institution begins with. */
export function nameOfGroup(say: Say, key: string, institution: TextsOfThing): string {
	const own = inLanguage(institution[`group-${key}`], [say.language]).text;
	if (own) return own;
	const message = `groups.${key}`;
	return say.knows(message) ? say(message) : key;
}

export function nameOfRegion(say: Say, key: string): string {
	const message = `regions.${key}`;
	return say.knows(message) ? say(message) : key;
}
