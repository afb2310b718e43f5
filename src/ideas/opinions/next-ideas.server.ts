import type { Queryable } from '#database/connection.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/*
 * Which idea a person is asked about next. For now a plain fair order: all ideas in their stored shuffle, each person starting at a place of their own, so that
 * every idea is somebody's first and none depends on when it came in; ideas in languages that the person reads come before the others. Nobody is asked about
 * what they wrote themselves.
 *
 * The numbers of a topic's visible ideas stand in memory, and of the people seen last what they have judged, so that the answer to an opinion asks the database
 * nothing. What another process wrote is learnt late, which costs a person at most an idea that they have seen before.
 */

/** The ideas of a topic that can be seen, in the order of their shuffle. */
interface Pool {
	readonly numbers: Int32Array;
	/** index into `tags` */
	readonly languages: Uint16Array;
	readonly tags: readonly string[];
	/** whose each is: the participant, after they signed in the account's; 0 where there is none */
	readonly authors: Int32Array;
	/** what the database said when it was read: unchanged means unchanged ideas */
	readonly stamp: string;
	/** found to be hidden since it was read */
	readonly gone: Set<number>;
	/** when to ask the database again: the larger the topic, the less often */
	checkAgainAt: number;
}

interface Person {
	readonly judged: Set<number>;
	/** the pool in which `at` counts */
	pool: Pool | null;
	at: number;
	/** whether the round through the languages that they read is done */
	others: boolean;
	reads: string;
}

// ms; reading a pool takes at most a twentieth of the time
const checkedFor = 2_000;

export class NextIdeas {
	readonly #queryable: Queryable;
	readonly #now: () => number;
	readonly #pools = new Map<string, Promise<Pool>>();
	readonly #people = new Map<string, Person>();
	readonly #asking = new Map<string, { participants: Set<number>; judged: Promise<Map<number, number[]>> }>();
	readonly #most: number;
	#remembered = 0;

	/** @param most judgements remembered; the people not seen for longest are forgotten first */
	constructor(queryable: Queryable, now: () => number, most = 500_000) {
		this.#queryable = queryable;
		this.#now = now;
		this.#most = most;
	}

	/**
	 * The number of the next idea of others that the participant has not judged; null where there is none.
	 * @param reads languages (none: no preference); what was said last where it is left out
	 */
	async next(topicId: string, participant: number, reads?: readonly string[]): Promise<number | null> {
		const pool = await this.#poolOf(topicId);
		const person = await this.#personOf(topicId, participant);
		const wanted = reads ? reads.map((tag) => tag.split('-')[0]!).join() : person.reads;
		if (person.pool !== pool || person.reads !== wanted)
			Object.assign(person, { pool, at: 0, others: wanted === '', reads: wanted });
		return following(pool, person, participant, participant);
	}

	/** An idea that was just found hidden is not asked about any more. */
	async passOver(topicId: string, ideaNumber: number): Promise<void> {
		(await this.#poolOf(topicId)).gone.add(ideaNumber);
	}

	/** What was judged is not asked again. */
	judged(topicId: string, participant: number, ideaNumber: number): void {
		const person = this.#people.get(`${topicId} ${participant}`);
		if (!person || person.judged.has(ideaNumber)) return;
		person.judged.add(ideaNumber);
		this.#remembered++;
	}

	/** How many of the topic's ideas the participant has judged, and how many they are asked about. */
	async progress(topicId: string, participant: number | null): Promise<{ judged: number; ideas: number }> {
		const { numbers, authors } = await this.#poolOf(topicId);
		if (participant === null) return { judged: 0, ideas: numbers.length };
		const { judged } = await this.#personOf(topicId, participant);
		let ideas = numbers.length;
		for (const [place, author] of authors.entries()) if (author === participant && !judged.has(numbers[place]!)) ideas--;
		return { judged: Math.min(judged.size, ideas), ideas };
	}

	/** For somebody who has not taken part yet: the first of the round from a place of their own. */
	async first(topicId: string, place = 0, reads: readonly string[] = []): Promise<number | null> {
		const wanted = reads.map((tag) => tag.split('-')[0]!).join();
		const nobody: Person = { judged: new Set(), pool: null, at: 0, others: wanted === '', reads: wanted };
		return following(await this.#poolOf(topicId), nobody, place, null);
	}

	async #poolOf(topicId: string): Promise<Pool> {
		const known = this.#pools.get(topicId);
		if (!known) return this.#read(topicId);
		const pool = await known;
		// the answer does not wait for news: it goes out with what is known
		if (this.#now() > pool.checkAgainAt) {
			pool.checkAgainAt = this.#now() + checkedFor;
			this.#renew(topicId, pool).catch(() => {});
		}
		return pool;
	}

	async #renew(topicId: string, pool: Pool): Promise<void> {
		if ((await stampOf(this.#queryable, topicId)) === pool.stamp) return;
		this.#pools.set(topicId, Promise.resolve(await readPool(this.#queryable, topicId, this.#now)));
	}

	#read(topicId: string): Promise<Pool> {
		const reading = readPool(this.#queryable, topicId, this.#now);
		this.#pools.set(topicId, reading);
		reading.catch(() => this.#pools.delete(topicId));
		return reading;
	}

	async #personOf(topicId: string, participant: number): Promise<Person> {
		const key = `${topicId} ${participant}`;
		const known = this.#people.get(key);
		if (known) {
			// a Map keeps the order of entry: the one just seen goes last
			this.#people.delete(key);
			this.#people.set(key, known);
			return known;
		}
		const judged = await this.#judgedBy(topicId, participant);
		// asked twice at the same time: one of them holds
		const meanwhile = this.#people.get(key);
		if (meanwhile) return meanwhile;
		const person: Person = { judged, pool: null, at: 0, others: false, reads: '' };
		this.#people.set(key, person);
		this.#remembered += judged.size + perPerson;
		for (const [oldest, { judged: forgotten }] of this.#people) {
			if (this.#remembered <= this.#most || oldest === key) break;
			this.#people.delete(oldest);
			this.#remembered -= forgotten.size + perPerson;
		}
		return person;
	}

	/** One query for all who ask in the same turn of the loop: the opinions of a batch are answered together. */
	async #judgedBy(topicId: string, participant: number): Promise<Set<number>> {
		let asking = this.#asking.get(topicId);
		if (!asking) {
			const participants = new Set<number>();
			const judged = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
				this.#asking.delete(topicId);
				return judgedBy(this.#queryable, topicId, [...participants]);
			});
			this.#asking.set(topicId, (asking = { participants, judged }));
		}
		asking.participants.add(participant);
		return new Set((await asking.judged).get(participant));
	}
}

async function judgedBy(queryable: Queryable, topicId: string, participants: readonly number[]): Promise<Map<number, number[]>> {
	const { rows } = await queryable.query<{ participant: number; judged: number[] }>({
		name: 'judged-by-participants',
		text: `
			select participant_number as participant, array_agg(idea_number) as judged
			from opinions
			where topic_id = $1 and participant_number = any ($2::int[])
			group by participant_number`,
		values: [topicId, participants]
	});
	return new Map(rows.map(({ participant, judged }) => [participant, judged]));
}

// what an entry weighs beside its judgements, in judgements
const perPerson = 10;

/**
 * Goes on from where the person stands; each idea is passed once a round, so a step costs the same however many there are.
 * @param beginning what their place in the round follows from
 * @param author the participant whose ideas are left out; null: nobody's
 */
function following({ numbers, languages, tags, authors, gone }: Pool, person: Person, beginning: number, author: number | null) {
	const reads = person.reads === '' ? null : new Set(person.reads.split(','));
	const wanted = tags.map((tag) => reads === null || reads.has(tag));
	const start = startOf(beginning, numbers.length);
	for (;;) {
		for (; person.at < numbers.length; person.at++) {
			const place = (start + person.at) % numbers.length;
			if (!person.others && !wanted[languages[place]!]) continue;
			const number = numbers[place]!;
			if (authors[place] !== author && !person.judged.has(number) && !gone.has(number)) return number;
		}
		if (person.others) return null;
		person.others = true;
		person.at = 0;
	}
}

/** Neighbours start far from each other (Knuth's multiplicative hashing). */
function startOf(beginning: number, ideas: number): number {
	return ideas === 0 ? 0 : (Math.imul(beginning, 2654435761) >>> 0) % ideas;
}

async function stampOf(queryable: Queryable, topicId: string): Promise<string> {
	const { rows } = await queryable.query<{ stamp: string }>({
		name: 'ideas-stamp',
		text: `
			select concat_ws(' ',
				(select last from counters where topic_id = $1 and counted = 'ideas'),
				(select count from topic_counts where topic_id = $1 and counted = 'ideas'),
				(select max(since) from concealments where topic_id = $1 and kind = 'idea'),
				-- whose an idea is changes when its author signs in
				(select count(*) from participant_joins where topic_id = $1)) as stamp`,
		values: [topicId]
	});
	return rows[0]!.stamp;
}

async function readPool(queryable: Queryable, topicId: string, now: () => number): Promise<Pool> {
	const began = now();
	const stamp = await stampOf(queryable, topicId);
	// one text of numbers: a hundred thousand rows would hold up everybody else
	const { rows } = await queryable.query<{ numbers: string | null; languages: string | null; authors: string | null }>({
		name: 'ideas-pool',
		text: `
			select string_agg(idea_number::text, ',' order by shuffle, idea_number) as numbers,
				string_agg(split_part(language, '-', 1), ',' order by shuffle, idea_number) as languages,
				string_agg(coalesce(j.into_number, i.participant_number, 0)::text, ',' order by shuffle, idea_number) as authors
			from ideas i
			left join participant_joins j using (topic_id, participant_number)
			where topic_id = $1
				and ${canBeSeen('idea', 'i.idea_id')}`,
		values: [topicId]
	});
	const { numbers, languages, authors } = rows[0]!;
	const tags = [...new Set(languages?.split(','))];
	const indexes = new Map(tags.map((tag, index) => [tag, index]));
	return {
		numbers: Int32Array.from(numbers?.split(',') ?? [], Number),
		languages: Uint16Array.from(languages?.split(',') ?? [], (tag) => indexes.get(tag)!),
		tags,
		authors: Int32Array.from(authors?.split(',') ?? [], Number),
		stamp,
		gone: new Set(),
		checkAgainAt: now() + Math.max(checkedFor, 20 * (now() - began))
	};
}
