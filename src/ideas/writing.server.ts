import { randomInt } from 'node:crypto';
import { count } from '#activity/counting.server.ts';
import { nextNumber } from '#activity/recording.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { searchable } from '#languages/searching.server.ts';
import type { Attribution, Channel } from '#contributions/contribution.ts';

/** What an idea says; the search and the lists know its newest wording only. */
export interface Wording {
	readonly point: string;
	readonly explanation: string;
	readonly sources: string;
}

export interface NewIdea extends Wording {
	readonly topicId: string;
	readonly ideaId: string;
	readonly contributionId: string | null;
	readonly questionId: string | null;
	readonly channel: Channel;
	/** BCP 47 or `und` */
	readonly language: string;
	/** whose groups and region it counts for: its author, or the author of the text it was drawn from */
	readonly participant: { readonly number: number; readonly profile: number } | null;
	readonly attribution: Attribution;
	readonly drawnBy: string | null;
	readonly successorOf: number | null;
}

/**
 * Writes the idea with all that hangs on it, and returns its number. Locks the topic's counter of ideas: call it after what may have to
 * wait.
 */
export async function writeIdea(transaction: Transaction, idea: NewIdea): Promise<number> {
	const { topicId, participant } = idea;
	const number = await nextNumber(transaction, topicId, 'ideas');
	await transaction.query({
		name: 'idea-write',
		text: `
			with idea as (
				insert into ideas (topic_id, idea_number, idea_id, question_id, contribution_id, drawn_by, channel, language, participant_number,
					profile_number, stakeholder_groups, region, attribution, successor_of, shuffle, published_at)
				select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce(profile.stakeholder_groups, '{}'), profile.region, $11, $12, $13, $14
				from (select) as one
				left join participant_profiles profile
					-- a list by group would tell the group of an anonymous author
					on profile.topic_id = $1 and profile.participant_number = $9 and profile.profile_number = $10 and $11 <> 'anonymous'
				returning topic_id, idea_number, stakeholder_groups
			), groups as (
				insert into idea_groups (topic_id, group_key, idea_number)
				select distinct topic_id, group_key, idea_number
				from idea, unnest(stakeholder_groups) as group_key
			), words as (
				insert into idea_search (topic_id, idea_number, words)
				select $1, $2, array_to_tsvector($15::text[])
			), counts as (
				insert into idea_counts (topic_id, idea_number)
				select $1, $2
			)
			insert into idea_standings (topic_id, idea_number)
			select $1, $2`,
		values: [
			topicId,
			number,
			idea.ideaId,
			idea.questionId,
			idea.contributionId,
			idea.drawnBy,
			idea.channel,
			idea.language,
			participant?.number ?? null,
			participant?.profile ?? null,
			idea.attribution,
			idea.successorOf,
			randomInt(2 ** 31),
			transaction.at,
			searchable(wordsOf(idea), idea.language)
		]
	});
	await writeVersion(transaction, topicId, number, 1, idea);
	return number;
}

/** A later wording; the earlier ones stay. The caller has locked the row of counts, at which opinions see on what they are given. */
export async function rewordIdea(
	transaction: Transaction,
	{ topicId, number, language, version }: { topicId: string; number: number; language: string; version: number },
	wording: Wording
): Promise<void> {
	await writeVersion(transaction, topicId, number, version, wording);
	await transaction.query(
		`with counted as (
			update idea_counts
			set version = $4
			where topic_id = $1 and idea_number = $2
		)
		update idea_search
		set words = array_to_tsvector($3::text[])
		where topic_id = $1 and idea_number = $2`,
		[topicId, number, searchable(wordsOf(wording), language), version]
	);
}

/** Adds the idea to what pages count, or takes it away again. */
export async function countIdea(transaction: Transaction, topicId: string, questionId: string | null, by: 1 | -1): Promise<void> {
	await count(transaction, topicId, 'ideas', by);
	if (questionId !== null) await count(transaction, topicId, 'ideas-of-question', by, questionId);
}

/** The text of the contribution that the form makes: all that was written, as it was written. */
export function wholeText({ point, explanation, sources }: Wording): string {
	return [point, explanation, sources].filter((part) => part !== '').join('\n\n');
}

/** What the search and the moderators read of it. */
export function wordsOf({ point, explanation }: Pick<Wording, 'point' | 'explanation'>): string {
	return explanation === '' ? point : `${point}\n${explanation}`;
}

async function writeVersion(
	transaction: Transaction,
	topicId: string,
	number: number,
	version: number,
	{ point, explanation, sources }: Wording
): Promise<void> {
	await transaction.query({
		name: 'idea-version-write',
		text: `
			insert into idea_versions (topic_id, idea_number, version, point, explanation, sources, written_at)
			values ($1, $2, $3, $4, $5, $6, $7)`,
		values: [topicId, number, version, point, explanation, sources, transaction.at]
	});
}
