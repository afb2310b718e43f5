import type { Queryable } from '#database/connection.server.ts';
import type { Say } from '#languages/speaking.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { institutionOf } from '#topics/institution.server.ts';

/** The kinds of membership with their names: the institution's own words, ours for those that every institution begins with, or the key. */
export async function membershipNames(
	queryable: Queryable,
	keys: readonly string[],
	say: Say
): Promise<{ value: string; label: string }[]> {
	const { texts } = await institutionOf(queryable);
	return keys.map((value) => {
		const own = inLanguage(texts[`membership-${value}`], [say.language]).text;
		const message = `memberships.${value}`;
		return { value, label: own || (say.knows(message) ? say(message) : value) };
	});
}
