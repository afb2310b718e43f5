import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayLookAfterOrganisations } from '#people/may.ts';
import { foldedName } from '#people/organisation-names.server.ts';
import { domainOf, isEverybodysDomain, mayStandUnder, type OrganisationKind } from '#people/organisations/organisation.ts';
import { above, organisationById } from '#people/organisations/reading.server.ts';

/** Another name by which it is found; as the main one it is shown. A name that it has already becomes the main one. */
export async function addName(
	database: Database,
	organisationId: string,
	{ name, language, isMain }: { name: string; language: string; isMain: boolean },
	actor: Actor
): Promise<void> {
	const folded = foldedName(name);
	if (folded === '') throw refusal('unusable-text', { reason: 'empty', max: 0 });
	await change(database, { organisationId, actor, did: 'named', details: { name } }, async (transaction) => {
		if (isMain)
			await transaction.query('update organisation_names set is_main = false where organisation_id = $1 and is_main', [
				organisationId
			]);
		await transaction.query(
			`
				insert into organisation_names (organisation_id, name, folded, language, is_main, added_at, added_by)
				values ($1, $2, $3, $4, $5, $6, $7)
				on conflict (organisation_id, folded) do update
				set name = excluded.name, language = excluded.language, is_main = organisation_names.is_main or excluded.is_main`,
			[organisationId, name.trim(), folded, language, isMain, transaction.at, accountOf(actor)]
		);
	});
}

/** Takes an alias away that was wrong; the main name stays. */
export async function removeName(database: Database, organisationId: string, folded: string, actor: Actor): Promise<void> {
	await change(database, { organisationId, actor, did: 'unnamed', details: { folded } }, (transaction) =>
		transaction.query('delete from organisation_names where organisation_id = $1 and folded = $2 and not is_main', [
			organisationId,
			folded
		])
	);
}

export interface OrganisationDetails {
	readonly kind: OrganisationKind | null;
	readonly country: string | null;
	readonly parentId: string | null;
}

export async function changeDetails(
	database: Database,
	organisationId: string,
	{ kind, country, parentId }: OrganisationDetails,
	actor: Actor
): Promise<void> {
	await change(
		database,
		{ organisationId, actor, did: 'changed', details: { kind, country, parent: parentId } },
		async (transaction) => {
			// the lock of the counter: two changes that would make a circle together come one after the other
			await nextNumber(transaction, nilTopic, 'organisation-parents');
			if (parentId !== null) {
				await organisationById(transaction, parentId);
				if (!mayStandUnder(organisationId, parentId, await above(transaction, parentId))) throw refusal('organisation-circle');
			}
			await transaction.query(
				`
				insert into organisation_details (organisation_id, version, parent_id, kind, country, at, by)
				select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6
				from organisation_details
				where organisation_id = $1`,
				[organisationId, parentId, kind, country, transaction.at, accountOf(actor)]
			);
		}
	);
}

/** Notes of which kinds it is a member now: new ones begin, those left out end. */
export async function changeMemberships(
	database: Database,
	organisationId: string,
	memberships: readonly string[],
	actor: Actor
): Promise<void> {
	await change(database, { organisationId, actor, did: 'changed memberships', details: { memberships } }, async (transaction) => {
		await transaction.query(
			`
				update memberships
				set until = $3
				where organisation_id = $1 and until is null and membership <> all ($2::text[])`,
			[organisationId, memberships, transaction.at]
		);
		await transaction.query(
			`
				insert into memberships (organisation_id, membership, since, noted_by)
				select $1, k.membership, $3, $4
				from membership_kinds k
				where k.membership = any ($2::text[])
					and not exists (
						select from memberships m
						where m.organisation_id = $1 and m.membership = k.membership and m.until is null)`,
			[organisationId, memberships, transaction.at, accountOf(actor)]
		);
	});
}

/** Accounts with an address of this domain are from now on organisation-verified. */
export async function confirmDomain(database: Database, organisationId: string, domain: string, actor: Actor): Promise<void> {
	const host = domainOf(domain);
	if (host === null) throw refusal('domain-unusable');
	if (isEverybodysDomain(host)) throw refusal('domain-of-everybody', { domain: host });
	await change(database, { organisationId, actor, did: 'confirmed domain', details: { domain: host } }, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				insert into confirmed_domains (domain, organisation_id, confirmed_at, confirmed_by)
				values ($1, $2, $3, $4)
				on conflict (domain) do nothing`,
			[host, organisationId, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) throw refusal('domain-taken', { domain: host });
	});
}

/** What was given under the confirmed domain keeps the assurance that it had then. */
export async function removeDomain(database: Database, organisationId: string, domain: string, actor: Actor): Promise<void> {
	await change(database, { organisationId, actor, did: 'removed domain', details: { domain } }, (transaction) =>
		transaction.query('delete from confirmed_domains where organisation_id = $1 and domain = $2', [organisationId, domain])
	);
}

/** A further kind of membership of this institution; its names are written by the page as texts of the institution. */
export async function addMembershipKind(database: Database | Transaction, membership: string, actor: Actor): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				insert into membership_kinds (membership, position, added_at)
				select $1, coalesce(max(position), 0) + 1, $2
				from membership_kinds
				on conflict (membership) do nothing`,
			[membership, transaction.at]
		);
		if (rowCount === 0) return;
		const details = { membership };
		await record(transaction, { topicId: nilTopic, actor, did: 'added', kind: 'membership-kind', thingId: null, details });
	});
}

interface Change {
	readonly organisationId: string;
	readonly actor: Actor;
	readonly did: string;
	readonly details: Readonly<Record<string, unknown>>;
}

async function change(
	database: Database,
	{ organisationId, actor, did, details }: Change,
	work: (transaction: Transaction) => Promise<unknown>
): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await organisationById(transaction, organisationId);
		await work(transaction);
		await record(transaction, { topicId: nilTopic, actor, did, kind: 'organisation', thingId: organisationId, details });
	});
}
