import type { Queryable, Transaction } from '#database/connection.server.ts';
import type { Concealed, ModeratedKind } from '#moderation/rules.ts';

interface Thing {
	readonly kind: ModeratedKind;
	readonly thingId: string;
}

/** Why it cannot be seen now; null where it can. */
export async function concealmentOf(
	queryable: Queryable,
	{ topicId, ...thing }: Thing & { readonly topicId: string }
): Promise<Concealed | null> {
	return (await concealmentsOf(queryable, topicId, [thing])).get(`${thing.kind} ${thing.thingId}`) ?? null;
}

/** The same for many, by `kind thingId`; what can be seen is absent. */
export async function concealmentsOf(
	queryable: Queryable,
	topicId: string,
	things: readonly Thing[]
): Promise<Map<string, Concealed>> {
	const { rows } = await queryable.query<{ name: string; why: Concealed }>(
		`select kind || ' ' || thing_id as name, why
		from unnest($2::text[], $3::uuid[]) as asked (kind, thing_id)
		join concealments c using (kind, thing_id)
		where c.topic_id = $1`,
		[topicId, ...columns(things)]
	);
	return new Map(rows.map(({ name, why }) => [name, why]));
}

export async function conceal(
	transaction: Transaction,
	topicId: string,
	things: readonly Thing[],
	why: Concealed,
	heldBy: string | null = null
): Promise<void> {
	await transaction.query(
		`insert into concealments (topic_id, kind, thing_id, why, since, held_by)
		select $1, kind, thing_id, $4, $5, $6
		from unnest($2::text[], $3::uuid[]) as given (kind, thing_id)
		order by kind, thing_id
		on conflict (topic_id, kind, thing_id) do update
		set why = excluded.why, since = excluded.since, held_by = excluded.held_by`,
		[topicId, ...columns(things), why, transaction.at, heldBy]
	);
}

export async function reveal(transaction: Transaction, topicId: string, things: readonly Thing[]): Promise<void> {
	await transaction.query(
		`delete from concealments
		where topic_id = $1 and (kind, thing_id) in (select kind, thing_id from unnest($2::text[], $3::uuid[]) as given (kind, thing_id))`,
		[topicId, ...columns(things)]
	);
}

function columns(things: readonly Thing[]): [string[], string[]] {
	return [things.map(({ kind }) => kind), things.map(({ thingId }) => thingId)];
}
