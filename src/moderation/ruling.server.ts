import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { conceal } from '#moderation/concealing.server.ts';
import { lockRules } from '#moderation/locking.server.ts';
import { noteLikeness } from '#moderation/noting-likeness.server.ts';
import { noticeSoon } from '#moderation/noticing.server.ts';
import { standingOf } from '#moderation/standing.server.ts';
import { hasLink, isHeldBy, ruleOfNewTopics, type Moderated, type ModerationRule, type Suspicion } from '#moderation/rules.ts';
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
export async function setModerationRule(
	database: Database | Transaction,
	topicId: string,
	rule: ModerationRule,
	actor: Actor
): Promise<void> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockRules(transaction, topicId);
		const before = await moderationRuleOf(transaction, topicId);
		if (before === rule) return;
		await transaction.query(
			`insert into moderation_rules (topic_id, version, rule, set_at, set_by)
			select $1, coalesce(max(version), 0) + 1, $2, $3, $4
			from moderation_rules
			where topic_id = $1`,
			[topicId, rule, transaction.at, accountOf(actor)]
		);
		const details = { before, rule };
		await record(transaction, { topicId, actor, did: 'set', kind: 'moderation-rule', thingId: null, details });
	});
}

/** What arrives, or comes back changed by its author. */
export interface Arriving {
	readonly text: string;
	readonly participantNumber: number | null;
	/** why its sending looks like a program's: then it is looked at first, never refused */
	readonly suspicion?: Suspicion | null;
}

/**
 * Asked in the transaction that writes the thing: holds it where the topic's rule or its sending says so, and tells whether it did. Refuses
 * what a blocked author sends; of a trusted one nothing is held.
 */
export async function holdIfRuled(transaction: Transaction, thing: Moderated, arriving: Arriving): Promise<boolean> {
	const { text, participantNumber, suspicion = null } = arriving;
	const { topicId, kind, thingId } = thing;
	const author = participantNumber === null ? null : await standingOf(transaction, topicId, participantNumber);
	if (author?.standing === 'blocked') throw refusal('author-blocked');
	await noteLikeness(transaction, thing, arriving);
	const rule = await moderationRuleOf(transaction, topicId);
	const isFirst = rule === 'first-held' && !(await hasBeenPublished(transaction, thing, participantNumber));
	const isFirstLink =
		rule === 'first-links-held' && hasLink(text) && !(await hasPublishedLink(transaction, thing, participantNumber));
	const isRuled = author?.standing !== 'trusted' && isHeldBy(rule, { text, isFirst, isFirstLink });
	const heldBy = suspicion ?? (isRuled ? rule : null);
	if (heldBy === null) return false;
	await conceal(transaction, topicId, [thing], 'held', heldBy);
	await transaction.query(
		`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, reason, decided_at)
		values ($1, $2, $3, $4, 'held', $5, $6)`,
		[topicId, uuidv7(), kind, thingId, heldBy, transaction.at]
	);
	await noticeSoon(transaction, topicId);
	return true;
}

/**
 * Whether the public has seen anything else by this participant: a thing has the id of its contribution. What was taken back while it was
 * held or hidden says nothing for its author, and a suggested wording that became an idea is held and hidden as that.
 */
async function hasBeenPublished(transaction: Transaction, thing: Moderated, participantNumber: number | null): Promise<boolean> {
	if (participantNumber === null) return false;
	const { rowCount } = await transaction.query(`select ${publishedBefore} limit 1`, [
		thing.topicId,
		participantNumber,
		thing.thingId
	]);
	return rowCount > 0;
}

/** Whether the public has seen a link in anything else by this participant; of somebody who sent hundreds of texts, in the latest. */
async function hasPublishedLink(transaction: Transaction, thing: Moderated, participantNumber: number | null): Promise<boolean> {
	if (participantNumber === null) return false;
	const { rows } = await transaction.query<{ text: string }>(
		`select (
			select left(v.text, 20000)
			from contribution_versions v
			where v.topic_id = c.topic_id and v.contribution_id = c.contribution_id
			order by v.version desc
			limit 1
		) as text
		${publishedBefore}
		order by c.contribution_id desc
		limit 200`,
		[thing.topicId, participantNumber, thing.thingId]
	);
	return rows.some(({ text }) => hasLink(text));
}

const publishedBefore = `
	from contributions c
	where c.topic_id = $1 and c.participant_number = $2 and c.contribution_id <> $3
		and not exists (
			select from concealments h
			where h.topic_id = c.topic_id and h.kind in (c.kind, 'idea') and h.thing_id = c.contribution_id
				and (h.why in ('held', 'hidden') or (
					select decision
					from moderation_decisions d
					where d.topic_id = h.topic_id and d.kind = h.kind and d.thing_id = h.thing_id
						and d.decision not in ('redacted', 'undone')
					order by decision_id desc
					limit 1
				) in ('held', 'hidden'))
		)`;
