import type { Database } from '#database/connection.server.ts';
import { Person, type Stated } from '#agreement/routing/person.ts';
import type { Random } from '#agreement/routing/random.ts';
import { readPeople, type PersonRead } from '#agreement/routing/reading.server.ts';
import { TopicIdeas } from '#agreement/routing/topic-ideas.server.ts';
import type { WeighedIdeas } from '#agreement/routing/weighed-ideas.ts';
import type { Asker, NextIdeas } from '#ideas/opinions/next-ideas.ts';
import type { Opinion } from '#ideas/opinions/opinion.ts';

/*
 * Which idea a person is asked about next: a lottery in which an idea counts the more, the less the person's group was heard on it, the more open
 * it is what people think, and the newer it is (weights.ts); how a person draws from it: person.ts.
 *
 * The weighed ideas of a topic stand in memory, and of the people seen last what they have judged, so that the answer to an opinion asks the
 * database nothing. What another process wrote is learnt late, which costs a person at most an idea that they have seen before. A process
 * that starts knows nothing and reads all it needs when it is asked.
 */
export class Routing implements NextIdeas {
	readonly #database: Database;
	readonly #random: Random;
	readonly #ideas: TopicIdeas;
	/** by topic and number: a key joined of both would have to be made and hashed for each opinion */
	readonly #people = new Map<string, Map<number, Known>>();
	readonly #now: () => number;
	/** who asks and is not a participant yet, by the id of their cookie or account */
	readonly #visitors = new Map<string, Person>();
	readonly #asking = new Map<string, { participants: Set<number>; read: Promise<Map<number, PersonRead>> }>();
	readonly #most: number;
	#remembered = 0;

	/**
	 * @param now milliseconds of a clock that never jumps
	 * @param most judgements remembered; the people not seen for longest are forgotten first
	 */
	constructor(database: Database, { now, random, most = 500_000 }: { now: () => number; random: Random; most?: number }) {
		this.#database = database;
		this.#random = random;
		this.#now = now;
		this.#ideas = new TopicIdeas(database, now);
		this.#most = most;
	}

	async next(
		topicId: string,
		asker: Asker,
		stated?: { readonly reads: readonly string[]; readonly groups: readonly string[] },
		question: string | null = null
	): Promise<number | null> {
		const ideas = await this.#ideas.of(topicId);
		const person = await (asker.participant === null ? this.#visitorOf(topicId, asker) : this.#personOf(topicId, asker));
		const before = person.size;
		if (stated) person.states({ reads: languagesIn(stated.reads), groups: stated.groups });
		person.asks(question);
		const drawn = person.next(ideas, this.#random);
		this.#remembered += person.size - before;
		return drawn?.number ?? null;
	}

	judged(topicId: string, asker: Asker & { readonly participant: number }, ideaNumber: number, opinion: Opinion): number | null {
		const person = this.#people.get(topicId)?.get(asker.participant)?.person;
		if (!person?.judged.has(ideaNumber)) this.#ideas.known(topicId)?.heard(ideaNumber, opinion === 'agree');
		if (person) {
			const before = person.size;
			const probability = person.judges(ideaNumber);
			this.#remembered += person.size - before;
			return probability;
		}
		// their first opinion, or the first that this process sees: who they are is read when they are asked next
		const drawn = this.#visitors.get(`${topicId} ${asker.visitor}`)?.drawn;
		return drawn?.number === ideaNumber ? drawn.probability : null;
	}

	async passOver(topicId: string, ideaNumber: number): Promise<void> {
		(await this.#ideas.of(topicId)).hide(ideaNumber);
	}

	async progress(
		topicId: string,
		participant: number | null,
		question: string | null = null
	): Promise<{ judged: number; ideas: number }> {
		const ideas = await this.#ideas.of(topicId);
		if (question !== null) return this.#progressIn(ideas, topicId, participant, question);
		const all = ideas.numbers.length;
		if (participant === null) return { judged: 0, ideas: all };
		const { judged } = await this.#personOf(topicId, { participant, visitor: null });
		const ownUnjudged = ideas.placesOf(participant).filter((place) => !judged.has(ideas.numbers[place]!));
		const asked = all - ownUnjudged.toArray().length;
		return { judged: Math.min(judged.size, asked), ideas: asked };
	}

	async #progressIn(ideas: WeighedIdeas, topicId: string, participant: number | null, question: string) {
		if (participant === null) return { judged: 0, ideas: ideas.ofQuestion(question, []).all };
		const { judged } = await this.#personOf(topicId, { participant, visitor: null });
		const own = ideas
			.placesOf(participant)
			.map((place) => ideas.numbers[place]!)
			.filter((number) => !judged.has(number));
		const { all, some } = ideas.ofQuestion(question, judged);
		return { judged: some, ideas: all - ideas.ofQuestion(question, own).some };
	}

	#visitorOf(topicId: string, { visitor }: Asker): Person {
		const key = `${topicId} ${visitor}`;
		const known = this.#visitors.get(key);
		if (known) return known;
		const person = new Person([], 0, nothingStated);
		// nobody is anybody: without an id there is nothing to remember
		if (visitor === null) return person;
		this.#visitors.set(key, person);
		if (this.#visitors.size > mostVisitors) this.#visitors.delete(this.#visitors.keys().next().value!);
		return person;
	}

	async #personOf(
		topicId: string,
		{ participant, visitor }: { participant: number | null; visitor: string | null }
	): Promise<Person> {
		const known = this.#people.get(topicId)?.get(participant!);
		if (known) return this.#seen(topicId, participant!, known);
		const read = await this.#read(topicId, participant!);
		let people = this.#people.get(topicId);
		if (!people) this.#people.set(topicId, (people = new Map<number, Known>()));
		// asked twice at the same time: one of them holds
		const meanwhile = people.get(participant!);
		if (meanwhile) return meanwhile.person;
		const person = new Person(read.judged, participant!, { reads: languagesIn(read.reads), groups: read.groups });
		people.set(participant!, { person, seenAt: this.#now() });
		this.#moveVisitor(`${topicId} ${visitor}`, person);
		this.#remembered += person.size;
		if (this.#remembered > this.#most) this.#forget(topicId, person);
		return person;
	}

	// a Map keeps the order of entry: who is seen again goes last, yet not with each of many opinions in a row
	#seen(topicId: string, participant: number, known: Known): Person {
		const now = this.#now();
		if (now - known.seenAt > aWhile) {
			known.seenAt = now;
			const people = this.#people.get(topicId)!;
			people.delete(participant);
			people.set(participant, known);
		}
		return known.person;
	}

	/** Those not seen for longest go first, of the same topic and then of others, until the rest has room; never who asks just now. */
	#forget(topicId: string, asking: Person): void {
		for (const topic of [topicId, ...this.#people.keys()]) {
			const people = this.#people.get(topic) ?? new Map<number, Known>();
			for (const [participant, { person }] of people) {
				if (this.#remembered <= this.#most) return;
				if (person === asking) continue;
				people.delete(participant);
				this.#remembered -= person.size;
			}
			if (people.size === 0) this.#people.delete(topic);
		}
	}

	/** Who took part just now goes on being asked what they were asked. */
	#moveVisitor(key: string, person: Person): void {
		const visitor = this.#visitors.get(key);
		if (!visitor) return;
		this.#visitors.delete(key);
		if (person.stated.reads.length === 0) person.states({ ...person.stated, reads: visitor.stated.reads });
		person.takeOver(visitor);
	}

	/** One query for all who ask in the same turn of the loop: the opinions of a batch are answered together. */
	async #read(topicId: string, participant: number): Promise<PersonRead> {
		let asking = this.#asking.get(topicId);
		if (!asking) {
			const participants = new Set<number>();
			const read = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
				this.#asking.delete(topicId);
				const people = await readPeople(this.#database, topicId, [...participants]);
				return new Map(people.map((person) => [person.participant, person]));
			});
			this.#asking.set(topicId, (asking = { participants, read }));
		}
		asking.participants.add(participant);
		return (await asking.read).get(participant)!;
	}
}

interface Known {
	readonly person: Person;
	/** milliseconds of the given clock */
	seenAt: number;
}

/** ms */
const aWhile = 60_000;

const nothingStated: Stated = { reads: [], groups: [] };

const mostVisitors = 20_000;

function languagesIn(tags: readonly string[]): string[] {
	return [...new Set(tags.map((tag) => tag.split('-')[0]!))];
}
