import { profileShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { knownBy } from '#ideas/known-by.server.ts';
import { textCanBeSeen } from '#moderation/concealed.server.ts';

/** Something that people contributed in the name of an organisation, and that everybody can see under its name. */
export interface NamedThing {
	readonly topicId: string;
	readonly contributionId: string;
	readonly kind: 'idea' | 'comment' | 'submission';
	readonly number: number;
	/** an idea's point, a submission's title, the beginning of a comment */
	readonly words: string;
	readonly language: string;
	/** where its author wanted a name to stand */
	readonly name: string | null;
	readonly receivedAt: Date;
}

export const namedThingsOnAPage = 50;

/**
 * What stands under the organisation's name on public pages, gathered: contributions of anonymous authors never do, nor does what is held,
 * hidden, withdrawn or erased. An organisation that was joined into this one counts as it.
 */
export async function contributedInNameOf(
	queryable: Queryable,
	organisationId: string,
	{ before = null, most = namedThingsOnAPage }: { before?: string | null; most?: number } = {}
): Promise<NamedThing[]> {
	const { rows } = await queryable.query<NamedThing>(
		`
			select c.topic_id as "topicId", c.contribution_id as "contributionId", c.kind, thing.number, thing.words, c.language,
				(select n.name from contribution_names n
				where n.topic_id = c.topic_id and n.contribution_id = c.contribution_id and c.attribution = 'named') as name,
				c.received_at as "receivedAt"
			from ${shownUnder('$1')}
			${thing}
			where ($2::uuid is null or c.contribution_id < $2)
			order by c.contribution_id desc
			limit $3`,
		[organisationId, before, most]
	);
	return rows;
}

export interface NamedCounts {
	readonly ideas: number;
	readonly comments: number;
	readonly submissions: number;
}

/** How much stands under its name. */
export async function countInNameOf(queryable: Queryable, organisationId: string): Promise<NamedCounts> {
	const { rows } = await queryable.query<NamedCounts>(
		`
			select ${counts}
			from ${shownUnder('$1')}
			${thing}`,
		[organisationId]
	);
	return rows[0]!;
}

/** An organisation with what stands under its name. */
export interface OrganisationHeard extends NamedCounts {
	readonly organisationId: string;
	readonly name: string;
	readonly country: string | null;
}

/**
 * The organisations under whose names anything can be seen, by name; of one country where it is given. The country is what staff noted of
 * the organisation, never what a person said of themselves.
 */
export async function organisationsHeard(queryable: Queryable, country: string | null = null): Promise<OrganisationHeard[]> {
	const { rows } = await queryable.query<OrganisationHeard>(
		`
			select o.organisation_id as "organisationId", n.name, place.country, heard.*
			from organisations o
			join organisation_names n on n.organisation_id = o.organisation_id and n.is_main
			left join lateral (
				select true as is_later, d.country
				from organisation_details d
				where d.organisation_id = o.organisation_id
				order by d.version desc
				limit 1) as later on true
			-- of one that came with somebody's profile or form, the country is what they said there
			cross join lateral (select case when later.is_later then later.country when o.created_by is not null then o.country end as country) as place
			cross join lateral (
				select ${counts}
				from ${shownUnder('o.organisation_id')}
				${thing}
			) as heard
			where ($1::text is null or place.country = $1) and heard.ideas + heard.comments + heard.submissions > 0
				and not exists (select from organisation_joins j where j.organisation_id = o.organisation_id)
			order by n.folded, o.organisation_id
			limit 5000`,
		[country]
	);
	return rows;
}

/** The country that staff noted of the organisation; null where they noted none. */
export async function countryNoted(queryable: Queryable, organisationId: string): Promise<string | null> {
	const heard = await queryable.query<{ country: string | null }>(
		`
			select country from (
				select version, country from organisation_details where organisation_id = $1
				union all
				select 0, country from organisations where organisation_id = $1 and created_by is not null
			) as noted
			order by version desc
			limit 1`,
		[organisationId]
	);
	return heard.rows[0]?.country ?? null;
}

// as `c`, with the profile under which each was sent as `author`
function shownUnder(organisation: string): string {
	return `(
			select ${organisation}::uuid as organisation_id
			union
			select j.organisation_id from organisation_joins j where j.into_id = ${organisation}::uuid
		) as own
		join participant_profiles p using (organisation_id)
		join contributions c on c.topic_id = p.topic_id and c.participant_number = p.participant_number
			and c.profile_number = p.profile_number and ${textCanBeSeen('c')}
		join topic_publications published on published.topic_id = c.topic_id
		${profileShown('c').replace('left join', 'join')}`;
}

const thing = `cross join lateral (${knownBy('c', 'c.contribution_id')}) as thing`;

const counts = `
	count(*) filter (where c.kind = 'idea')::int as ideas,
	count(*) filter (where c.kind = 'comment')::int as comments,
	count(*) filter (where c.kind = 'submission')::int as submissions`;
