import type { Attribution } from '#contributions/contribution.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { AuthorShown } from '#ideas/listing.server.ts';
import type { Say } from '#languages/speaking.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import type { Profile } from '#topics/participants/profile.ts';
import { organisationNameOf } from '#topics/participants/stating.server.ts';
import { groupName } from './group-names.server.ts';

/** Who speaks, in the reader's words, as far as the author chose to be known. */
export interface AuthorLine {
	readonly mode: Attribution;
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

/** The same, of somebody who says this of themselves. Who stands without a name, or said nothing yet, is known by nothing of it. */
export async function authorByProfile(
	queryable: Queryable,
	{ attribution, name }: Pick<AuthorShown, 'attribution' | 'name'>,
	profile: Profile | null,
	institution: Pick<Institution, 'texts'>,
	say: Say
): Promise<AuthorLine> {
	if (attribution === 'anonymous' || !profile)
		return authorLine({ attribution, name, organisation: null, groups: [], region: null }, institution, say);
	const { groups, region, organisationId } = profile;
	const organisation = organisationId === null ? null : await organisationNameOf(queryable, organisationId);
	return authorLine({ attribution, name, organisation, groups, region }, institution, say);
}
