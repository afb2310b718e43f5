import type { Say } from '#languages/speaking.ts';
import { inLanguage, type TextsOfThing } from '#languages/texts.server.ts';

/**
 * The kinds of membership with their names: the institution's own words, ours for those that every institution begins with, or the key.
 * @param texts of the institution
 */
export function membershipNames(texts: TextsOfThing, keys: readonly string[], say: Say): { value: string; label: string }[] {
	return keys.map((value) => {
		const own = inLanguage(texts[`membership-${value}`], [say.language]).text;
		const message = `memberships.${value}`;
		return { value, label: own || (say.knows(message) ? say(message) : value) };
	});
}
