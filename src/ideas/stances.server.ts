import { isRapporteur } from '#activity/staff.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import type { Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';

export const stances = ['raises', 'supports', 'opposes'] as const;
export type Stance = (typeof stances)[number];

export interface Taking {
	readonly topicId: string;
	readonly passageId: string;
	/** the idea */
	readonly number: number;
	readonly stance: Stance;
	/** the rapporteur's account; null where the text is the idea's own form */
	readonly by: string | null;
}

/** What a passage says to an idea. One that was taken back before is taken anew. */
export async function stanceOf(transaction: Transaction, { topicId, passageId, number, stance, by }: Taking): Promise<void> {
	await transaction.query(
		`delete from stance_removals
		where topic_id = $1 and passage_id = $2 and idea_number = $3`,
		[topicId, passageId, number]
	);
	await transaction.query(
		`insert into stances (topic_id, passage_id, idea_number, stance, taken_at, taken_by)
		values ($1, $2, $3, $4, $5, $6)
		on conflict (topic_id, passage_id, idea_number)
			do update set stance = excluded.stance, taken_at = excluded.taken_at, taken_by = excluded.taken_by`,
		[topicId, passageId, number, stance, transaction.at, by]
	);
}

/** Undo: the row of the stance stays, with when and by whom it was taken back. */
export async function takeBackStance(
	transaction: Transaction,
	{ topicId, passageId, number }: Pick<Taking, 'topicId' | 'passageId' | 'number'>,
	actor: Actor
): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	const { rowCount } = await transaction.query(
		`insert into stance_removals (topic_id, passage_id, idea_number, removed_at, removed_by)
		select topic_id, passage_id, idea_number, $4, $5
		from stances
		where topic_id = $1 and passage_id = $2 and idea_number = $3
		on conflict do nothing`,
		[topicId, passageId, number, transaction.at, accountOf(actor)]
	);
	if (rowCount === 0) throw refusal('not-found');
}
