import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';

export type Did = 'found' | 'confirmed' | 'renamed' | 'joined' | 'split' | 'moved' | 'undid';

interface Touched {
	readonly topicId: string;
	readonly themes: readonly number[];
	readonly ideas: readonly number[];
}

/** Two who change the themes of a topic do so one after the other: they touch each other's rows. No number is taken, but its counter locked. */
export async function holdThemesStill(transaction: Transaction, topicId: string): Promise<void> {
	await nextNumber(transaction, topicId, 'themes', 0);
}

/** Does the work, and keeps how everything that it touches stood before, so that it can be undone. A theme left with no idea goes. */
export async function step(
	transaction: Transaction,
	did: Did,
	touched: Touched,
	actor: Actor,
	work: () => Promise<void>
): Promise<void> {
	const before = await rowsOf(transaction, touched);
	await work();
	await dropEmpty(transaction, touched.topicId, touched.themes);
	await note(transaction, did, touched, before, actor);
}

/** A row in the list of steps and one in the record of the talk. Names are kept out of the latter: nothing is ever taken out of it. */
export async function note(
	transaction: Transaction,
	did: Did,
	{ topicId, themes, ideas }: Touched,
	before: Before | null,
	actor: Actor
): Promise<void> {
	await transaction.query(
		`insert into theme_steps (topic_id, step_id, did, themes, ideas, before, done_at, done_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[topicId, uuidv7(), did, themes, ideas, before && JSON.stringify(before), transaction.at, accountOf(actor)]
	);
	// of ideas that became a theme of their own, a theme was made
	const deed = did === 'split' ? 'made' : did;
	await record(transaction, { topicId, actor, did: deed, kind: 'theme', thingId: null, details: { themes } });
}

export interface Before {
	readonly themes: readonly { theme_number: number; name: string; language: string; is_confirmed: boolean }[];
	readonly ideas: readonly { idea_number: number; theme_number: number | null; is_confirmed: boolean }[];
}

async function rowsOf(transaction: Transaction, { topicId, themes, ideas }: Touched): Promise<Before> {
	const { rows } = await transaction.query<Before>(
		`select
			(
				select coalesce(json_agg(t), '[]')
				from (
					select theme_number, name, language, is_confirmed
					from themes
					where topic_id = $1 and theme_number = any ($2::int[])
				) t
			) as themes,
			(
				select coalesce(json_agg(i), '[]')
				from (
					select idea_number, theme_number, is_confirmed
					from theme_ideas
					where topic_id = $1 and idea_number = any ($3::int[])
				) i
			) as ideas`,
		[topicId, themes, ideas]
	);
	return rows[0]!;
}

export async function dropEmpty(transaction: Transaction, topicId: string, numbers: readonly number[]): Promise<void> {
	await transaction.query(
		`delete from themes t
		where topic_id = $1 and theme_number = any ($2::int[])
			and not exists (select from theme_ideas i where i.topic_id = t.topic_id and i.theme_number = t.theme_number)`,
		[topicId, numbers]
	);
}

/** From now on no step that was done can be undone: of what stood before nothing is left, words included. */
export async function forgetSteps(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query('update theme_steps set before = null where topic_id = $1 and before is not null', [topicId]);
}
