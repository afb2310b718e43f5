import { nextNumber, record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { bringInIdeas } from '#ideas/bringing-in-ideas.server.ts';
import { bringInOpinions } from '#ideas/opinions/bringing-in.server.ts';
import { moderate, mostAtOnce } from '#ideas/moderating/moderating-many.server.ts';
import { refreshStandings } from '#ideas/standings.server.ts';
import { detectLanguage } from '#languages/detection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { keysKnown, remember } from '#sheets/remembering.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import type { Conversation, PolisComment } from './conversation.ts';

export interface PolisReport {
	readonly comments: number;
	readonly participants: number;
	/** last ones; earlier votes of the same person are not brought in */
	readonly votes: number;
	readonly added: { readonly ideas: number; readonly participants: number; readonly opinions: number; readonly hidden: number };
	readonly earlier: number;
	readonly unusable: number;
}

/**
 * Brings in a conversation of Polis: each statement as an idea at its full length, each person as a participant of whom nothing is known,
 * each last vote as an opinion; what moderators there rejected is hidden. All of it or nothing, and a second time adds only what is new.
 */
export async function bringInConversation(
	database: Database,
	keys: TopicKeys,
	topicId: string,
	conversation: Conversation,
	actor: Actor
): Promise<PolisReport> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	const { comments, votes, earlier, unusable } = conversation;
	const people = [...new Set([...votes.map(({ voter }) => voter), ...comments.map(({ author }) => author)])].sort(
		(one, other) => one - other
	);
	const keysOf = (things: readonly string[]) =>
		keys.hashAll(
			topicId,
			things.map((thing) => `polis ${conversation.url} ${thing}`)
		);
	const commentKeys = await keysOf(comments.map(({ id, body }) => `comment ${id} ${body}`));
	const personKeys = await keysOf(people.map((id) => `person ${id}`));
	const languages = new Map<number, string>();
	for (const { id, body } of comments) languages.set(id, await detectLanguage(body));
	const report = await inTransaction(database, async (transaction) => {
		if ((await topicOf(transaction, topicId)).archivedAt !== null) throw refusal('topic-archived');
		// a second import into the same topic waits here, and then finds what this one added
		await nextNumber(transaction, topicId, 'participants', 0);
		const { numbers: participants, added: joined } = await participantsFor(transaction, topicId, people, personKeys);
		const known = await keysKnown(transaction, topicId, commentKeys);
		const fresh = comments.flatMap((comment, index) =>
			known.has(commentKeys[index]!.toString('hex')) ? [] : [{ comment, key: commentKeys[index]! }]
		);
		const made = await bringInIdeas(
			transaction,
			topicId,
			fresh.map(({ comment: { id, author, body } }) => {
				const number = participants.get(author);
				return {
					...{ point: body, explanation: '', sources: '', questionId: null, groups: [], region: null, name: null },
					participant: number === undefined ? null : { number, profile: 1 },
					attribution: 'anonymous' as const,
					language: languages.get(id)!
				};
			})
		);
		await remember(
			transaction,
			topicId,
			fresh.map(({ key }) => key),
			made.map(({ ideaId }) => ideaId)
		);
		const ideas = await ideasOf(transaction, topicId, comments, commentKeys);
		const opinions = votes.flatMap(({ voter, comment, vote, at }) => {
			const [participant, idea] = [participants.get(voter), ideas.get(comment)];
			if (participant === undefined || idea === undefined) return [];
			return [{ participant, profile: 1, idea, value: vote, at: at ?? transaction.at }];
		});
		const before = await opinionsIn(transaction, topicId);
		if (opinions.length > 0) await bringInOpinions(transaction, topicId, opinions);
		const rejected = fresh.flatMap(({ comment }, index) =>
			comment.moderated === -1 ? [{ kind: 'idea' as const, thingId: made[index]!.ideaId, seen: 1 }] : []
		);
		for (let from = 0; from < rejected.length; from += mostAtOnce) {
			const chosen = rejected.slice(from, from + mostAtOnce);
			await moderate(transaction, keys, { topicId, chosen, act: { does: 'hide', reason: 'other' }, words: '' }, actor);
		}
		const added = {
			...{ ideas: fresh.length, participants: joined, hidden: rejected.length },
			opinions: (await opinionsIn(transaction, topicId)) - before
		};
		await record(transaction, {
			topicId,
			actor,
			did: 'imported',
			kind: 'topic',
			thingId: topicId,
			details: { from: 'polis', ...added }
		});
		return { comments: comments.length, participants: people.length, votes: votes.length, added, earlier, unusable };
	});
	await refreshStandings(database, topicId);
	return report;
}

/** The number of each person: of one who came in before, if nothing was unlinked since, or a new one. */
async function participantsFor(
	transaction: Transaction,
	topicId: string,
	people: readonly number[],
	keys: readonly Buffer[]
): Promise<{ numbers: Map<number, number>; added: number }> {
	const known = await keysKnown(transaction, topicId, keys);
	const fresh = people.flatMap((person, index) =>
		known.has(keys[index]!.toString('hex')) ? [] : [{ person, key: keys[index]! }]
	);
	const made = await bringInParticipants(
		transaction,
		topicId,
		fresh.map(() => nothingStated)
	);
	const { rows: ids } = await transaction.query<{ id: string; number: number }>(
		`select participant_id as id, participant_number as number
		from participants
		where topic_id = $1 and participant_number = any ($2::int[])
		order by number`,
		[topicId, made.map(({ number }) => number)]
	);
	await remember(
		transaction,
		topicId,
		fresh.map(({ key }) => key),
		ids.map(({ id }) => id)
	);
	const { rows } = await transaction.query<{ key: string; number: number }>(
		`select encode(row_key, 'hex') as key, participant_number as number
		from sheet_rows r
		join participants p on p.topic_id = r.topic_id and p.participant_id = r.thing_id
		where r.topic_id = $1 and row_key = any ($2::bytea[])`,
		[topicId, keys]
	);
	const numberOf = new Map(rows.map(({ key, number }) => [key, number]));
	const numbers = new Map<number, number>();
	for (const [index, person] of people.entries()) {
		const number = numberOf.get(keys[index]!.toString('hex'));
		if (number !== undefined) numbers.set(person, number);
	}
	return { numbers, added: fresh.length };
}

/** By the number of the comment. */
async function ideasOf(
	transaction: Transaction,
	topicId: string,
	comments: readonly PolisComment[],
	keys: readonly Buffer[]
): Promise<Map<number, number>> {
	const { rows } = await transaction.query<{ key: string; number: number }>(
		`select encode(row_key, 'hex') as key, idea_number as number
		from sheet_rows r
		join ideas i on i.topic_id = r.topic_id and i.idea_id = r.thing_id
		where r.topic_id = $1 and row_key = any ($2::bytea[])`,
		[topicId, keys]
	);
	const numberOf = new Map(rows.map(({ key, number }) => [key, number]));
	return new Map(
		comments.flatMap(({ id }, index) => {
			const number = numberOf.get(keys[index]!.toString('hex'));
			return number === undefined ? [] : [[id, number] as const];
		})
	);
}

async function opinionsIn(transaction: Transaction, topicId: string): Promise<number> {
	const { rows } = await transaction.query<{ count: number }>('select count(*)::int as count from opinions where topic_id = $1', [
		topicId
	]);
	return rows[0]!.count;
}
