import type { Transaction } from '#database/connection.server.ts';
import { askToFind } from '#ideas/themes/finding.server.ts';
import { dropEmpty, forgetSteps, holdThemesStill } from '#ideas/themes/stepping.server.ts';

/** An erased idea leaves its theme; one that was of it alone goes with its name. Names that a machine made of words are made anew without them. */
export async function eraseFromThemes(transaction: Transaction, topicId: string, ideaNumber: number): Promise<void> {
	await holdThemesStill(transaction, topicId);
	await forgetSteps(transaction, topicId);
	const { rows } = await transaction.query<{ theme: number | null }>(
		`delete from theme_ideas
		where topic_id = $1 and idea_number = $2
		returning theme_number as theme`,
		[topicId, ideaNumber]
	);
	const [left] = rows;
	if (!left) return;
	// also of an idea that was taken out of all themes: their names may be older than that
	if (left.theme !== null) await dropEmpty(transaction, topicId, [left.theme]);
	const { rows: proposed } = await transaction.query('select from themes where topic_id = $1 and not is_confirmed limit 1', [
		topicId
	]);
	if (proposed.length > 0) await askToFind(transaction, topicId, null);
}
