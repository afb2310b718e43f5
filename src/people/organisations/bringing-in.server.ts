import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { nilTopic, type Transaction } from '#database/connection.server.ts';
import { mayLookAfterOrganisations } from '#people/may.ts';
import { foldedName, organisationsNamed, organisationsWith } from '#people/organisation-names.server.ts';
import type { OrganisationKind } from '#people/organisations/organisation.ts';
import { refusal } from '#refusals/refusal.ts';

export interface BroughtInOrganisation {
	readonly name: string;
	readonly aliases: readonly string[];
	readonly kind: OrganisationKind | null;
	readonly country: string | null;
	/** the name of the one above it, which is made where there is none; empty: none */
	readonly parent: string;
	readonly memberships: readonly string[];
}

/**
 * Organisations from a file. One that is there already, under any of its names, stays as it is; nobody's details are overwritten by a list.
 * Returns how many are new.
 */
export async function bringInOrganisations(
	transaction: Transaction,
	organisations: readonly BroughtInOrganisation[],
	actor: Actor,
	progress?: (done: number) => Promise<void>
): Promise<number> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	// whoever makes an organisation meanwhile waits here
	await nextNumber(transaction, nilTopic, 'organisations', 0);
	const there = await organisationsWith(
		transaction,
		organisations.map(({ name }) => name)
	);
	const fresh = organisations.filter((_, index) => there[index] === null);
	const ids = await organisationsNamed(transaction, fresh);
	const parents = await organisationsNamed(
		transaction,
		fresh.map(({ parent }) => ({ name: parent, country: null }))
	);
	for (const [index, { aliases, kind, country, memberships }] of fresh.entries()) {
		const id = ids[index];
		if (!id) continue;
		const names = [...new Map(aliases.map((name) => [foldedName(name), name]))].filter(([folded]) => folded !== '');
		if (names.length > 0) {
			await transaction.query(
				`
					insert into organisation_names (organisation_id, name, folded, is_main, added_at, added_by)
					select $1, name, folded, false, $4, $5
					from unnest($2::text[], $3::text[]) as given (name, folded)
					on conflict (organisation_id, folded) do nothing`,
				[id, names.map(([, name]) => name), names.map(([folded]) => folded), transaction.at, accountOf(actor)]
			);
		}
		const parentId = parents[index] === id ? null : parents[index];
		if (kind !== null || parentId) {
			await transaction.query(
				`
					insert into organisation_details (organisation_id, version, parent_id, kind, country, at, by)
					values ($1, 1, $2, $3, $4, $5, $6)
					on conflict do nothing`,
				[id, parentId ?? null, kind, country, transaction.at, accountOf(actor)]
			);
		}
		if (memberships.length > 0) {
			await transaction.query(
				`
					insert into memberships (organisation_id, membership, since, noted_by)
					select $1, membership, $3, $4
					from membership_kinds
					where membership = any ($2::text[])`,
				[id, memberships, transaction.at, accountOf(actor)]
			);
		}
		if (index % 500 === 499) await progress?.(index + 1);
	}
	return fresh.length;
}
