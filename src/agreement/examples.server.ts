import { inTransaction, type Database } from '#database/connection.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { bringInOpinions, type BroughtIn } from '#ideas/opinions/bringing-in.server.ts';
import type { Opinion } from '#ideas/opinions/opinion.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import type { Stage } from '#topics/stages/stage.ts';

export interface Camps {
	readonly people: number;
	readonly ideas: number;
	readonly withoutCamps?: boolean;
	readonly stage?: Partial<Stage>;
}

/**
 * A topic in which seven of twelve people agree to the first half of the ideas and disagree with the second, the others the reverse, and all
 * agree to the last two; each says now and then something else, the same each time. People are numbered from 1 after the author.
 */
export async function aTopicInTwoCamps(
	database: Database,
	{ people, ideas, withoutCamps = false, stage = {} }: Camps
): Promise<{ topicId: string; slug: string; firstPerson: number }> {
	const { topicId, slug } = await anOpenTopic(database, stage);
	const keys = await temporaryKeys();
	for (let number = 1; number <= ideas; number++)
		await submitIdea(database, keys, anIdeaDraft(topicId, { point: `Point ${number} of the camps` }), aVisitor('the author'));
	const firstPerson = await inTransaction(database, async (transaction) => {
		const profiles = Array.from({ length: people }, (_, person) => ({
			...nothingStated,
			groups: [isOfFirst(person, people) ? 'governments' : 'academia']
		}));
		const participants = await bringInParticipants(transaction, topicId, profiles);
		const said = participants.flatMap(({ number, profile }, person) =>
			Array.from({ length: ideas }, (_, place): BroughtIn => ({
				...{ participant: number, profile, idea: place + 1, at: transaction.at },
				value: withoutCamps ? scattered(person, place) : ofCamp(isOfFirst(person, people), place, ideas, person)
			}))
		);
		await bringInOpinions(transaction, topicId, said);
		return participants[0]!.number;
	});
	return { topicId, slug, firstPerson };
}

function isOfFirst(person: number, people: number): boolean {
	return person < Math.floor((people * 7) / 12);
}

function ofCamp(isFirst: boolean, place: number, ideas: number, person: number): -1 | 0 | 1 {
	if ((person * 7 + place * 13) % 11 === 0) return 0;
	if ((person * 5 + place * 3) % 17 === 0) return isFirst ? -1 : 1;
	if (place >= ideas - 2) return 1;
	return place < (ideas - 2) / 2 === isFirst ? 1 : -1;
}

function scattered(person: number, place: number): -1 | 0 | 1 {
	const mixed = Math.imul((person + 1) * 2654435761 + (place + 1) * 40503, 2246822519) >>> 16;
	return ((mixed % 3) - 1) as -1 | 0 | 1;
}

/** What people of a group say to an idea. */
export type Said = readonly [group: string, agree: number, disagree: number];

/** Talks in which people state a group and say what they think; who says something again is the same person. */
export async function speakersOn(database: Database) {
	const keys = await temporaryKeys();
	const opinions = new OpinionBatcher(database, keys);

	/** Some people of a group, or of those who state none, say the same. */
	async function speak(topicId: string, number: number, people: number, group: string | null, opinion: Opinion, from = 0) {
		for (let person = from; person < from + people; person++) {
			const actor = aVisitor(`${group ?? 'no group'} ${person}`);
			await stateProfile(database, keys, topicId, actor, { ...nothingStated, groups: group ? [group] : [], country: 'CH' });
			await opinions.give(topicId, actor, { ideaNumber: number, opinion, seen: null });
		}
	}

	async function anIdea(topicId: string, said: readonly Said[]): Promise<number> {
		const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('the author'));
		for (const [group, agree, disagree] of said) {
			await speak(topicId, number, agree, group, 'agree');
			await speak(topicId, number, disagree, group, 'disagree', agree);
		}
		return number;
	}

	/** An idea for each list of what groups say to it, numbered from 1. */
	async function aTalk(...ideas: readonly (readonly Said[])[]): Promise<{ topicId: string }> {
		const { topicId } = await anOpenTopic(database);
		for (const said of ideas) await anIdea(topicId, said);
		return { topicId };
	}

	return { keys, speak, anIdea, aTalk };
}

/** People by their names, who state a group and say what they think. */
export async function namedPeople(database: Database) {
	const keys = await temporaryKeys();
	const opinions = new OpinionBatcher(database, keys);

	async function state(topicId: string, names: readonly string[], group: string): Promise<void> {
		for (const name of names)
			await stateProfile(database, keys, topicId, aVisitor(name), { ...nothingStated, groups: [group], country: 'CH' });
	}

	async function say(topicId: string, number: number, names: readonly string[], opinion: Opinion): Promise<void> {
		await Promise.all(names.map((name) => opinions.give(topicId, aVisitor(name), { ideaNumber: number, opinion, seen: null })));
	}

	async function anIdea(topicId: string): Promise<number> {
		return (await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('the author'))).number;
	}

	return { keys, opinions, state, say, anIdea };
}

/** a1, a2 … */
export function named(letter: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}
