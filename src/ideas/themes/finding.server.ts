import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { comparableIdeas, type ComparableIdea } from '#ideas/comparable.server.ts';
import { groupInThread } from '#ideas/themes/grouping.server.ts';
import { forgetSteps, holdThemesStill, note } from '#ideas/themes/stepping.server.ts';
import { matchThemes, type KnownTheme, type Matched, type Placed } from '#ideas/themes/theme.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';

export const themesKey = (topicId: string) => `themes ${topicId}`;

/** Has a job look for the themes of a topic. */
export async function askForThemes(database: Database, topicId: string, actor: Actor): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, (transaction) => askToFind(transaction, topicId, accountOf(actor)));
}

export async function askToFind(transaction: Transaction, topicId: string, askedBy: string | null): Promise<void> {
	await addJob(transaction, 'ideas.find-themes', { topicId }, { jobKey: themesKey(topicId), watched: true, askedBy });
}

/** The work of the job: proposes anew what nobody confirmed. The same ideas, whatever order they are read in, give the same themes. */
export async function findThemes(
	database: Database,
	topicId: string,
	progress: (done: number, total: number | null) => Promise<void>,
	ending?: AbortSignal
): Promise<void> {
	const ideas = await comparableIdeas(database, topicId);
	const read = (share: number) => progress(Math.round(share * ideas.length), ideas.length);
	await read(0);
	const found = await groupInThread(ideas, read, ending);
	await inTransaction(database, async (transaction) => {
		await holdThemesStill(transaction, topicId);
		// what was hidden or erased meanwhile leaves no word in a name
		if (await someAreGone(transaction, topicId, ideas)) return askToFind(transaction, topicId, null);
		const { themes, placed } = await whatStands(transaction, topicId);
		const matched = matchThemes(found, themes, placed);
		await propose(transaction, topicId, matched);
		await forgetSteps(transaction, topicId);
		await note(transaction, 'found', { topicId, themes: [], ideas: [] }, null, { kind: 'job', name: 'ideas.find-themes' });
	});
	await read(1);
}

async function someAreGone(transaction: Transaction, topicId: string, ideas: readonly ComparableIdea[]): Promise<boolean> {
	const { rows } = await transaction.query<{ seen: number }>(
		`select count(*)::int as seen
		from ideas i
		where i.topic_id = $1 and i.idea_number = any ($2::int[]) and ${canBeSeen('idea', 'i.idea_id')}`,
		[topicId, ideas.map(({ idea }) => idea)]
	);
	return rows[0]!.seen < ideas.length;
}

async function whatStands(transaction: Transaction, topicId: string): Promise<{ themes: KnownTheme[]; placed: Placed[] }> {
	const themes = await transaction.query<KnownTheme>(
		'select theme_number as number, is_confirmed as "isConfirmed" from themes where topic_id = $1',
		[topicId]
	);
	const placed = await transaction.query<Placed>(
		`select idea_number as idea, theme_number as theme, is_confirmed as "isConfirmed"
		from theme_ideas
		where topic_id = $1`,
		[topicId]
	);
	return { themes: themes.rows, placed: placed.rows };
}

async function propose(transaction: Transaction, topicId: string, matched: readonly Matched[]): Promise<void> {
	const kept = matched.filter(({ into, ideas }) => into !== null || ideas.length > 0);
	const fresh = kept.filter(({ into }) => into === null).length;
	let next = fresh === 0 ? 0 : await nextNumber(transaction, topicId, 'themes', fresh);
	const proposed = kept.map((theme) => ({ ...theme, number: theme.into ?? next++ }));
	// a confirmed theme may be found several times, and keeps its name
	const named = new Map(proposed.map(({ number, name, language }) => [number, { number, name, language }]));

	await transaction.query('delete from theme_ideas where topic_id = $1 and not is_confirmed', [topicId]);
	await transaction.query(
		`insert into themes (topic_id, theme_number, name, language, is_confirmed)
		select $1, number, name, language, false
		from json_to_recordset($2::json) as found (number int, name text, language text)
		on conflict (topic_id, theme_number) do update
		set name = excluded.name, language = excluded.language
		where not themes.is_confirmed`,
		[topicId, JSON.stringify([...named.values()])]
	);
	await transaction.query(
		`insert into theme_ideas (topic_id, idea_number, theme_number, is_confirmed)
		select $1, idea, number, false
		from json_to_recordset($2::json) as found (number int, idea int)`,
		[topicId, JSON.stringify(proposed.flatMap(({ number, ideas }) => ideas.map((idea) => ({ number, idea }))))]
	);
	await transaction.query(
		`delete from themes t
		where topic_id = $1 and not is_confirmed
			and not exists (select from theme_ideas i where i.topic_id = t.topic_id and i.theme_number = t.theme_number)`,
		[topicId]
	);
}
