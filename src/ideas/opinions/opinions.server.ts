import type { Actor } from '#activity/actor.ts';
import { moveFollows } from '#contributions/following.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { keepDraws, moveDraws, type Draw } from '#ideas/opinions/draws.server.ts';
import type { NextIdeas } from '#ideas/opinions/next-ideas.ts';
import { opinionOf, type Opinion, type OpinionValue } from '#ideas/opinions/opinion.ts';
import { refreshStandingsSoon } from '#ideas/standings.server.ts';
import { joinOpinions } from '#ideas/opinions/writing.server.ts';
import { joinVisitor } from '#topics/participants/joining.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** How long the lists most supported and most discussed may lag behind, and what is kept of draws (ms). */
const standingsEvery = 3000;

/** How many draws wait at most while the database takes none. */
const mostDraws = 100_000;

/** What a process keeps for opinions: made once at start, part of its context. */
export class Opinions {
	readonly #database: Database;
	readonly #askAfterwards: (transaction: Transaction, topicId: string) => Promise<void>;
	readonly #batcher: OpinionBatcher;
	readonly #next: NextIdeas;
	readonly #standings = new Map<string, NodeJS.Timeout>();
	/** by topic: opinions on ideas that had been drawn, to be written together */
	readonly #draws = new Map<string, Draw[]>();
	/** Is told at once of the topic in which an opinion was given: higher folders listen. */
	onGiven: (topicId: string) => void = () => {};

	/**
	 * @param next which idea is asked about next
	 * @param askAfterwards what else wants to know, a few seconds later, that opinions came in: higher folders hand it down
	 */
	constructor(
		database: Database,
		keys: TopicKeys,
		next: NextIdeas,
		askAfterwards: (transaction: Transaction, topicId: string) => Promise<void> = () => Promise.resolve()
	) {
		this.#database = database;
		this.#askAfterwards = askAfterwards;
		this.#batcher = new OpinionBatcher(database, keys);
		this.#next = next;
	}

	/**
	 * Takes the opinion, answers when it is on disk, and tells which idea comes next (null: none is left).
	 * @param given.seen the version of the wording that was shown; null: the newest
	 * @param question the guiding question whose ideas alone come next; null: all
	 * @throws `stage-closed`, `not-found` (the idea cannot be seen), `changed-meanwhile` (it reads otherwise now), `no-visitor`
	 */
	async give(
		topicId: string,
		actor: Actor,
		given: { ideaNumber: number; opinion: Opinion; seen: number | null },
		question: string | null = null
	): Promise<{ participant: number; next: number | null }> {
		const participant = await this.#batcher.give(topicId, actor, given);
		this.onGiven(topicId);
		const asker = { participant, visitor: visitorOf(actor) };
		const probability = this.#next.judged(topicId, asker, given.ideaNumber, given.opinion);
		if (probability !== null) this.#noteDraw(topicId, { participant, idea: given.ideaNumber, probability });
		this.#refreshSoon(topicId);
		return { participant, next: await this.#next.next(topicId, asker, undefined, question) };
	}

	/**
	 * The next idea for who acts: for their participant, or as long as they are none (null) for their browser or account.
	 * @param stated what they say of themselves
	 * @param question the guiding question whose ideas alone they are asked about; null: all
	 */
	next(
		topicId: string,
		actor: Actor,
		participant: number | null,
		stated: { readonly reads: readonly string[]; readonly groups: readonly string[] },
		question: string | null = null
	): Promise<number | null> {
		return this.#next.next(topicId, { participant, visitor: visitorOf(actor) }, stated, question);
	}

	/** An idea that was just found hidden is not asked about any more. */
	passOver(topicId: string, ideaNumber: number): Promise<void> {
		return this.#next.passOver(topicId, ideaNumber);
	}

	progress(
		topicId: string,
		participant: number | null,
		question: string | null = null
	): Promise<{ judged: number; ideas: number }> {
		return this.#next.progress(topicId, participant, question);
	}

	/** Writes what waits to be written together. */
	async close(): Promise<void> {
		for (const [topicId, timer] of this.#standings) {
			clearTimeout(timer);
			await this.#refresh(topicId);
		}
	}

	#noteDraw(topicId: string, draw: Draw): void {
		const draws = this.#draws.get(topicId);
		if (!draws) this.#draws.set(topicId, [draw]);
		else if (draws.length < mostDraws) draws.push(draw);
	}

	#refreshSoon(topicId: string): void {
		if (this.#standings.has(topicId)) return;
		const timer = setTimeout(() => void this.#refresh(topicId), standingsEvery);
		this.#standings.set(topicId, timer.unref());
	}

	async #refresh(topicId: string): Promise<void> {
		this.#standings.delete(topicId);
		const draws = this.#draws.get(topicId) ?? [];
		this.#draws.delete(topicId);
		try {
			await inTransaction(this.#database, async (transaction) => {
				if (draws.length > 0) await keepDraws(transaction, topicId, draws);
				await refreshStandingsSoon(transaction, topicId);
				await this.#askAfterwards(transaction, topicId);
			});
		} catch {
			// what cannot be asked for now is asked for by the next opinion
			for (const draw of draws) this.#noteDraw(topicId, draw);
		}
	}
}

/** The cookie or account by which somebody is known before they take part. */
function visitorOf(actor: Actor): string | null {
	return actor.kind === 'job' ? null : actor.kind === 'account' ? actor.accountId : actor.visitorId;
}

/**
 * A person who took part without an account has signed in: participant and opinions become the account's, in one transaction.
 * @param joinOthers what else is told apart by participants: higher folders hand it down
 */
export async function joinParticipant(
	database: Database,
	keys: TopicKeys,
	topicId: string,
	actor: Actor,
	joinOthers: (transaction: Transaction, topicId: string, joined: { from: number; into: number }) => Promise<void> = () =>
		Promise.resolve()
): Promise<void> {
	if (actor.kind !== 'account' || !actor.visitorId) return;
	await inTransaction(database, async (transaction) => {
		const joined = await joinVisitor(transaction, keys, topicId, actor);
		if (!joined) return;
		await joinOpinions(transaction, topicId, joined);
		await moveDraws(transaction, topicId, joined);
		await moveFollows(transaction, topicId, joined);
		await joinOthers(transaction, topicId, joined);
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
