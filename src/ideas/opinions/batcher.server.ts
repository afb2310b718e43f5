import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { valueOf, type Opinion } from '#ideas/opinions/opinion.ts';
import { isReworded, whyNotWritten, writeOpinions, type Line, type Missing } from '#ideas/opinions/writing.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import { participantOf, participantsOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/*
 * Group commit. A durable commit costs the same for one opinion as for fifty, so opinions that arrive while the last ones are being written go together
 * in the next statement; nobody waits longer than for that. Each is answered when it is on disk. One batch of a topic at a time: two would wait in the
 * database for each other's counts (measured: not faster), and an earlier opinion could overtake a later one.
 *
 * Within a batch the last opinion of a person on an idea wins and both requests are answered. What the statement leaves out is answered as refused. A batch
 * that fails as a whole is halved until the row that it cannot take stands alone; one that met a change of wording is written once more as it is.
 */

/** How an opinion was received: whose it is now, or why it was not taken. */
type Settle = (outcome: { participant: number } | { error: Error }) => void;

interface Waiting extends Line {
	readonly actor: Actor;
	readonly settle: Settle[];
}

interface Queue {
	/** by person and idea */
	readonly waiting: Map<string, Waiting>;
	/** of the people seen last, by visitor or account, as lines have them */
	readonly hashes: Map<string, string>;
	isWriting: boolean;
}

/** of a topic */
const mostHashes = 20_000;

export class OpinionBatcher {
	readonly #database: Database;
	readonly #keys: TopicKeys;
	readonly #topics = new Map<string, Queue>();
	readonly #most: number;

	/** @param most opinions in a batch */
	constructor(database: Database, keys: TopicKeys, most = 500) {
		this.#database = database;
		this.#keys = keys;
		this.#most = most;
	}

	/** Resolves with the participant's number when the opinion is on disk; rejects with a refusal where it was not taken. */
	async give(
		topicId: string,
		actor: Actor,
		given: { ideaNumber: number; opinion: Opinion; seen: number | null }
	): Promise<number> {
		const who = idOf(actor);
		const topic = this.#topicOf(topicId);
		const hash = topic.hashes.get(who) ?? (await this.#hashOf(topicId, topic, who));
		const { ideaNumber, seen } = given;
		return new Promise((resolve, reject) => {
			const settle: Settle = (outcome) => ('participant' in outcome ? resolve(outcome.participant) : reject(outcome.error));
			const key = `${who} ${ideaNumber}`;
			const before = topic.waiting.get(key);
			topic.waiting.set(key, {
				actor,
				hash,
				ideaNumber,
				seen,
				value: valueOf(given.opinion),
				settle: before ? [...before.settle, settle] : [settle]
			});
			// what else arrived in the same turn of the loop goes with it
			if (!topic.isWriting) setImmediate(() => this.#next(topicId, topic));
		});
	}

	// a person gives many opinions in a row; a key that is destroyed closes its topic in the database, which the statement sees
	async #hashOf(topicId: string, { hashes }: Queue, who: string): Promise<string> {
		const hash = `\\x${(await this.#keys.hash(topicId, who)).toString('hex')}`;
		if (hashes.size >= mostHashes) hashes.clear();
		hashes.set(who, hash);
		return hash;
	}

	#topicOf(topicId: string): Queue {
		let topic = this.#topics.get(topicId);
		if (!topic) this.#topics.set(topicId, (topic = { waiting: new Map(), hashes: new Map(), isWriting: false }));
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
		if (batch.length === 0) return;
		topic.isWriting = true;
		void this.#write(topicId, batch).finally(() => {
			topic.isWriting = false;
			this.#next(topicId, topic);
		});
	}

	/** Settles every one of the batch; never rejects. */
	async #write(topicId: string, batch: readonly Waiting[]): Promise<void> {
		const { clockShift } = this.#database;
		try {
			const left = settled(batch, await writeOpinions(this.#database, topicId, batch, clockShift));
			if (left.length === 0) return;
			const reasons = await whyNotWritten(this.#database, topicId, left, clockShift);
			left.forEach((one, at) => {
				if (reasons[at] !== 'person') refuse(one, reasons[at]!);
			});
			const newcomers = left.filter((_, at) => reasons[at] === 'person');
			if (newcomers.length > 0) await this.#writeOfNewcomers(topicId, newcomers);
		} catch (error) {
			await this.#tryAgain(batch, error, (half) => this.#write(topicId, half));
		}
	}

	/** The first opinion of people who are new in the topic: they become participants in the same transaction. */
	async #writeOfNewcomers(topicId: string, batch: readonly Waiting[]): Promise<void> {
		try {
			const { written, reasons } = await inTransaction(this.#database, async (transaction) => {
				const visitors = batch.flatMap(({ actor }) => (actor.kind === 'visitor' && actor.visitorId ? [actor.visitorId] : []));
				if (visitors.length > 0) await participantsOf(transaction, this.#keys, topicId, visitors);
				for (const { actor } of batch) if (actor.kind !== 'visitor') await participantOf(transaction, this.#keys, topicId, actor);
				const written = await writeOpinions(transaction, topicId, batch, this.#database.clockShift);
				const left = batch.length === written.length ? [] : batch;
				const reasons = await whyNotWritten(transaction, topicId, left, this.#database.clockShift);
				// the stage closed in between: nobody becomes a participant by an opinion that was refused
				if (written.length === 0) throw new NothingTaken(reasons);
				return { written, reasons };
			});
			const places = new Set(written.map(({ place }) => place));
			settled(batch, written);
			batch.forEach((one, at) => {
				if (!places.has(at)) refuse(one, reasons[at]!);
			});
		} catch (error) {
			if (error instanceof NothingTaken) batch.forEach((one, at) => refuse(one, error.reasons[at]!));
			else await this.#tryAgain(batch, error, (half) => this.#writeOfNewcomers(topicId, half));
		}
	}

	async #tryAgain(batch: readonly Waiting[], error: unknown, again: (half: readonly Waiting[]) => Promise<void>): Promise<void> {
		if (isReworded(error)) return again(batch);
		if (batch.length === 1 || isRefusal(error) || isLost(error)) {
			const reported = error instanceof Error ? error : new Error('opinions could not be written', { cause: error });
			for (const { settle } of batch) for (const one of settle) one({ error: reported });
			return;
		}
		const middle = batch.length >> 1;
		await again(batch.slice(0, middle));
		await again(batch.slice(middle));
	}
}

/** Takes a transaction back in which every opinion was refused. */
class NothingTaken extends Error {
	readonly reasons: readonly Missing[];
	constructor(reasons: readonly Missing[]) {
		super('no opinion of the batch was taken');
		this.reasons = reasons;
	}
}

function idOf(actor: Actor): string {
	if (actor.kind === 'account') return actor.accountId;
	if (actor.kind === 'job') throw refusal('not-allowed');
	if (!actor.visitorId) throw refusal('no-visitor');
	return actor.visitorId;
}

/**
 * Answers those that were written; returns the others. The answers wait until the next batch is on its way, so that the database writes while
 * they go out (measured: a quarter more opinions a second).
 */
function settled(batch: readonly Waiting[], written: readonly { place: number; participant: number }[]): Waiting[] {
	setImmediate(() => {
		for (const { place, participant } of written) for (const one of batch[place]!.settle) one({ participant });
	});
	if (written.length === batch.length) return [];
	const places = new Set(written.map(({ place }) => place));
	return batch.filter((_, at) => !places.has(at));
}

const codes = { idea: 'not-found', stage: 'stage-closed', wording: 'changed-meanwhile', person: 'stage-closed' } as const;

function refuse({ settle }: Waiting, missing: Missing): void {
	const error = refusal(codes[missing]);
	for (const one of settle) one({ error });
}

/** Without its database no half of a batch fares better. */
function isLost(error: unknown): boolean {
	const code = (error as { code?: string }).code ?? '';
	return /^(08|57P|53)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code) || code === '';
}
