import { Audience, partOf, type Part } from '#agreement/routing/audience.ts';
import { coverage, exploration, uncertainty } from '#agreement/routing/weights.ts';

/** The ideas of one language and one guiding question that can be seen. */
export interface IdeasOfPart {
	/** without region: `fr` */
	readonly language: string;
	/** null: those that answer none */
	readonly question: string | null;
	readonly numbers: readonly number[];
	/** whose each is: the participant, after they signed in the account's; 0 where there is none */
	readonly authors: readonly number[];
}

/**
 * The ideas of a topic with what each is worth being asked about next (weights.ts), for each group of people. Every idea has a place; those of a
 * language and a question lie side by side. An opinion changes the weight of its idea in all trees, O(groups × log ideas); a tree is planted when
 * somebody of the group first asks.
 *
 * While opinions are blind all weights are 1 and nothing that people say moves them: what is asked next would tell it.
 */
export class WeighedIdeas {
	readonly numbers: Int32Array;
	readonly authors: Int32Array;
	readonly parts: readonly Part[];
	/** idea → the idea that stands for it, of those that make the same point */
	readonly standsFor: ReadonlyMap<number, number>;
	readonly #places: Int32Array;
	/** by participant: their last place, and from there to the one before; -1: none */
	readonly #lastOf: Int32Array;
	readonly #earlierOf: Int32Array;
	readonly #agree: Int32Array;
	readonly #people: Int32Array;
	readonly #hidden: Uint8Array;
	/** uncertainty × exploration */
	readonly #open: Float64Array;
	/** by group: people of its published cells */
	readonly #cells = new Map<string, Int32Array>();
	/** by group: people in all of its cells together */
	readonly #sums = new Map<string, number>();
	readonly #audiences = new Map<string, Audience>();
	#isBlind = true;

	/** Nobody has judged any, and opinions are blind, until told otherwise. */
	constructor(ideas: readonly IdeasOfPart[], standsFor: ReadonlyMap<number, number> = new Map()) {
		const shown = ideas.map((some) => onlyRepresentatives(some, standsFor));
		this.numbers = Int32Array.from(shown.flatMap(({ numbers }) => numbers));
		this.authors = Int32Array.from(shown.flatMap(({ authors }) => authors));
		let to = 0;
		this.parts = shown.map(({ language, question, numbers }) => ({ language, question, from: to, to: (to += numbers.length) }));
		this.standsFor = standsFor;
		this.#places = new Int32Array(largest(this.numbers) + 1).fill(-1);
		this.#lastOf = new Int32Array(largest(this.authors) + 1).fill(-1);
		this.#earlierOf = new Int32Array(this.numbers.length);
		for (const [place, number] of this.numbers.entries()) {
			const author = this.authors[place]!;
			this.#places[number] = place;
			this.#earlierOf[place] = this.#lastOf[author]!;
			this.#lastOf[author] = place;
		}
		this.#agree = new Int32Array(this.numbers.length);
		this.#people = new Int32Array(this.numbers.length);
		this.#hidden = new Uint8Array(this.numbers.length);
		this.#open = new Float64Array(this.numbers.length).fill(openness(0, 0));
	}

	/** The largest number. */
	get last(): number {
		return this.#places.length - 1;
	}

	get isBlind(): boolean {
		return this.#isBlind;
	}

	/** Where the idea stands, or the one that stands for it; -1: it is not among them. */
	placeOf(number: number): number {
		return this.#places[this.standsFor.get(number) ?? number] ?? -1;
	}

	/** Whether anybody may be asked about the idea at this place. */
	isShown(place: number): boolean {
		return place >= 0 && this.#hidden[place] === 0;
	}

	/** What the ideas are worth for people of these groups (none: nothing stated). */
	audienceOf(groups: readonly string[]): Audience {
		const name = this.#isBlind ? anyone : this.#nameOf(groups);
		let audience = this.#audiences.get(name);
		if (!audience) {
			audience = new Audience(this.parts, (place) => this.#weight(name, place));
			this.#audiences.set(name, audience);
		}
		return audience;
	}

	/** How many points people are asked about that answer a guiding question, and how many of these some ideas make. */
	ofQuestion(question: string, numbers: Iterable<number>): { all: number; some: number } {
		const places = new Set<number>();
		for (const number of numbers) {
			const place = this.placeOf(number);
			if (place >= 0 && this.parts[partOf(this.parts, place)]!.question === question) places.add(place);
		}
		const all = this.parts.reduce((sum, { question: own, from, to }) => sum + (own === question ? to - from : 0), 0);
		return { all, some: places.size };
	}

	/** Where the participant's own ideas stand. */
	*placesOf(participant: number): Generator<number> {
		for (let place = participant === 0 ? -1 : (this.#lastOf[participant] ?? -1); place >= 0; place = this.#earlierOf[place]!)
			yield place;
	}

	/** Places of some parts (ascending) without those of these ideas and of the participant's own, ascending. */
	placesWithout(parts: readonly number[], closed: ReadonlySet<number>, participant: number): Int32Array {
		const isClosed = this.#hidden.slice();
		for (const number of closed) {
			const place = this.placeOf(number);
			if (place >= 0) isClosed[place] = 1;
		}
		for (const place of this.placesOf(participant)) isClosed[place] = 1;
		const places = new Int32Array(this.numbers.length);
		let found = 0;
		for (const index of parts) {
			const { from, to } = this.parts[index]!;
			for (let place = from; place < to; place++) if (isClosed[place] === 0) places[found++] = place;
		}
		return places.slice(0, found);
	}

	/** One more person judged the idea. */
	heard(number: number, agrees: boolean): void {
		const place = this.placeOf(number);
		if (place < 0) return;
		this.#people[place]!++;
		if (agrees) this.#agree[place]!++;
		this.#judgeOpenness(place);
		this.#reweigh([place]);
	}

	/** Nobody is asked about it any more. */
	hide(number: number): void {
		const place = this.placeOf(number);
		if (place < 0) return;
		this.#hidden[place] = 1;
		this.#reweigh([place]);
	}

	/** What all people say, of some ideas. */
	setCounts(counts: {
		readonly numbers: ArrayLike<number>;
		readonly agree: ArrayLike<number>;
		readonly people: ArrayLike<number>;
	}): void {
		const changed: number[] = [];
		for (let at = 0; at < counts.numbers.length; at++) {
			const place = this.#places[counts.numbers[at]!] ?? -1;
			if (place < 0 || (this.#agree[place] === counts.agree[at] && this.#people[place] === counts.people[at])) continue;
			this.#agree[place] = counts.agree[at]!;
			this.#people[place] = counts.people[at]!;
			this.#judgeOpenness(place);
			changed.push(place);
		}
		this.#reweigh(changed);
	}

	/** How many people of the group there are in the published cells of some ideas. */
	setCells(group: string, cells: { readonly numbers: ArrayLike<number>; readonly people: ArrayLike<number> }): void {
		const isNew = !this.#cells.has(group);
		const people = this.#cells.get(group) ?? new Int32Array(this.numbers.length);
		const changed: number[] = [];
		let sum = this.#spokenBy(group);
		for (let at = 0; at < cells.numbers.length; at++) {
			const place = this.#places[cells.numbers[at]!] ?? -1;
			if (place < 0 || people[place] === cells.people[at]) continue;
			sum += cells.people[at]! - people[place]!;
			people[place] = cells.people[at]!;
			changed.push(place);
		}
		this.#cells.set(group, people);
		this.#sums.set(group, sum);
		if (isNew) this.#audiences.clear();
		else this.#reweigh(changed);
	}

	/** Blind: every idea is worth the same, whatever people say. */
	setBlind(isBlind: boolean): void {
		if (this.#isBlind === isBlind) return;
		this.#isBlind = isBlind;
		this.#audiences.clear();
	}

	/** Takes over what an earlier reading of the same topic knew. */
	remember(earlier: WeighedIdeas): void {
		for (const [place, number] of this.numbers.entries()) {
			const before = earlier.#places[number] ?? -1;
			if (before < 0) continue;
			this.#agree[place] = earlier.#agree[before]!;
			this.#people[place] = earlier.#people[before]!;
			this.#open[place] = earlier.#open[before]!;
		}
		for (const [group, people] of earlier.#cells) this.setCells(group, { numbers: earlier.numbers, people });
		this.setBlind(earlier.#isBlind);
	}

	#weight(audience: string, place: number): number {
		if (this.#hidden[place] === 1) return 0;
		if (this.#isBlind) return 1;
		return this.#open[place]! * coverage(this.#heardOf(audience, place));
	}

	/** How many people of the audience were heard; of anyone: of the weakest declared group, or of all where nobody declares one. */
	#heardOf(audience: string, place: number): number {
		if (audience !== anyone) return this.#cells.get(audience)?.[place] ?? 0;
		let fewest = Infinity;
		for (const people of this.#cells.values()) fewest = Math.min(fewest, people[place]!);
		return fewest === Infinity ? this.#people[place]! : fewest;
	}

	/** Who belongs to several groups is asked for the one that was heard least. Groups of which nothing is published are all alike. */
	#nameOf(groups: readonly string[]): string {
		if (groups.length === 0) return anyone;
		let least = groups[0]!;
		for (const group of groups) if (this.#spokenBy(group) < this.#spokenBy(least)) least = group;
		return this.#cells.has(least) ? least : unheard;
	}

	#spokenBy(group: string): number {
		return this.#sums.get(group) ?? 0;
	}

	#judgeOpenness(place: number): void {
		this.#open[place] = openness(this.#agree[place]!, this.#people[place]!);
	}

	#reweigh(places: readonly number[]): void {
		// to add up everything anew is cheaper than many single ways to the root
		if (places.length > this.numbers.length / 16 + 16) return this.#audiences.clear();
		for (const [name, audience] of this.#audiences) for (const place of places) audience.set(place, this.#weight(name, place));
	}
}

// no group is called so: keys are words
const anyone = '';
const unheard = '?';

function largest(numbers: Int32Array): number {
	return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function openness(agree: number, people: number): number {
	return uncertainty(agree, people) * exploration(people);
}

function onlyRepresentatives(some: IdeasOfPart, standsFor: ReadonlyMap<number, number>): IdeasOfPart {
	if (standsFor.size === 0) return some;
	const kept = some.numbers.flatMap((number, at) => ((standsFor.get(number) ?? number) === number ? [at] : []));
	return { ...some, numbers: kept.map((at) => some.numbers[at]!), authors: kept.map((at) => some.authors[at]!) };
}
