import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { textsOf, writeTexts, type TextsOfThing, type WrittenTexts } from '#languages/texts.server.ts';
import { lockRules } from '#moderation/locking.server.ts';
import { hidingReasons } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

/** A rule of one topic, beside those that hold in every one (one for each reason to hide). */
export interface HouseRule {
	readonly number: number;
	readonly ruleId: string;
	/** title, explanation */
	readonly texts: TextsOfThing;
	/** not applied any more; decisions that cited it still lead to it */
	readonly endedAt: Date | null;
}

export async function houseRules(queryable: Queryable, topicId: string): Promise<HouseRule[]> {
	const { rows } = await queryable.query<Omit<HouseRule, 'texts'>>(
		`select r.rule_number as number, r.rule_id as "ruleId", e.ended_at as "endedAt"
		from house_rules r
		left join house_rule_ends e using (topic_id, rule_number)
		where r.topic_id = $1
		order by r.rule_number`,
		[topicId]
	);
	const texts = await textsOf(
		queryable,
		topicId,
		rows.map(({ ruleId }) => ({ kind: 'house-rule', thingId: ruleId }))
	);
	return rows.map((rule) => ({ ...rule, texts: texts.get(rule.ruleId) ?? {} }));
}

/** A new rule takes the next number, after those that hold everywhere. */
export async function addHouseRule(database: Database, topicId: string, texts: WrittenTexts, actor: Actor): Promise<number> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	if (!Object.values(texts['title'] ?? {}).some((title) => title.trim() !== '')) throw refusal('title-missing');
	return inTransaction(database, async (transaction) => {
		const ruleId = uuidv7();
		await lockRules(transaction, topicId);
		const { rows } = await transaction.query<{ number: number }>(
			`insert into house_rules (topic_id, rule_number, rule_id, added_at, added_by)
			select $1, coalesce(max(rule_number), ${hidingReasons.length}) + 1, $2, $3, $4
			from house_rules
			where topic_id = $1
			returning rule_number as number`,
			[topicId, ruleId, transaction.at, accountOf(actor)]
		);
		const { number } = rows[0]!;
		const written = await writeTexts(transaction, { topicId, kind: 'house-rule', thingId: ruleId }, texts, accountOf(actor));
		await record(transaction, {
			topicId,
			actor,
			did: 'added',
			kind: 'house-rule',
			thingId: ruleId,
			details: { number, texts: written }
		});
		return number;
	});
}

/** Its words change; its number stays. */
export async function changeHouseRule(
	database: Database,
	{ topicId, number }: { topicId: string; number: number },
	texts: WrittenTexts,
	actor: Actor
): Promise<void> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const ruleId = await ruleNumbered(transaction, topicId, number);
		const written = await writeTexts(transaction, { topicId, kind: 'house-rule', thingId: ruleId }, texts, accountOf(actor));
		if (written.length === 0) return;
		const details = { number, texts: written };
		await record(transaction, { topicId, actor, did: 'changed', kind: 'house-rule', thingId: ruleId, details });
	});
}

/** It is cited no more from now on. */
export async function endHouseRule(
	database: Database,
	{ topicId, number }: { topicId: string; number: number },
	actor: Actor
): Promise<void> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const ruleId = await ruleNumbered(transaction, topicId, number);
		const { rowCount } = await transaction.query(
			`insert into house_rule_ends (topic_id, rule_number, ended_at, ended_by)
			values ($1, $2, $3, $4)
			on conflict do nothing`,
			[topicId, number, transaction.at, accountOf(actor)]
		);
		if (rowCount > 0)
			await record(transaction, { topicId, actor, did: 'ended', kind: 'house-rule', thingId: ruleId, details: { number } });
	});
}

/** Whether the number can be cited now. */
export async function isCitable(queryable: Queryable, topicId: string, number: number): Promise<boolean> {
	if (Number.isInteger(number) && number >= 1 && number <= hidingReasons.length) return true;
	const { rowCount } = await queryable.query(
		`select from house_rules r
		where topic_id = $1 and rule_number = $2 and not exists (
			select from house_rule_ends e where e.topic_id = r.topic_id and e.rule_number = r.rule_number
		)`,
		[topicId, number]
	);
	return rowCount > 0;
}

async function ruleNumbered(queryable: Queryable, topicId: string, number: number): Promise<string> {
	const { rows } = await queryable.query<{ ruleId: string }>(
		`select rule_id as "ruleId" from house_rules where topic_id = $1 and rule_number = $2`,
		[topicId, number]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0].ruleId;
}
