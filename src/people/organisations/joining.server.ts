import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayLookAfterOrganisations } from '#people/may.ts';
import { currentId } from '#people/organisations/reading.server.ts';

/**
 * Two organisations turned out to be one. Nothing is rewritten: whoever named the first is read as having named the second, its names
 * still find it, and the join can be taken back.
 */
export async function joinOrganisations(
	database: Database,
	organisationId: string,
	chosenId: string,
	actor: Actor,
	reason = ''
): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await oneAtATime(transaction);
		await refuseUnknown(transaction, [organisationId, chosenId]);
		const into = await currentId(transaction, chosenId);
		if (into === organisationId) throw refusal('organisation-circle');
		const { rowCount } = await transaction.query(
			`
				insert into organisation_joins (organisation_id, chosen_id, into_id, joined_at, joined_by, reason)
				values ($1, $2, $3, $4, $5, $6)
				on conflict (organisation_id) do nothing`,
			[organisationId, chosenId, into, transaction.at, accountOf(actor), reason || null]
		);
		if (rowCount === 0) throw refusal('changed-meanwhile');
		await followToTheEnd(transaction);
		const details = { into: chosenId };
		await record(transaction, {
			topicId: nilTopic,
			actor,
			did: 'joined',
			kind: 'organisation',
			thingId: organisationId,
			details,
			reason
		});
	});
}

/** Takes the join back: each stands for itself again, with all that named it. */
export async function splitOrganisation(database: Database, organisationId: string, actor: Actor, reason = ''): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await oneAtATime(transaction);
		const { rows } = await transaction.query<{ from: string }>(
			`delete from organisation_joins where organisation_id = $1 returning chosen_id as from`,
			[organisationId]
		);
		if (!rows[0]) throw refusal('not-found');
		await followToTheEnd(transaction);
		const details = { from: rows[0].from };
		await record(transaction, {
			topicId: nilTopic,
			actor,
			did: 'split',
			kind: 'organisation',
			thingId: organisationId,
			details,
			reason
		});
	});
}

/** They look alike and are not the same: they are not proposed again. */
export async function tellApart(database: Database, one: string, other: string, actor: Actor): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	const [first, second] = [one, other].sort();
	await inTransaction(database, async (transaction) => {
		await refuseUnknown(transaction, [one, other]);
		const { rowCount } = await transaction.query(
			`
				insert into organisation_distinctions (organisation_id, other_id, decided_at, decided_by)
				values ($1, $2, $3, $4)
				on conflict do nothing`,
			[first, second, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) return;
		const details = { other: second };
		await record(transaction, { topicId: nilTopic, actor, did: 'told apart', kind: 'organisation', thingId: first!, details });
	});
}

/** Writes into each join where it leads in the end, so that readers follow one step whatever was joined into what. */
async function followToTheEnd(transaction: Transaction): Promise<void> {
	await transaction.query(`
		with recursive followed as (
			select organisation_id, chosen_id as reached from organisation_joins
			union all
			select f.organisation_id, j.chosen_id
			from followed f
			join organisation_joins j on j.organisation_id = f.reached
		)
		update organisation_joins j
		set into_id = f.reached
		from followed f
		where f.organisation_id = j.organisation_id and j.into_id <> f.reached
			and not exists (select from organisation_joins further where further.organisation_id = f.reached)`);
}

// the lock of the counter: two joins that would make a circle together come one after the other
async function oneAtATime(transaction: Transaction): Promise<void> {
	await nextNumber(transaction, nilTopic, 'organisation-joins');
}

async function refuseUnknown(transaction: Transaction, ids: readonly string[]): Promise<void> {
	const { rowCount } = await transaction.query('select from organisations where organisation_id = any ($1::uuid[])', [ids]);
	if (rowCount !== new Set(ids).size) throw refusal('no-such-organisation');
}
