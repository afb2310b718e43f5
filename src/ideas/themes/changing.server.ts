import type { Actor } from '#activity/actor.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { holdThemesStill, step } from '#ideas/themes/stepping.server.ts';
import { longestName } from '#ideas/themes/theme.ts';
import { usableText } from '#languages/usable.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';

interface OneTheme {
	readonly topicId: string;
	readonly number: number;
}

/**
 * Says that a theme is one, with the ideas that are in it. Refuses `changed-meanwhile` where it may not be what was seen: the machine looked
 * again since, or somebody changed this theme.
 * @param seen the newest step when it was seen
 */
export async function confirmTheme(
	database: Database,
	{ topicId, number, seen }: OneTheme & { seen: string | null },
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		if (await changedSince(transaction, { topicId, number, seen })) throw refusal('changed-meanwhile');
		const ideas = await ideasIn(transaction, topicId, [number]);
		await step(transaction, 'confirmed', { topicId, themes: [number], ideas }, actor, () =>
			confirm(transaction, { topicId, number })
		);
	});
}

/** Gives a theme another name. Who names it has looked at it: it is confirmed. */
export async function renameTheme(
	database: Database,
	{ topicId, number, name }: OneTheme & { name: string },
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const ideas = await ideasIn(transaction, topicId, [number]);
		await step(transaction, 'renamed', { topicId, themes: [number], ideas }, actor, async () => {
			await transaction.query(
				`update themes set name = $3, language = 'und'
				where topic_id = $1 and theme_number = $2`,
				[topicId, number, usableName(name)]
			);
			await confirm(transaction, { topicId, number });
		});
	});
}

/** Two themes become one, which keeps the name of the first. */
export async function joinThemes(
	database: Database,
	{ topicId, number, other }: OneTheme & { other: number },
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		if (number === other) throw refusal('not-found');
		const ideas = await ideasIn(transaction, topicId, [number, other]);
		await step(transaction, 'joined', { topicId, themes: [number, other], ideas }, actor, async () => {
			await transaction.query('update theme_ideas set theme_number = $2 where topic_id = $1 and theme_number = $3', [
				topicId,
				number,
				other
			]);
			await confirm(transaction, { topicId, number });
		});
	});
}

/** Ideas, wherever they are, become a theme of their own. Returns its number. */
export async function splitTheme(
	database: Database,
	{ topicId, ideas, name }: { topicId: string; ideas: readonly number[]; name: string },
	actor: Actor
): Promise<number> {
	return changing(database, topicId, actor, async (transaction) => {
		const left = await themesOfIdeas(transaction, topicId, ideas);
		const number = await nextNumber(transaction, topicId, 'themes');
		await step(transaction, 'split', { topicId, themes: [...left, number], ideas }, actor, async () => {
			await transaction.query(
				`insert into themes (topic_id, theme_number, name, language, is_confirmed)
				values ($1, $2, $3, 'und', true)`,
				[topicId, number, usableName(name)]
			);
			await place(transaction, topicId, ideas, number);
		});
		return number;
	});
}

/** Puts ideas into a theme; `number` null takes them out of all. A machine does not move them any more. */
export async function moveIdeas(
	database: Database,
	{ topicId, ideas, number }: { topicId: string; ideas: readonly number[]; number: number | null },
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		if (number !== null) await ideasIn(transaction, topicId, [number]);
		const left = await themesOfIdeas(transaction, topicId, ideas);
		const themes = [...new Set([...left, ...(number === null ? [] : [number])])];
		await step(transaction, 'moved', { topicId, themes, ideas }, actor, () => place(transaction, topicId, ideas, number));
	});
}

async function changing<Result>(
	database: Database,
	topicId: string,
	actor: Actor,
	work: (transaction: Transaction) => Promise<Result>
): Promise<Result> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdThemesStill(transaction, topicId);
		return work(transaction);
	});
}

async function changedSince(
	transaction: Transaction,
	{ topicId, number, seen }: OneTheme & { seen: string | null }
): Promise<boolean> {
	const { rows } = await transaction.query(
		`select
		from theme_steps
		where topic_id = $1 and ($3::uuid is null or step_id > $3) and (did = 'found' or $2 = any (themes))
		limit 1`,
		[topicId, number, seen]
	);
	return rows.length > 0;
}

/** Refuses `not-found` where one of the themes is not there any more. */
async function ideasIn(transaction: Transaction, topicId: string, numbers: readonly number[]): Promise<number[]> {
	const { rows } = await transaction.query<{ idea: number }>(
		`select i.idea_number as idea
		from themes t
		join theme_ideas i using (topic_id, theme_number)
		where t.topic_id = $1 and t.theme_number = any ($2::int[])
		order by i.idea_number`,
		[topicId, numbers]
	);
	const { rows: known } = await transaction.query('select from themes where topic_id = $1 and theme_number = any ($2::int[])', [
		topicId,
		numbers
	]);
	if (known.length < numbers.length) throw refusal('not-found');
	return rows.map(({ idea }) => idea);
}

/** The themes that these ideas are in; refuses `not-found` for an idea that nobody can see. */
async function themesOfIdeas(transaction: Transaction, topicId: string, ideas: readonly number[]): Promise<number[]> {
	const { rows } = await transaction.query<{ theme: number | null }>(
		`select t.theme_number as theme
		from ideas i
		left join theme_ideas t using (topic_id, idea_number)
		where i.topic_id = $1 and i.idea_number = any ($2::int[]) and ${canBeSeen('idea', 'i.idea_id')}`,
		[topicId, ideas]
	);
	if (rows.length === 0 || rows.length < new Set(ideas).size) throw refusal('not-found');
	return [...new Set(rows.flatMap(({ theme }) => theme ?? []))].sort((one, other) => one - other);
}

async function confirm(transaction: Transaction, { topicId, number }: OneTheme): Promise<void> {
	const of = 'set is_confirmed = true where topic_id = $1 and theme_number = $2 and not is_confirmed';
	await transaction.query(`update themes ${of}`, [topicId, number]);
	await transaction.query(`update theme_ideas ${of}`, [topicId, number]);
}

async function place(transaction: Transaction, topicId: string, ideas: readonly number[], number: number | null): Promise<void> {
	await transaction.query(
		`insert into theme_ideas (topic_id, idea_number, theme_number, is_confirmed)
		select distinct $1::uuid, idea, $3::int, true
		from unnest($2::int[]) as idea
		on conflict (topic_id, idea_number) do update
		set theme_number = excluded.theme_number, is_confirmed = true`,
		[topicId, ideas, number]
	);
}

function usableName(name: string): string {
	return usableText(name, { max: longestName, what: 'name' });
}
