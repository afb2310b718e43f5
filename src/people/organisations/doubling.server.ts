import type { Queryable } from '#database/connection.server.ts';
import { probableDoubles, type NamedOrganisation, type ProbableDouble } from '#people/organisations/doubles.ts';
import { organisations } from '#people/organisations/reading.server.ts';

/** How many organisations are looked through for doubles: the newest, since older ones were looked through before. */
const mostLookedThrough = 4000;
const mostProposed = 100;

export interface NamedDouble extends ProbableDouble {
	readonly oneName: string;
	readonly otherName: string;
}

/**
 * Pairs that are probably one organisation, but for those of which somebody said that they are not. Looked for again only when a name, a
 * country, a join or such a word has come or gone since.
 */
export async function doubles(queryable: Queryable): Promise<NamedDouble[]> {
	const stamp = await stampOf(queryable);
	const before = found.get(queryable);
	const pairs = before?.stamp === stamp ? before.pairs : await lookFor(queryable);
	found.set(queryable, { stamp, pairs });
	return named(queryable, pairs);
}

// hung on the connection, so that two databases of a test never mix
const found = new WeakMap<object, { readonly stamp: string; readonly pairs: readonly ProbableDouble[] }>();

async function stampOf(queryable: Queryable): Promise<string> {
	const { rows } = await queryable.query<{ stamp: string }>(`
		select concat_ws(' ',
			(select count(*) || ' ' || max(added_at) from organisation_names),
			(select count(*) || ' ' || max(joined_at) from organisation_joins),
			(select count(*) from organisation_details),
			(select count(*) from organisation_distinctions)) as stamp`);
	return rows[0]!.stamp;
}

async function lookFor(queryable: Queryable): Promise<ProbableDouble[]> {
	const [{ rows: all }, { rows: distinct }] = await Promise.all([
		queryable.query<NamedOrganisation>(
			`
				select o."organisationId", o.country,
					(select array_agg(folded) from organisation_names n where n.organisation_id = o."organisationId") as names
				from (${organisations}) o
				order by o."organisationId" desc
				limit $1`,
			[mostLookedThrough]
		),
		queryable.query<{ pair: string }>(`select organisation_id || ' ' || other_id as pair from organisation_distinctions`)
	]);
	const apart = new Set(distinct.map(({ pair }) => pair));
	return probableDoubles(all, mostProposed + apart.size)
		.filter(({ one, other }) => !apart.has(`${one} ${other}`))
		.slice(0, mostProposed);
}

/** With the names as they are now. */
async function named(queryable: Queryable, pairs: readonly ProbableDouble[]): Promise<NamedDouble[]> {
	if (pairs.length === 0) return [];
	const { rows } = await queryable.query<{ id: string; name: string }>(
		`select organisation_id as id, name from organisation_names where is_main and organisation_id = any ($1::uuid[])`,
		[[...new Set(pairs.flatMap(({ one, other }) => [one, other]))]]
	);
	const names = new Map(rows.map(({ id, name }) => [id, name]));
	return pairs.map((pair) => ({ ...pair, oneName: names.get(pair.one) ?? '', otherName: names.get(pair.other) ?? '' }));
}
