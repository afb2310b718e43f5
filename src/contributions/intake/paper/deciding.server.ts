import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { lockForm, type FormOutcome } from './forms.server.ts';
import { mayHandlePaper } from './may.ts';

/** After which a form that somebody took on is free again. */
const minutesOfAClaim = 15;

/** Somebody says that they type this form now. Somebody else's stays theirs, unless it is taken over. @returns whether it is the asker's */
export async function claimForm(
	database: Database,
	topicId: string,
	number: number,
	actor: Actor,
	{ takesOver = false } = {}
): Promise<boolean> {
	if (!mayHandlePaper(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await lockForm(transaction, topicId, number);
		const { rowCount } = await transaction.query(
			`
				insert into paper_claims (topic_id, form_number, account_id, lapses_at)
				values ($1, $2, $3, $4::timestamptz + make_interval(mins => ${minutesOfAClaim}))
				on conflict (topic_id, form_number) do update
				set account_id = excluded.account_id, lapses_at = excluded.lapses_at
				where paper_claims.account_id = excluded.account_id or paper_claims.lapses_at <= $4 or $5`,
			[topicId, number, actor.accountId, transaction.at, takesOver]
		);
		return rowCount > 0;
	});
}

/** Nothing can be typed from it: nothing stands on it, or nobody can read it. It may be typed later, when somebody can. */
export async function passOver(
	database: Database,
	topicId: string,
	number: number,
	outcome: 'empty' | 'illegible',
	actor: Actor
): Promise<void> {
	if (!mayHandlePaper(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const before = await lockForm(transaction, topicId, number);
		refuseDone(before, number);
		if (before === outcome) return;
		await decide(transaction, topicId, number, outcome, accountOf(actor));
		const details = { form: number, outcome };
		await record(transaction, { topicId, actor, did: 'passed over', kind: 'paper', thingId: null, details });
	});
}

/** What was typed is not typed again, and what its writer took back is not typed at all. */
export function refuseDone(outcome: FormOutcome | null, number: number): void {
	if (outcome === 'typed') throw refusal('form-typed', { number });
	if (outcome === 'taken-back') throw refusal('form-taken-back', { number });
}

/** Notes what became of a locked form; nobody types it any more. */
export async function decide(
	transaction: Transaction,
	topicId: string,
	number: number,
	outcome: FormOutcome,
	by: string | null
): Promise<void> {
	await transaction.query(
		`
			insert into paper_outcomes (topic_id, form_number, version, outcome, decided_by, decided_at)
			select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
			from paper_outcomes
			where topic_id = $1 and form_number = $2`,
		[topicId, number, outcome, by, transaction.at]
	);
	await transaction.query(`delete from paper_claims where topic_id = $1 and form_number = $2`, [topicId, number]);
}

/** The contributions that were typed from a form. */
export async function noteTexts(
	transaction: Transaction,
	topicId: string,
	number: number,
	contributionIds: readonly string[]
): Promise<void> {
	await transaction.query(
		`insert into paper_texts (topic_id, contribution_id, form_number) select $1, id, $2 from unnest($3::uuid[]) as id`,
		[topicId, number, contributionIds]
	);
}

/** From which form a text was typed, by whom and when; null where it came another way. */
export async function paperOf(
	queryable: Queryable,
	topicId: string,
	contributionId: string
): Promise<{ number: number; typedAt: Date; typedBy: string | null } | null> {
	const { rows } = await queryable.query<{ number: number; typedAt: Date; typedBy: string | null }>(
		`
			select t.form_number as number, o.decided_at as "typedAt", nullif(a.name, '') as "typedBy"
			from paper_texts t
			join paper_outcomes o on o.topic_id = t.topic_id and o.form_number = t.form_number and o.outcome = 'typed'
			left join accounts a on a.account_id = o.decided_by
			where t.topic_id = $1 and t.contribution_id = $2`,
		[topicId, contributionId]
	);
	return rows[0] ?? null;
}
