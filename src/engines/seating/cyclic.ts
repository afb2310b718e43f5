import type { Random } from './random.ts';

/**
 * Rounds without repeats of which each comes of the one before by one and the same exchange of people, as Kirkman's fifteen schoolgirls (1850) can
 * walk for seven days. Most people stand in circles as long as there are rounds and step on by one each round; the few who are left over stay
 * where they are. Whether a pair meets again is then told by the first round alone: by the circles of the two and their distance, of which none
 * may come twice. That is a search among one round instead of many.
 * @returns the table by round and person; null: none was found
 */
export function cyclicRounds(
	{ people, tables, rounds }: { readonly people: number; readonly tables: number; readonly rounds: number },
	random: Random,
	{ proposals, goOn }: Trying
): Int16Array | null {
	const most = Math.floor((people - 1) / (people / tables - 1));
	const lengths = Array.from({ length: Math.max(0, most - rounds + 1) }, (_, more) => rounds + more).filter(
		(length) => length > 2 && people % length <= tables
	);
	for (const length of lengths) {
		if (!goOn()) return null;
		const first = firstRound(people, tables, length, random, { proposals: Math.ceil(proposals / lengths.length), goOn });
		if (first)
			return Int16Array.from({ length: rounds * people }, (_, at) => {
				const [round, person] = [Math.floor(at / people), at % people];
				return first[stepped(person, length - (round % length), people, length)]!;
			});
	}
	return null;
}

interface Trying {
	/** exchanges tried, at most */
	readonly proposals: number;
	/** asked now and then */
	readonly goOn: () => boolean;
}

/** Where a person stands after so many steps. */
function stepped(person: number, steps: number, people: number, length: number): number {
	if (person >= people - (people % length)) return person;
	const place = person % length;
	return person - place + ((place + steps) % length);
}

/** Annealing over the tables of the first round; a distance that comes twice strains by one. */
function firstRound(
	people: number,
	tables: number,
	length: number,
	random: Random,
	{ proposals, goOn }: Trying
): Int16Array | null {
	const distance = distances(people, length);
	const seats = random.shuffle(Int16Array.from({ length: people }, (_, person) => person));
	const each = people / tables;
	const count = usedFromStart(people, length);
	let strain = 0;
	const sit = (chair: number, times: 1 | -1) => {
		const start = chair - (chair % each);
		for (let other = start; other < start + each; other++) {
			if (other === chair) continue;
			const of = distance[seats[chair]! * people + seats[other]!]!;
			strain += times === 1 ? count[of]!++ : -(--count[of]!);
		}
	};
	for (let chair = 0; chair < people; chair++)
		for (let other = chair - (chair % each); other < chair; other++)
			strain += count[distance[seats[chair]! * people + seats[other]!]!]!++;
	const exchange = (one: number, other: number) => {
		sit(one, -1);
		sit(other, -1);
		[seats[one], seats[other]] = [seats[other]!, seats[one]!];
		sit(one, 1);
		sit(other, 1);
	};
	for (let at = 0; at < proposals && strain > 0; at++) {
		if (at % 4096 === 4095 && !goOn()) return null;
		const temperature = warmest - (warmest - coldest) * ((at % cooling) / cooling);
		const [one, other] = [random.below(people), random.below(people)];
		if (Math.floor(one / each) === Math.floor(other / each)) continue;
		const before = strain;
		exchange(one, other);
		if (strain - before > -temperature * Math.log(random.share() + 1e-12)) exchange(one, other);
	}
	if (strain > 0) return null;
	const tableOf = new Int16Array(people);
	seats.forEach((person, chair) => (tableOf[person] = Math.floor(chair / each)));
	return tableOf;
}

const [warmest, coldest, cooling] = [1, 0.2, 20_000];

/** By pair: a number for the circles of the two and how far the one is before the other. */
function distances(people: number, length: number): Int32Array {
	const left = people - (people % length);
	const circle = (person: number) => (person >= left ? person : person - (person % length));
	return Int32Array.from({ length: people * people }, (_, at) => {
		const pair = [Math.floor(at / people), at % people] as const;
		const [one, other] = circle(pair[0]) <= circle(pair[1]) ? pair : [pair[1], pair[0]];
		const apart = ((other % length) - (one % length) + length) % length;
		if (one >= left || other >= left) return circle(one) * people + circle(other);
		return circle(one) * people + circle(other) + (circle(one) === circle(other) ? Math.min(apart, length - apart) : apart);
	});
}

/** Half way round a circle a pair meets itself, and those who stay where they are would meet each round: as if met before. */
function usedFromStart(people: number, length: number): Int32Array {
	const count = new Int32Array(people * people);
	const left = people - (people % length);
	if (length % 2 === 0) for (let start = 0; start < left; start += length) count[start * people + start + length / 2] = 1;
	for (let one = left; one < people; one++) for (let other = left; other < people; other++) count[one * people + other] = 1;
	return count;
}
