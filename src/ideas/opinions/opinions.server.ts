import type { Actor } from '#activity/actor.ts';
import { moveFollows } from '#contributions/following.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { NextIdeas } from '#ideas/opinions/next-ideas.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { opinionOf, type Opinion, type OpinionValue } from '#ideas/opinions/opinion.ts';
import { refreshStandingsSoon } from '#ideas/standings.server.ts';
import { joinOpinions } from '#ideas/opinions/writing.server.ts';
import { joinVisitor } from '#topics/participants/joining.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** How long the lists most supported and most discussed may lag behind (ms). */
const standingsEvery = 3000;

/** What a process keeps for opinions: made once at start, part of its context. */
export class Opinions {
	readonly #database: Database;
	readonly #askAfterwards: (transaction: Transaction, topicId: string) => Promise<void>;
	readonly #batcher: OpinionBatcher;
	readonly #next: NextIdeas;
	readonly #standings = new Map<string, NodeJS.Timeout>();

	/**
	 * @param now milliseconds of a clock that never jumps
	 * @param askAfterwards what else wants to know, a few seconds later, that opinions came in: higher folders hand it down
	 */
	constructor(
		database: Database,
		keys: TopicKeys,
		now: () => number,
		askAfterwards: (transaction: Transaction, topicId: string) => Promise<void> = () => Promise.resolve()
	) {
		this.#database = database;
		this.#askAfterwards = askAfterwards;
		this.#batcher = new OpinionBatcher(database, keys);
		this.#next = new NextIdeas(database, now);
	}

	/**
	 * Takes the opinion, answers when it is on disk, and tells which idea comes next (null: none is left).
	 * @param given.seen the version of the wording that was shown; null: the newest
	 * @throws `stage-closed`, `not-found` (the idea cannot be seen), `changed-meanwhile` (it reads otherwise now), `no-visitor`
	 */
	async give(
		topicId: string,
		actor: Actor,
		given: { ideaNumber: number; opinion: Opinion; seen: number | null }
	): Promise<{ participant: number; next: number | null }> {
		const participant = await this.#batcher.give(topicId, actor, given);
		this.#next.judged(topicId, participant, given.ideaNumber);
		this.#refreshSoon(topicId);
		return { participant, next: await this.#next.next(topicId, participant) };
	}

	/** The next idea for a participant; for somebody who has not acted yet (null) the first from a place of their own. */
	next(topicId: string, participant: number | null, { reads, place = 0 }: { reads?: readonly string[]; place?: number } = {}) {
		return participant === null ? this.#next.first(topicId, place, reads) : this.#next.next(topicId, participant, reads);
	}

	/** An idea that was just found hidden is not asked about any more. */
	passOver(topicId: string, ideaNumber: number): Promise<void> {
		return this.#next.passOver(topicId, ideaNumber);
	}

	progress(topicId: string, participant: number | null): Promise<{ judged: number; ideas: number }> {
		return this.#next.progress(topicId, participant);
	}

	#refreshSoon(topicId: string): void {
		if (this.#standings.has(topicId)) return;
		const timer = setTimeout(() => {
			this.#standings.delete(topicId);
			// what cannot be asked for now is asked for by the next opinion
			inTransaction(this.#database, async (transaction) => {
				await refreshStandingsSoon(transaction, topicId);
				await this.#askAfterwards(transaction, topicId);
			}).catch(() => {});
		}, standingsEvery);
		this.#standings.set(topicId, timer.unref());
	}
}

/** A person who took part without an account has signed in: participant and opinions become the account's, in one transaction. */
export async function joinParticipant(database: Database, keys: TopicKeys, topicId: string, actor: Actor): Promise<void> {
	if (actor.kind !== 'account' || !actor.visitorId) return;
	await inTransaction(database, async (transaction) => {
		const joined = await joinVisitor(transaction, keys, topicId, actor);
		if (!joined) return;
		await joinOpinions(transaction, topicId, joined);
		await moveFollows(transaction, topicId, joined);
		await refreshStandingsSoon(transaction, topicId);
	});
}

/** What a participant has said to an idea; null: nothing yet. */
export async function ownOpinion(
	queryable: Queryable,
	topicId: string,
	participant: number,
	ideaNumber: number
): Promise<Opinion | null> {
	const { rows } = await queryable.query<{ value: OpinionValue }>({
		name: 'own-opinion',
		text: `
			select value
			from opinions
			where topic_id = $1 and participant_number = $2 and idea_number = $3`,
		values: [topicId, participant, ideaNumber]
	});
	return rows[0] ? opinionOf(rows[0].value) : null;
}
