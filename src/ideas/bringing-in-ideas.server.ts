import { randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { count } from '#activity/counting.server.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { bringInTexts, inPortions, quoteWholeTexts, type BroughtInText } from '#contributions/bringing-in.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { wholeText, wordsOf, type Wording } from '#ideas/writing.server.ts';
import { searchable } from '#languages/searching.server.ts';

export interface BroughtInIdea extends Omit<BroughtInText, 'text'>, Wording {
	readonly questionId: string | null;
	/** as stated by its author, for lists by group and region */
	readonly groups: readonly string[];
	readonly region: string | null;
}

export interface IdeaBroughtIn {
	readonly number: number;
	readonly ideaId: string;
}

/**
 * Many ideas from a file with a few statements, numbered in the order given, with all that hangs on each. Staff stand for them: none is
 * held. Locks the topic's counter of ideas: call it after what may have to wait.
 */
export async function bringInIdeas(
	transaction: Transaction,
	topicId: string,
	ideas: readonly BroughtInIdea[],
	progress?: (done: number) => Promise<void>
): Promise<IdeaBroughtIn[]> {
	const all: IdeaBroughtIn[] = [];
	for (const some of inPortions(ideas, ({ explanation }) => explanation.length)) {
		all.push(...(await write(transaction, topicId, some)));
		await progress?.(all.length);
	}
	if (ideas.length > 0) await count(transaction, topicId, 'ideas', ideas.length);
	const ofQuestions = new Map<string, number>();
	for (const { questionId } of ideas) if (questionId) ofQuestions.set(questionId, (ofQuestions.get(questionId) ?? 0) + 1);
	for (const [questionId, howMany] of [...ofQuestions].sort()) {
		await count(transaction, topicId, 'ideas-of-question', howMany, questionId);
	}
	return all;
}

async function write(transaction: Transaction, topicId: string, ideas: readonly BroughtInIdea[]): Promise<IdeaBroughtIn[]> {
	const texts = ideas.map((idea) => ({ ...idea, text: wholeText(idea) }));
	const [ids, words] = await Promise.all([bringInTexts(transaction, topicId, 'idea', texts), searchableWords(ideas)]);
	const passages = await quoteWholeTexts(
		transaction,
		topicId,
		texts.map(({ text }, index) => ({ contributionId: ids[index]!, text }))
	);
	const first = await nextNumber(transaction, topicId, 'ideas', ideas.length);
	const rows = ideas.map(({ participant, ...idea }, index) => ({
		...{ id: ids[index]!, passage: passages[index]!, idea: first + index, words: words[index]! },
		...{ participant: participant?.number ?? null, profile: participant?.profile ?? null, shuffle: randomInt(2 ** 31) },
		...{ point: idea.point, explanation: idea.explanation, sources: idea.sources, language: idea.language },
		...{ question: idea.questionId, attribution: idea.attribution },
		// a list by group would tell the group of an anonymous author
		...(idea.attribution === 'anonymous' ? { groups: [], region: null } : { groups: idea.groups, region: idea.region })
	}));
	await transaction.query(insertIdeas, [topicId, JSON.stringify(rows), transaction.at]);
	return rows.map(({ idea, id }) => ({ number: idea, ideaId: id }));
}

/** Worked out while the database writes: the loop goes on in between. */
async function searchableWords(ideas: readonly BroughtInIdea[]): Promise<string[][]> {
	const words: string[][] = [];
	for (const [at, idea] of ideas.entries()) {
		if (at % 50 === 0) await setImmediate();
		words.push(searchable(wordsOf(idea), idea.language));
	}
	return words;
}

// one statement: what was given is read once, and foreign keys are checked when all of it is there
const insertIdeas = `
	with given as materialized (
		select *
		from json_to_recordset($2::json) as given (idea int, id uuid, passage uuid, question uuid, language text, participant int,
			profile smallint, groups text[], region text, attribution text, shuffle int, point text, explanation text, sources text,
			words text[])
	), idea as (
		insert into ideas (topic_id, idea_number, idea_id, question_id, contribution_id, channel, language, participant_number,
			profile_number, stakeholder_groups, region, attribution, shuffle, published_at)
		select $1, idea, id, question, id, 'import', language, participant, profile, groups, region, attribution, shuffle, $3
		from given
	), version as (
		insert into idea_versions (topic_id, idea_number, version, point, explanation, sources, written_at)
		select $1, idea, 1, point, explanation, sources, $3
		from given
	), of_groups as (
		insert into idea_groups (topic_id, group_key, idea_number)
		select distinct $1::uuid, group_key, idea
		from given, unnest(groups) as group_key
	), search as (
		insert into idea_search (topic_id, idea_number, words)
		select $1, idea, array_to_tsvector(words)
		from given
	), counts as (
		insert into idea_counts (topic_id, idea_number) select $1, idea from given
	), standings as (
		insert into idea_standings (topic_id, idea_number) select $1, idea from given
	)
	insert into stances (topic_id, passage_id, idea_number, stance, taken_at)
	select $1, passage, idea, 'raises', $3
	from given`;
