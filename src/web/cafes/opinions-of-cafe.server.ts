import type { Actor } from '#activity/actor.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { ideasOfCafe, peopleWhoAnswered } from '#cafes/harvest/opinions.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { ideasOnTopic, ideasPage, type ListedIdea } from '#ideas/listing.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Topic } from '#topics/topic.ts';

/** What a room says to the ideas of its café: how many, and what, unless results are blind. */
export async function opinionsOfCafe(queryable: Queryable, topic: Topic, of: OfEvent, { actor, at }: { actor: Actor; at: Date }) {
	const numbers = await ideasOfCafe(queryable, of);
	if (numbers.length === 0) return null;
	const shown: ListedIdea[] = [];
	for (let from = 0; from < numbers.length; from += ideasPage) {
		const found = numbers.slice(from, from + ideasPage);
		shown.push(...(await ideasOnTopic(queryable, topic, {}, { actor, at, found })).ideas);
	}
	const isBlind = !resultsVisibleTo(actor, topic, at);
	const sum = ({ counts }: ListedIdea) => (counts ? counts.agree + counts.disagree + counts.pass : 0);
	return {
		people: await peopleWhoAnswered(queryable, topic.topicId, numbers),
		isBlind,
		ideas: shown
			.map((idea) => ({ idea, all: sum(idea) }))
			.sort((one, other) => other.all - one.all || one.idea.number - other.idea.number)
			.map(({ idea: { number, point, language, counts } }) => ({
				...{ number, point, language },
				counts: counts && { agree: counts.agree, disagree: counts.disagree, pass: counts.pass }
			})),
		groups: isBlind ? null : await answersOfGroups(queryable, topic.topicId, numbers)
	};
}

/** Answers of each group in the cells that are published, those of five people and more; a group that has none is left out. */
async function answersOfGroups(
	queryable: Queryable,
	topicId: string,
	ideas: readonly number[]
): Promise<{ group: string; answers: number }[]> {
	const sums = new Map<string, number>();
	for (const cells of (await publishedCells(queryable, topicId, ideas)).values())
		for (const { dimension, key, agree, disagree, pass } of cells)
			if (dimension === 'group') sums.set(key, (sums.get(key) ?? 0) + agree + disagree + pass);
	return [...sums].map(([group, answers]) => ({ group, answers })).sort((one, other) => other.answers - one.answers);
}
