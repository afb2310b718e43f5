import type { Actor } from '#activity/actor.ts';
import { forgetDetails, nextNumber } from '#activity/recording.server.ts';
import { nilTopic, type Queryable, type Transaction } from '#database/connection.server.ts';
import { mayLookAfterOrganisations } from '#people/may.ts';
import { foldsOf } from '#people/organisation-names.server.ts';
import { organisationById } from '#people/organisations/reading.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** An organisation with all that was joined into it: it is one, under several names. */
export interface WholeOrganisation {
	readonly ids: readonly string[];
	/** as they are found */
	readonly folded: readonly string[];
	readonly names: readonly string[];
}

export async function wholeOrganisation(queryable: Queryable, organisationId: string): Promise<WholeOrganisation> {
	await organisationById(queryable, organisationId);
	const { rows: joined } = await queryable.query<{ id: string }>(
		`select organisation_id as id from organisation_joins where into_id = $1 order by organisation_id`,
		[organisationId]
	);
	const ids = [organisationId, ...joined.map(({ id }) => id)];
	const { rows } = await queryable.query<{ name: string }>(
		`select name from organisation_names where organisation_id = any ($1::uuid[]) order by name`,
		[ids]
	);
	const names = rows.map(({ name }) => name);
	return { ids, names, folded: [...new Set(names.flatMap(foldsOf))] };
}

/**
 * Forgets an organisation, as this folder knows it: names, domains, memberships, what stood under it stands alone, and nobody
 * is invited for it. The caller has seen to it that no profile names it.
 */
export async function forgetOrganisation(transaction: Transaction, { ids }: WholeOrganisation, actor: Actor): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	// the lock of the counter: nobody joins it meanwhile
	await nextNumber(transaction, nilTopic, 'organisation-joins');
	for (const statement of [
		`update organisation_details set parent_id = null where parent_id = any ($1::uuid[])`,
		`update organisations set parent_id = null where parent_id = any ($1::uuid[])`,
		`update invitations set organisation_id = null where organisation_id = any ($1::uuid[])`,
		`delete from organisation_joins where organisation_id = any ($1::uuid[])`,
		`delete from organisations where organisation_id = any ($1::uuid[])`
	])
		await transaction.query(statement, [ids]);
	await forgetDetails(transaction, { topicId: nilTopic, kind: 'organisation' }, ids);
}
