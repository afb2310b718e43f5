import type { Actor } from '#activity/actor.ts';
import { isModerator } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { Thing } from '#moderation/deciding.server.ts';
import { nameOf } from '#moderation/deciding.server.ts';
import { isAtTheDesk } from '#moderation/queue.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** After which what somebody took on is free again. */
export const minutesOfAClaim = 10;
/** As many as can be decided on at once. */
export const mostClaimed = 1000;

export interface Claim {
	readonly accountId: string;
	readonly name: string;
	readonly lapsesAt: Date;
}

/**
 * Somebody says that they work on these things; what somebody else works on stays theirs, unless it is taken over. What neither waits for a
 * decision nor is hidden by one is left out.
 * @returns the things that are the asker's now
 */
export async function claim(
	database: Database | Transaction,
	topicId: string,
	things: readonly Thing[],
	actor: Actor,
	{ takesOver = false } = {}
): Promise<Thing[]> {
	if (!isModerator(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	assertNotTooMany(things);
	return inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<Thing>(
			`insert into moderation_claims (topic_id, kind, thing_id, account_id, claimed_at, lapses_at)
			select $1, kind, thing_id, $4, $5::timestamptz, $5::timestamptz + make_interval(mins => ${minutesOfAClaim})
			from (select distinct * from unnest($2::text[], $3::uuid[])) as given (kind, thing_id)
			where ${isAtTheDesk('given')}
			order by kind, thing_id
			on conflict (topic_id, kind, thing_id) do update
			set account_id = excluded.account_id, claimed_at = excluded.claimed_at, lapses_at = excluded.lapses_at
			where moderation_claims.account_id = excluded.account_id or moderation_claims.lapses_at <= excluded.claimed_at or $6
			returning kind, thing_id as "thingId"`,
			[topicId, things.map(({ kind }) => kind), things.map(({ thingId }) => thingId), actor.accountId, transaction.at, takesOver]
		);
		const [only] = things;
		if (rows.length === 0 && only && things.length === 1) {
			const by = (await claimsOn(transaction, topicId, [only], transaction.at)).get(nameOf(only));
			throw by ? refusal('claimed', { name: by.name }) : refusal('not-found');
		}
		return rows;
	});
}

/** They are free again; those of others stay. */
export async function release(
	database: Database | Transaction,
	topicId: string,
	things: readonly Thing[],
	actor: Actor
): Promise<void> {
	if (!isModerator(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	assertNotTooMany(things);
	await database.query(
		`delete from moderation_claims
		where topic_id = $1 and thing_id = any ($2::uuid[]) and account_id = $3`,
		[topicId, things.map(({ thingId }) => thingId), actor.accountId]
	);
}

function assertNotTooMany(things: readonly Thing[]): void {
	if (things.length > mostClaimed) throw refusal('too-many-chosen', { most: mostClaimed });
}

/** Who works on what now, by `kind thingId`. */
export async function claimsOn(
	queryable: Queryable,
	topicId: string,
	things: readonly Thing[],
	at: Date
): Promise<Map<string, Claim>> {
	const { rows } = await queryable.query<Claim & Thing>(
		`select c.kind, c.thing_id as "thingId", c.account_id as "accountId", c.lapses_at as "lapsesAt",
			coalesce(nullif(a.name, ''), a.email, '') as name
		from moderation_claims c
		left join accounts a on a.account_id = c.account_id
		where c.topic_id = $1 and c.thing_id = any ($2::uuid[]) and c.lapses_at > $3`,
		[topicId, things.map(({ thingId }) => thingId), at]
	);
	return new Map(rows.map((row) => [nameOf(row), row]));
}
