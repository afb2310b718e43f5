import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { dropEmpty, holdThemesStill, note, type Before } from '#ideas/themes/stepping.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * Puts everything that the last step touched back to where it stood; asked again, the step before. Refuses `changed-meanwhile` where another step is the last by now:
 * nobody undoes what they have not seen.
 */
export async function undoStep(
	database: Database,
	{ topicId, stepId }: { topicId: string; stepId: string },
	actor: Actor
): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdThemesStill(transaction, topicId);
		const { rows } = await transaction.query<{ id: string; themes: number[]; ideas: number[]; before: Before }>(
			`select step_id as id, themes, ideas, before
			from theme_steps
			where topic_id = $1 and before is not null
			order by step_id desc
			limit 1`,
			[topicId]
		);
		const last = rows[0];
		if (last?.id !== stepId) throw refusal('changed-meanwhile');
		await transaction.query(
			`insert into themes (topic_id, theme_number, name, language, is_confirmed)
			select $1, theme_number, name, language, is_confirmed
			from jsonb_to_recordset($2::jsonb) as row (theme_number int, name text, language text, is_confirmed boolean)
			on conflict (topic_id, theme_number) do update
			set name = excluded.name, language = excluded.language, is_confirmed = excluded.is_confirmed`,
			[topicId, JSON.stringify(last.before.themes)]
		);
		await transaction.query('delete from theme_ideas where topic_id = $1 and idea_number = any ($2::int[])', [
			topicId,
			last.ideas
		]);
		await transaction.query(
			`insert into theme_ideas (topic_id, idea_number, theme_number, is_confirmed)
			select $1, idea_number, theme_number, is_confirmed
			from jsonb_to_recordset($2::jsonb) as row (idea_number int, theme_number int, is_confirmed boolean)`,
			[topicId, JSON.stringify(last.before.ideas)]
		);
		await dropEmpty(transaction, topicId, last.themes);
		await transaction.query('update theme_steps set before = null where topic_id = $1 and step_id = $2', [topicId, last.id]);
		await note(transaction, 'undid', { topicId, themes: last.themes, ideas: last.ideas }, null, actor);
	});
}
