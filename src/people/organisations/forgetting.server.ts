import type { Transaction } from '#database/connection.server.ts';

/**
 * Forgets organisations that came into being because one person named them, and that nobody has looked after since: the name goes with the
 * person. The caller has seen that no profile names them.
 */
export async function forgetUnused(transaction: Transaction, organisationIds: readonly string[]): Promise<void> {
	await transaction.query(
		`
			delete from organisations o
			where organisation_id = any ($1::uuid[]) and created_by is null
				and not exists (select from organisation_names n where n.organisation_id = o.organisation_id and n.added_by is not null)
				and not exists (select from organisation_details d where d.organisation_id = o.organisation_id or d.parent_id = o.organisation_id)
				and not exists (select from organisations other where other.parent_id = o.organisation_id)
				and not exists (select from organisation_joins j where o.organisation_id in (j.organisation_id, j.into_id, j.chosen_id))
				and not exists (select from organisation_distinctions d where o.organisation_id in (d.organisation_id, d.other_id))
				and not exists (select from memberships m where m.organisation_id = o.organisation_id)
				and not exists (select from confirmed_domains d where d.organisation_id = o.organisation_id)
				and not exists (select from invitations i where i.organisation_id = o.organisation_id)`,
		[organisationIds]
	);
}
