import type { Actor } from '#activity/actor.ts';
import { correctTexts, type Correction } from '#contributions/intake/meanings.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';

/**
 * A person says what a sector or region as written in imported texts means. The texts, the ideas drawn from them, their stances and every
 * figure counted from now on follow. Lists by group and region read one index of ideas, so the ideas are written anew here rather than
 * joined whenever somebody reads. What is frozen (snapshots, published reports) stays as it was published.
 * @returns how many texts changed
 */
export async function correctMeaning(database: Database | Transaction, correction: Correction, actor: Actor): Promise<number> {
	return inTransaction(database, async (transaction) => {
		const texts = await correctTexts(transaction, correction, actor);
		await restateDrawnIdeas(transaction, correction.topicId, texts);
		return texts.length;
	});
}

/** Ideas count for the author of the text they were drawn from, as that author is described now. */
async function restateDrawnIdeas(transaction: Transaction, topicId: string, texts: readonly string[]): Promise<void> {
	if (texts.length === 0) return;
	await transaction.query(
		`with restated as (
			update ideas i
			set profile_number = c.profile_number,
				-- a list by group would tell the group of an anonymous author
				stakeholder_groups = case when i.attribution = 'anonymous' then '{}' else p.stakeholder_groups end,
				region = case when i.attribution = 'anonymous' then null else p.region end
			from contributions c
			join participant_profiles p using (topic_id, participant_number, profile_number)
			where i.topic_id = $1 and i.contribution_id is null
				and c.topic_id = $1 and c.contribution_id = any ($2::uuid[]) and c.participant_number = i.participant_number
			returning i.topic_id, i.idea_number, i.stakeholder_groups
		), left_groups as (
			delete from idea_groups g
			using restated r
			where g.topic_id = r.topic_id and g.idea_number = r.idea_number and g.group_key <> all (r.stakeholder_groups)
		)
		insert into idea_groups (topic_id, group_key, idea_number)
		select distinct topic_id, group_key, idea_number
		from restated, unnest(stakeholder_groups) as group_key
		on conflict do nothing`,
		[topicId, texts]
	);
}
