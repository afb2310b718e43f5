import type { Say } from '#languages/speaking.ts';
import { inLanguage } from '#languages/texts.server.ts';
import type { Institution } from '#topics/institution/institution.server.ts';

/** The name of a stakeholder group: the institution's own, or ours for the six that every institution begins with. */
export function groupName({ texts }: Pick<Institution, 'texts'>, key: string, say: Say): string {
	const own = inLanguage(texts[`group-${key}`], [say.language]).text;
	if (own) return own;
	const message = `groups.${key}`;
	return say.knows(message) ? say(message) : key;
}

/** All groups of the institution, for a form. */
export function groupOptions(institution: Institution, say: Say): { value: string; label: string }[] {
	return institution.groups.map((value) => ({ value, label: groupName(institution, value, say) }));
}
