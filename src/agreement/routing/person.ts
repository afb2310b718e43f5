import { partOf, type Audience } from '#agreement/routing/audience.ts';
import type { Random } from '#agreement/routing/random.ts';
import { Remaining } from '#agreement/routing/remaining.ts';
import type { WeighedIdeas } from '#agreement/routing/weighed-ideas.ts';

/** An idea that came out of the lottery. */
interface Drawn {
	readonly number: number;
	/** among all that the person could have been asked about in this round at that moment: above 0, at most 1 */
	readonly probability: number;
}

export interface Stated {
	/** languages without region; none: no preference */
	readonly reads: readonly string[];
	readonly groups: readonly string[];
}

/**
 * A person in the lottery of ideas. Each draw takes an idea in proportion to its weight for this person, among those that they have not judged
 * and did not write: in a first round of the languages that they read, then of the others; of all ideas, or of those of
 * one guiding question. What was drawn stays until it is judged or hidden, so that a page that is loaded again shows the same.
 *
 * A draw tries the trees that all share, and again where the idea is judged already; somebody who judged nearly everything would try for
 * ever, so after some tries what remains is listed, and drawn from that list. Both ways draw with the same probabilities.
 */
export class Person {
	readonly judged: Set<number>;
	readonly #participant: number;
	#stated: Stated;
	/** the guiding question for which they ask; null: for all */
	#question: string | null = null;
	#drawn: Drawn | null = null;
	/** by question: what was drawn and waits while they ask for another; null: they never did */
	#setAside: Map<string | null, Drawn> | null = null;
	/** what the rest counts in */
	#ideas: WeighedIdeas | null = null;
	#isBlind = false;
	/** what was judged, each by the idea that stands for its point */
	#closed: Set<number>;
	/** indexes of parts: those in languages that are read, then the others */
	#rounds: readonly (readonly number[])[] = [];
	/** by part; -1: it is not asked for */
	#roundOf = new Int8Array(0);
	#round = 0;
	#remaining: Remaining | null = null;
	/** of what is closed in this round; null: not added up */
	#closedWeight: number | null = null;
	/** how many were closed since it was added up */
	#closedSince = 0;

	/** @param participant 0: not yet one, thus nobody's author */
	constructor(judged: Iterable<number>, participant: number, stated: Stated) {
		this.judged = new Set(judged);
		this.#closed = this.judged;
		this.#participant = participant;
		this.#stated = stated;
	}

	/** How much memory a person takes, in judgements. */
	get size(): number {
		return sizeWithout + this.judged.size + (this.#remaining?.size ?? 0);
	}

	get stated(): Stated {
		return this.#stated;
	}

	/** What was drawn and not judged yet. */
	get drawn(): Drawn | null {
		return this.#drawn;
	}

	/** Asks for the ideas of one guiding question, or of all (null). What was drawn for another waits until they come back to it. */
	asks(question: string | null): void {
		if (question === this.#question) return;
		this.#setAside ??= new Map();
		if (this.#drawn) this.#setAside.set(this.#question, this.#drawn);
		this.#drawn = this.#setAside.get(question) ?? null;
		this.#setAside.delete(question);
		this.#question = question;
		this.#ideas = null;
	}

	/** Somebody who is a participant now had been asked this before they were one. */
	takeOver(visitor: Person): void {
		const { drawn } = visitor;
		if (!drawn || this.judged.has(drawn.number)) return;
		this.asks(visitor.#question);
		this.#drawn ??= drawn;
	}

	states(stated: Stated): void {
		const readsTheSame = isSame(stated.reads, this.#stated.reads);
		if (readsTheSame && isSame(stated.groups, this.#stated.groups)) return;
		this.#stated = stated;
		this.#ideas = null;
		if (readsTheSame) return;
		this.#drawn = null;
		this.#setAside = null;
	}

	/** What is judged is not asked again. @returns the probability with which it was drawn; null: they came upon it by themselves */
	judges(number: number): number | null {
		const drawn = this.#takeDrawn(number);
		if (this.judged.has(number)) return null;
		const point = this.#ideas?.standsFor.get(number) ?? number;
		const isNew = !this.#closed.has(point);
		this.judged.add(number);
		this.#closed.add(point);
		if (this.#ideas && isNew) this.#close(this.#ideas, this.#ideas.placeOf(point));
		return drawn === null ? null : drawn.probability;
	}

	/** What was drawn of it, for whatever question, waits no longer. */
	#takeDrawn(number: number): Drawn | null {
		let drawn = this.#drawn?.number === number ? this.#drawn : null;
		if (drawn) this.#drawn = null;
		// most people never ask for a question: nothing is made for them
		if (this.#setAside === null) return drawn;
		for (const [question, aside] of this.#setAside) {
			if (aside.number !== number) continue;
			this.#setAside.delete(question);
			drawn ??= aside;
		}
		return drawn;
	}

	/** What is asked next; null: nothing is left. */
	next(ideas: WeighedIdeas, random: Random): Drawn | null {
		if (this.#ideas !== ideas || this.#isBlind !== ideas.isBlind) this.#begin(ideas);
		if (this.#drawn && this.#isOpen(ideas, ideas.placeOf(this.#drawn.number))) return this.#drawn;
		for (; this.#round < this.#rounds.length; this.#enter(this.#round + 1)) {
			this.#drawn = this.#draw(ideas, this.#rounds[this.#round]!, random);
			if (this.#drawn) return this.#drawn;
		}
		return (this.#drawn = null);
	}

	#begin(ideas: WeighedIdeas): void {
		this.#ideas = ideas;
		this.#isBlind = ideas.isBlind;
		const { reads } = this.#stated;
		this.#roundOf = Int8Array.from(ideas.parts, ({ language, question }) => {
			if (this.#question !== null && question !== this.#question) return -1;
			return reads.length === 0 || reads.includes(language) ? 0 : 1;
		});
		const parts = [...ideas.parts.keys()];
		this.#rounds = [0, 1].map((round) => parts.filter((part) => this.#roundOf[part] === round));
		this.#enter(0);
		const { standsFor } = ideas;
		this.#closed =
			standsFor.size === 0 ? this.judged : new Set(this.judged.values().map((number) => standsFor.get(number) ?? number));
	}

	#enter(round: number): void {
		this.#round = round;
		this.#remaining = null;
		this.#closedWeight = null;
	}

	#isOpen(ideas: WeighedIdeas, place: number): boolean {
		if (!ideas.isShown(place) || this.#closed.has(ideas.numbers[place]!)) return false;
		return this.#participant === 0 || ideas.authors[place] !== this.#participant;
	}

	#draw(ideas: WeighedIdeas, parts: readonly number[], random: Random): Drawn | null {
		const audience = ideas.audienceOf(this.#stated.groups);
		const total = audience.total(parts);
		for (let tries = this.#remaining || total === 0 ? 0 : mostTries; tries > 0; tries--) {
			const place = audience.find(parts, random() * total);
			if (!this.#isOpen(ideas, place)) continue;
			const weight = audience.at(place);
			// what is taken away is rounded; nothing is more probable than certain
			const open = Math.max(weight, total - this.#weighClosed(ideas, audience));
			return { number: ideas.numbers[place]!, probability: weight / open };
		}
		this.#remaining ??= new Remaining(ideas.placesWithout(parts, this.#closed, this.#participant), (place) =>
			this.#isOpen(ideas, place)
		);
		const drawn = this.#remaining.draw(audience, random);
		return drawn && { number: ideas.numbers[drawn.place]!, probability: drawn.probability };
	}

	#close(ideas: WeighedIdeas, place: number): void {
		this.#remaining?.strike(place);
		this.#closedSince++;
		if (this.#closedWeight !== null) this.#closedWeight += this.#weigh(ideas, ideas.audienceOf(this.#stated.groups), place);
	}

	/**
	 * The weight of all that the person is not asked about in this round. It is added up anew when a 64th of it is new, which costs the same
	 * however much they judged: for each draw, and exactly, up to 64 judgements; beyond, weights may have moved since.
	 */
	#weighClosed(ideas: WeighedIdeas, audience: Audience): number {
		if (this.#closedWeight === null || this.#closedSince * 64 >= this.#closed.size) {
			this.#closedSince = 0;
			this.#closedWeight = 0;
			for (const number of this.#closed) this.#closedWeight += this.#weigh(ideas, audience, ideas.placeOf(number));
			for (const place of ideas.placesOf(this.#participant))
				if (!this.#closed.has(ideas.numbers[place]!)) this.#closedWeight += this.#weigh(ideas, audience, place);
		}
		return this.#closedWeight;
	}

	/** What the idea is worth in this round. */
	#weigh(ideas: WeighedIdeas, audience: Audience, place: number): number {
		return place >= 0 && this.#roundOf[partOf(ideas.parts, place)] === this.#round ? audience.at(place) : 0;
	}
}

// with nine of ten judged, one draw in a million misses so often; the list is then of few
const mostTries = 128;

// what an entry weighs beside its judgements
const sizeWithout = 16;

function isSame(some: readonly string[], others: readonly string[]): boolean {
	return some.length === others.length && some.every((word, at) => word === others[at]);
}
