import type { AuthorShown } from '#ideas/listing.server.ts';
import type { Say } from '#languages/speaking.ts';
import type { Institution } from '#topics/institution.server.ts';
import { groupName } from './group-names.server.ts';

/** Who speaks, in the reader's words, as far as the author chose to be known. */
export interface AuthorLine {
	readonly mode: 'named' | 'group' | 'anonymous';
	readonly name: string | null;
	readonly organisation: string | null;
	/** null where no page of it is to be led to */
	readonly organisationId: string | null;
	readonly groups: readonly string[];
	readonly region: string | null;
}

export function authorLine(author: AuthorShown, institution: Pick<Institution, 'texts'>, say: Say): AuthorLine {
	const { attribution, name, organisation, organisationId = null, groups, region } = author;
	const key = `regions.${region}`;
	return {
		mode: attribution,
		name,
		organisation,
		organisationId,
		groups: groups.map((group) => groupName(institution, group, say)),
		region: region === null ? null : say.knows(key) ? say(key) : region
	};
}
