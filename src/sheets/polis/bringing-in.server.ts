import { nextNumber, record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { askForAllFigures } from '#agreement/asking-for-all.server.ts';
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
import type { Conversation, PolisComment, PolisVote } from './conversation.ts';

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
	{ topicId, conversation }: { readonly topicId: string; readonly conversation: Conversation },
	actor: Actor
): Promise<PolisReport> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	const { votes, earlier, unusable } = conversation;
	const people = await peopleOf(keys, topicId, conversation);
	const statements = await statementsOf(keys, topicId, conversation);
	const added = await inTransaction(database, async (transaction) => {
		if ((await topicOf(transaction, topicId)).archivedAt !== null) throw refusal('topic-archived');
		// a second import into the same topic waits here, and then finds what this one added
		await nextNumber(transaction, topicId, 'participants', 0);
		const joined = await bringInPeople(transaction, topicId, people);
		const participants = await participantsOf(transaction, topicId, people);
		const made = await bringInStatements(transaction, topicId, statements, participants);
		const ideas = await ideasOf(transaction, topicId, statements);
		const opinions = await bringInVotes(transaction, topicId, votes, { participants, ideas });
		const rejected = made.filter(({ moderated }) => moderated === -1).map(({ ideaId }) => ideaId);
		await hide(transaction, keys, { topicId, ideaIds: rejected }, actor);
		const added = { ideas: made.length, participants: joined, hidden: rejected.length, opinions };
		const details = { from: 'polis', ...added };
		await record(transaction, { topicId, actor, did: 'imported', kind: 'topic', thingId: topicId, details });
		return added;
	});
	await refreshStandings(database, topicId);
	return { comments: statements.length, participants: people.length, votes: votes.length, added, earlier, unusable };
}

/** A person or statement by the number that Polis gave it, with the key by which a second import knows it again. */
interface Keyed {
	readonly id: number;
	readonly key: Buffer;
}

type Statement = Keyed & PolisComment & { readonly language: string };

/** The number that a person or statement of Polis has here. */
type Numbers = ReadonlyMap<number, number>;

async function peopleOf(keys: TopicKeys, topicId: string, { url, comments, votes }: Conversation): Promise<Keyed[]> {
	const ids = new Set([...votes.map(({ voter }) => voter), ...comments.map(({ author }) => author)]);
	const people = [...ids].sort((one, other) => one - other).map((id) => ({ id }));
	return keyed(keys, topicId, people, ({ id }) => `polis ${url} person ${id}`);
}

async function statementsOf(keys: TopicKeys, topicId: string, { url, comments }: Conversation): Promise<Statement[]> {
	const statements = [];
	for (const comment of comments) statements.push({ ...comment, language: await detectLanguage(comment.body) });
	return keyed(keys, topicId, statements, ({ id, body }) => `polis ${url} comment ${id} ${body}`);
}

async function keyed<Thing>(
	keys: TopicKeys,
	topicId: string,
	things: readonly Thing[],
	nameOf: (thing: Thing) => string
): Promise<(Thing & { readonly key: Buffer })[]> {
	const hashes = await keys.hashAll(topicId, things.map(nameOf));
	return things.map((thing, index) => ({ ...thing, key: hashes[index]! }));
}

/** Each person who is new gets a number here. Returns how many are. */
async function bringInPeople(transaction: Transaction, topicId: string, people: readonly Keyed[]): Promise<number> {
	const fresh = await newOnes(transaction, topicId, people);
	const made = await bringInParticipants(
		transaction,
		topicId,
		fresh.map(() => nothingStated)
	);
	const { rows } = await transaction.query<{ id: string }>(
		`select participant_id as id
		from participants
		where topic_id = $1 and participant_number = any ($2::int[])
		order by participant_number`,
		[topicId, made.map(({ number }) => number)]
	);
	const ids = rows.map(({ id }) => id);
	await remember(transaction, topicId, keysOf(fresh), ids);
	return fresh.length;
}

/** The statements that are new, with the idea that each became. */
async function bringInStatements(
	transaction: Transaction,
	topicId: string,
	statements: readonly Statement[],
	participants: Numbers
): Promise<(Statement & { readonly ideaId: string })[]> {
	const fresh = await newOnes(transaction, topicId, statements);
	const made = await bringInIdeas(
		transaction,
		topicId,
		fresh.map(({ author, body, language }) => {
			const number = participants.get(author);
			return {
				...{ point: body, explanation: '', sources: '', questionId: null, groups: [], region: null, name: null },
				participant: number === undefined ? null : { number, profile: 1 },
				attribution: 'anonymous' as const,
				language
			};
		})
	);
	const ids = made.map(({ ideaId }) => ideaId);
	await remember(transaction, topicId, keysOf(fresh), ids);
	return fresh.map((statement, index) => ({ ...statement, ideaId: ids[index]! }));
}

/** Votes of people and on statements that are here. Returns how many opinions there are more. */
async function bringInVotes(
	transaction: Transaction,
	topicId: string,
	votes: readonly PolisVote[],
	{ participants, ideas }: { participants: Numbers; ideas: Numbers }
): Promise<number> {
	const opinions = votes.flatMap(({ voter, comment, vote, at }) => {
		const [participant, idea] = [participants.get(voter), ideas.get(comment)];
		if (participant === undefined || idea === undefined) return [];
		return [{ participant, profile: 1, idea, value: vote, at: at ?? transaction.at }];
	});
	const added = await bringInOpinions(transaction, topicId, opinions);
	if (added > 0) await askForAllFigures(transaction, topicId);
	return added;
}

async function hide(
	transaction: Transaction,
	keys: TopicKeys,
	{ topicId, ideaIds }: { topicId: string; ideaIds: readonly string[] },
	actor: Actor
): Promise<void> {
	const things = ideaIds.map((thingId) => ({ kind: 'idea' as const, thingId, seen: 1 }));
	for (let from = 0; from < things.length; from += mostAtOnce) {
		const chosen = things.slice(from, from + mostAtOnce);
		await moderate(transaction, keys, { topicId, chosen, act: { does: 'hide', reason: 'other' }, words: '' }, actor);
	}
}

/** By the number of the person; of somebody who was unlinked since there is none. */
async function participantsOf(transaction: Transaction, topicId: string, people: readonly Keyed[]): Promise<Numbers> {
	const { rows } = await transaction.query<{ key: string; number: number }>(
		`select encode(row_key, 'hex') as key, participant_number as number
		from sheet_rows r
		join participants p on p.topic_id = r.topic_id and p.participant_id = r.thing_id
		where r.topic_id = $1 and row_key = any ($2::bytea[])`,
		[topicId, keysOf(people)]
	);
	return numbersOf(people, rows);
}

/** By the number of the statement. */
async function ideasOf(transaction: Transaction, topicId: string, statements: readonly Keyed[]): Promise<Numbers> {
	const { rows } = await transaction.query<{ key: string; number: number }>(
		`select encode(row_key, 'hex') as key, idea_number as number
		from sheet_rows r
		join ideas i on i.topic_id = r.topic_id and i.idea_id = r.thing_id
		where r.topic_id = $1 and row_key = any ($2::bytea[])`,
		[topicId, keysOf(statements)]
	);
	return numbersOf(statements, rows);
}

function numbersOf(things: readonly Keyed[], rows: readonly { key: string; number: number }[]): Numbers {
	const numberOf = new Map(rows.map(({ key, number }) => [key, number]));
	return new Map(
		things.flatMap(({ id, key }) => {
			const number = numberOf.get(key.toString('hex'));
			return number === undefined ? [] : [[id, number] as const];
		})
	);
}

async function newOnes<Thing extends Keyed>(
	transaction: Transaction,
	topicId: string,
	things: readonly Thing[]
): Promise<Thing[]> {
	const known = await keysKnown(transaction, topicId, keysOf(things));
	return things.filter(({ key }) => !known.has(key.toString('hex')));
}

function keysOf(things: readonly Keyed[]): Buffer[] {
	return things.map(({ key }) => key);
}
