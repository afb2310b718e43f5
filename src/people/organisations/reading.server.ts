import type { Queryable } from '#database/connection.server.ts';
import { foldedName } from '#people/organisation-names.server.ts';
import type { Organisation, OrganisationKind } from '#people/organisations/organisation.ts';
import { refusal } from '#refusals/refusal.ts';

/** Organisations whose names contain the words, by name, a page of 50 after `after`; without words all of them. */
export async function organisationsFound(
	queryable: Queryable,
	{
		words = '',
		kind,
		after = ''
	}: { words?: string | undefined; kind?: OrganisationKind | undefined; after?: string | undefined } = {}
): Promise<(Organisation & { readonly folded: string; readonly aliases: readonly string[] })[]> {
	const folded = foldedName(words);
	const { rows } = await queryable.query<Organisation & { folded: string; aliases: string[] }>(
		`
			select *
			from (${organisations}) o
			where folded > $1
				and ($2 = '' or exists (
					select from organisation_names n
					left join organisation_joins j on j.organisation_id = n.organisation_id
					where coalesce(j.into_id, n.organisation_id) = o."organisationId" and n.folded like '%' || $2 || '%'))
				and ($3::text is null or kind = $3)
			order by folded, "organisationId"
			limit 50`,
		[after, folded, kind ?? null]
	);
	return rows;
}

export async function organisationById(queryable: Queryable, organisationId: string): Promise<Organisation> {
	const { rows } = await queryable.query<Organisation>(`select * from (${organisations}) o where "organisationId" = $1`, [
		organisationId
	]);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

/** The organisation that this one was joined into; itself where it stands alone. */
export async function currentId(queryable: Queryable, organisationId: string): Promise<string> {
	const { rows } = await queryable.query<{ into: string }>(
		`select into_id as into from organisation_joins where organisation_id = $1`,
		[organisationId]
	);
	return rows[0]?.into ?? organisationId;
}

export interface OrganisationFacts {
	readonly names: readonly {
		readonly name: string;
		readonly folded: string;
		readonly language: string;
		readonly isMain: boolean;
	}[];
	/** What was joined into it, each with the name it had. */
	readonly joined: readonly {
		readonly organisationId: string;
		readonly name: string;
		readonly joinedAt: Date;
		readonly reason: string | null;
	}[];
	readonly memberships: readonly { readonly membership: string; readonly since: Date }[];
	readonly domains: readonly { readonly domain: string; readonly confirmedAt: Date }[];
	readonly children: readonly { readonly organisationId: string; readonly name: string }[];
}

export async function factsOf(queryable: Queryable, organisationId: string): Promise<OrganisationFacts> {
	const [names, joined, memberships, domains, children] = await Promise.all([
		queryable.query<OrganisationFacts['names'][number]>(
			`
				select name, folded, language, is_main as "isMain"
				from organisation_names
				where organisation_id = $1
				order by is_main desc, added_at, folded`,
			[organisationId]
		),
		queryable.query<OrganisationFacts['joined'][number]>(
			`
				select j.organisation_id as "organisationId", n.name, j.joined_at as "joinedAt", j.reason
				from organisation_joins j
				join organisation_names n on n.organisation_id = j.organisation_id and n.is_main
				where j.chosen_id = $1
				order by j.joined_at, j.organisation_id`,
			[organisationId]
		),
		queryable.query<OrganisationFacts['memberships'][number]>(
			`
				select m.membership, m.since
				from memberships m
				join membership_kinds k on k.membership = m.membership
				where m.organisation_id = $1 and m.until is null
				order by k.position, m.membership`,
			[organisationId]
		),
		queryable.query<OrganisationFacts['domains'][number]>(
			`select domain, confirmed_at as "confirmedAt" from confirmed_domains where organisation_id = $1 order by domain`,
			[organisationId]
		),
		queryable.query<OrganisationFacts['children'][number]>(
			`select "organisationId", name from (${organisations}) o where "parentId" = $1 order by folded`,
			[organisationId]
		)
	]);
	return {
		names: names.rows,
		joined: joined.rows,
		memberships: memberships.rows,
		domains: domains.rows,
		children: children.rows
	};
}

/** The parents of an organisation, nearest first. */
export async function above(queryable: Queryable, organisationId: string): Promise<string[]> {
	const ids: string[] = [];
	for (let id: string | null = organisationId; id !== null && !ids.includes(id);) {
		const parent: string | null = (await organisationById(queryable, id)).parentId;
		if (parent !== null) ids.push(parent);
		id = parent;
	}
	return ids;
}

/** The kinds of membership of this institution, in their order. */
export async function membershipKinds(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ membership: string }>(
		`select membership from membership_kinds order by position, membership`
	);
	return rows.map(({ membership }) => membership);
}

/** Organisations that stand for themselves, with their latest details; what was joined into another is left out. */
export const organisations = `
	select o.organisation_id as "organisationId", n.name, n.folded, n.language,
		case when d.version is null then o.kind else d.kind end as kind,
		case when d.version is null then o.country else d.country end as country,
		coalesce(pj.into_id, p.parent_id) as "parentId",
		array(select a.name from organisation_names a where a.organisation_id = o.organisation_id and not a.is_main order by a.name) as aliases
	from organisations o
	join organisation_names n on n.organisation_id = o.organisation_id and n.is_main
	left join lateral (
		select version, kind, country, parent_id
		from organisation_details
		where organisation_id = o.organisation_id
		order by version desc
		limit 1
	) d on true
	cross join lateral (select case when d.version is null then o.parent_id else d.parent_id end as parent_id) p
	left join organisation_joins pj on pj.organisation_id = p.parent_id
	where not exists (select from organisation_joins j where j.organisation_id = o.organisation_id)`;
