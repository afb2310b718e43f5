import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { momentKept } from '#events/event.ts';
import { figureMoved, type OfEvent } from '#events/moving.server.ts';
import { holdPolls, numberWords, writeAnswers, type AnswerLine, type PollHeld } from '#townhalls/polls/writing.server.ts';
import type { Answer } from '#townhalls/polls/poll.ts';
import { isRefusal, refusal, type RefusalCode } from '#refusals/refusal.ts';
import { participantOf, participantsOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/*
 * A hall answers at once. Answers that arrive while others are being written go together in the next transaction (as opinions do, with one difference: most
 * of these people are new in the topic, so each batch makes its participants, too). The last answer of a person wins and both requests are answered when
 * it is on disk. One batch of a topic at a time; one that fails as a whole is halved until the row that it cannot take stands alone.
 * Who watches the figures is told of a batch at once. A batch costs much the same whatever is in it: in a rush they follow each other no closer
 * than anybody notices.
 */

/** ms from the beginning of a batch to that of the next */
const apart = 60;

/** What somebody answers: choices, or the words of a cloud. */
export type Given = Answer | { readonly words: readonly { readonly folded: string; readonly shown: string }[] };

interface Waiting {
	readonly actor: Actor;
	readonly who: string;
	readonly pollId: string;
	readonly given: Given;
	readonly settle: ((error: Error | null) => void)[];
}

interface Queue {
	/** by person and poll */
	readonly waiting: Map<string, Waiting>;
	isWriting: boolean;
	/** when the last batch began; ms of a clock that never jumps */
	began: number;
}

export class AnswerBatcher {
	readonly #database: Database;
	readonly #keys: TopicKeys;
	readonly #topics = new Map<string, Queue>();
	readonly #most: number;
	/** batches written so far */
	batches = 0;
	/** Called for each event in which answers were taken. */
	onTaken: (event: OfEvent) => void = () => {};

	/** @param most answers in a batch */
	constructor(database: Database, keys: TopicKeys, most = 300) {
		this.#database = database;
		this.#keys = keys;
		this.#most = most;
	}

	/** Resolves when the answer is on disk. Refuses `poll-closed`, `poll-not-open` (a draft), `not-found`, `no-visitor`. */
	async give(topicId: string, pollId: string, given: Given, actor: Actor): Promise<void> {
		const who = idOf(actor);
		const topic = this.#topicOf(topicId);
		return new Promise((resolve, reject) => {
			const settle = (error: Error | null) => (error ? reject(error) : resolve());
			const key = `${who} ${pollId}`;
			const before = topic.waiting.get(key);
			topic.waiting.set(key, { actor, who, pollId, given, settle: before ? [...before.settle, settle] : [settle] });
			// what else arrived in the same turn of the loop goes with it
			if (!topic.isWriting) setImmediate(() => this.#next(topicId, topic));
		});
	}

	#topicOf(topicId: string): Queue {
		let topic = this.#topics.get(topicId);
		if (!topic) this.#topics.set(topicId, (topic = { waiting: new Map(), isWriting: false, began: -Infinity }));
		return topic;
	}

	#next(topicId: string, topic: Queue): void {
		if (topic.isWriting) return;
		const batch: Waiting[] = [];
		for (const [key, one] of topic.waiting) {
			batch.push(one);
			topic.waiting.delete(key);
			if (batch.length === this.#most) break;
		}
		if (batch.length === 0) {
			this.#topics.delete(topicId);
			return;
		}
		topic.isWriting = true;
		topic.began = performance.now();
		void this.#write(topicId, batch).finally(() => {
			const rest = Math.max(0, topic.began + apart - performance.now());
			setTimeout(() => {
				topic.isWriting = false;
				this.#next(topicId, topic);
			}, rest);
		});
	}

	/** Settles every one of the batch; never rejects. */
	async #write(topicId: string, batch: readonly Waiting[]): Promise<void> {
		try {
			const [refusals, answered] = await inTransaction(this.#database, (transaction) => this.#take(transaction, topicId, batch));
			this.batches++;
			for (const { eventId } of answered) this.onTaken({ topicId, eventId });
			batch.forEach((one, at) => settle(one, refusals[at] ?? null));
		} catch (error) {
			if (batch.length === 1 || isRefusal(error)) {
				const reported = error instanceof Error ? error : new Error('answers could not be written', { cause: error });
				for (const one of batch) settle(one, reported);
				return;
			}
			const middle = batch.length >> 1;
			await this.#write(topicId, batch.slice(0, middle));
			await this.#write(topicId, batch.slice(middle));
		}
	}

	/** Why each of them was not taken, null where it was; and the polls that were answered. Nobody becomes a participant by an answer that was refused. */
	async #take(transaction: Transaction, topicId: string, batch: readonly Waiting[]): Promise<[(Error | null)[], PollHeld[]]> {
		const held = await holdPolls(transaction, topicId, [...new Set(batch.map(({ pollId }) => pollId))]);
		const polls = new Map(held.map((poll) => [poll.pollId, poll]));
		const codes = batch.map(({ pollId }) => whyNot(polls.get(pollId)));
		const taken = batch.filter((_, at) => codes[at] === null);
		if (taken.length > 0) {
			const keptAt = (pollId: string) => momentKept(polls.get(pollId)!, transaction.at);
			const numbers = new Map<string, number>();
			for (const [moment, some] of Map.groupBy(taken, ({ pollId }) => keptAt(pollId).getTime()))
				for (const [who, number] of await this.#numbersOf(transaction, topicId, some, new Date(moment))) numbers.set(who, number);
			await writeAnswers(transaction, topicId, await this.#lines(transaction, topicId, taken, { numbers, keptAt }));
		}
		const answered = [...new Set(taken.map(({ pollId }) => polls.get(pollId)!))];
		for (const eventId of new Set(answered.map(({ eventId }) => eventId)))
			await figureMoved(transaction, { topicId, eventId }, 'answers');
		return [codes.map((code) => code && refusal(code)), answered];
	}

	/** The participants of these people, made where they are new: as of the moment that is kept of what they do. */
	async #numbersOf(transaction: Transaction, topicId: string, taken: readonly Waiting[], at: Date): Promise<Map<string, number>> {
		const visitors = taken.flatMap(({ actor }) => (actor.kind === 'visitor' && actor.visitorId ? [actor.visitorId] : []));
		const made = visitors.length > 0 ? await participantsOf(transaction, this.#keys, topicId, visitors, at) : [];
		const numbers = new Map(visitors.map((visitorId, place) => [visitorId, made[place]!.number]));
		for (const { actor, who } of taken)
			if (actor.kind !== 'visitor') numbers.set(who, (await participantOf(transaction, this.#keys, topicId, actor, at)).number);
		return numbers;
	}

	async #lines(
		transaction: Transaction,
		topicId: string,
		taken: readonly Waiting[],
		{ numbers, keptAt }: { numbers: ReadonlyMap<string, number>; keptAt: (pollId: string) => Date }
	): Promise<AnswerLine[]> {
		const words = taken.flatMap(({ pollId, given }) =>
			'words' in given ? given.words.map((word) => ({ pollId, ...word })) : []
		);
		const numbered = words.length > 0 ? await numberWords(transaction, topicId, words) : new Map<string, number>();
		// a person with two browsers that became one participant: the later answer is that of the later request
		const lines = new Map<string, AnswerLine>();
		for (const { who, pollId, given } of taken) {
			const participant = numbers.get(who)!;
			const { choices, weights } =
				'words' in given
					? {
							choices: given.words.map(({ folded }) => numbered.get(`${pollId} ${folded}`)!),
							weights: given.words.map(() => 1)
						}
					: given;
			lines.set(`${pollId} ${participant}`, { pollId, participant, choices, weights, at: keptAt(pollId) });
		}
		return [...lines.values()];
	}
}

function settle({ settle }: Waiting, error: Error | null): void {
	for (const one of settle) one(error);
}

function whyNot(poll: PollHeld | undefined): RefusalCode | null {
	if (poll?.isArchived) return 'topic-archived';
	if (poll?.isCancelled) return 'event-cancelled';
	if (poll?.state === 'open') return null;
	const state = poll?.state;
	return state === undefined ? 'not-found' : state === 'draft' ? 'poll-not-open' : 'poll-closed';
}

function idOf(actor: Actor): string {
	if (actor.kind === 'account') return actor.accountId;
	if (actor.kind === 'job') throw refusal('not-allowed');
	if (!actor.visitorId) throw refusal('no-visitor');
	return actor.visitorId;
}
