import { isModerator } from '#activity/staff.ts';
import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { isHeldBy, ruleOfNewTopics, type Moderated, type ModerationRule } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

export async function moderationRuleOf(queryable: Queryable, topicId: string): Promise<ModerationRule> {
	const { rows } = await queryable.query<{ rule: ModerationRule }>({
		name: 'moderation-rule',
		text: `
			select rule
			from moderation_rules
			where topic_id = $1
			order by version desc
			limit 1`,
		values: [topicId]
	});
	return rows[0]?.rule ?? ruleOfNewTopics;
}

/** The new rule holds for what comes from now on; what is already held or published stays as it is. */
export async function setModerationRule(database: Database, topicId: string, rule: ModerationRule, actor: Actor): Promise<void> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const before = await moderationRuleOf(transaction, topicId);
		if (before === rule) return;
		await transaction.query(
			`insert into moderation_rules (topic_id, version, rule, set_at, set_by)
			select $1, coalesce(max(version), 0) + 1, $2, $3, $4
			from moderation_rules
			where topic_id = $1`,
			[topicId, rule, transaction.at, actor.kind === 'account' ? actor.accountId : null]
		);
		await record(transaction, {
			topicId,
			actor,
			did: 'set',
			kind: 'moderation-rule',
			thingId: null,
			details: { before, rule }
		});
	});
}

/** Asked in the transaction that writes the thing: holds it where the topic's rule says so, and tells whether it did. */
export async function holdIfRuled(
	transaction: Transaction,
	thing: Moderated,
	{ text, participantNumber }: { text: string; participantNumber: number | null }
): Promise<boolean> {
	const rule = await moderationRuleOf(transaction, thing.topicId);
	const isFirst = rule === 'first-held' && !(await hasBeenPublished(transaction, thing, participantNumber));
	if (!isHeldBy(rule, { text, isFirst })) return false;
	const { topicId, kind, thingId } = thing;
	await transaction.query(
		`insert into concealments (topic_id, kind, thing_id, why, since)
		values ($1, $2, $3, 'held', $4)`,
		[topicId, kind, thingId, transaction.at]
	);
	await transaction.query(
		`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, reason, decided_at)
		values ($1, $2, $3, $4, 'held', $5, $6)`,
		[topicId, uuidv7(), kind, thingId, rule, transaction.at]
	);
	return true;
}

/**
 * Whether the public has seen anything else by this participant: a thing has the id of its contribution. What was taken back while it was
 * held or hidden says nothing for its author, and a suggested wording that became an idea is held and hidden as that.
 */
async function hasBeenPublished(transaction: Transaction, thing: Moderated, participantNumber: number | null): Promise<boolean> {
	if (participantNumber === null) return false;
	const { rowCount } = await transaction.query(
		`select from contributions c
		where c.topic_id = $1 and c.participant_number = $2 and c.contribution_id <> $3
			and not exists (
				select from concealments h
				where h.topic_id = c.topic_id and h.kind in (c.kind, 'idea') and h.thing_id = c.contribution_id
					and (h.why in ('held', 'hidden') or (
						select decision
						from moderation_decisions d
						where d.topic_id = h.topic_id and d.kind = h.kind and d.thing_id = h.thing_id
						order by decision_id desc
						limit 1
					) in ('held', 'hidden'))
			)
		limit 1`,
		[thing.topicId, participantNumber, thing.thingId]
	);
	return rowCount > 0;
}
