import type { Guest, Pair, SeatingInput } from '#engines/seating/input.ts';
import { Random } from '#engines/seating/random.ts';

interface Making {
	readonly people: number;
	readonly tables: number;
	readonly rounds: number;
	/** the first people are hosts, so many */
	readonly hosts?: number;
	/** by attribute: how many are of each kind */
	readonly kinds?: Readonly<Record<string, readonly number[]>>;
	/** half of the people of a group are of one region: what is known of the one tells something of the other */
	readonly isCorrelated?: boolean;
	readonly apart?: number;
}

/** A café of made-up people; chance decides who is of which group and which pairs are kept apart. */
export function cafe(
	{ people, tables, rounds, hosts = 0, kinds = {}, isCorrelated = false, apart = 0 }: Making,
	seed: number
): SeatingInput {
	const random = new Random(1000 + seed);
	const labels = Object.values(kinds).map((sizes) =>
		random.shuffle(sizes.flatMap((size, kind) => Array.from({ length: size }, () => kind)))
	);
	if (isCorrelated) correlate(labels, random);
	const guest = (place: number): Guest => ({
		...{ id: String(place), languages: [], pins: [] },
		of: labels.map((kind) => String(kind[place])),
		host: place < hosts ? place : null
	});
	return {
		...{ rounds, together: [], earlier: [] },
		people: Array.from({ length: people }, (_, place) => guest(place)),
		tables: Array.from({ length: tables }, () => ({ seats: null, languages: [] })),
		attributes: Object.keys(kinds),
		apart: somePairs(people, apart, random)
	};
}

/** Gives every second person a region of their group's, as far as there are people who have one to give. */
function correlate(labels: number[][], random: Random): void {
	const [groups, regions] = labels as [number[], number[]];
	const count = Math.max(...regions) + 1;
	for (let person = 0; person < groups.length; person += 2) {
		const wanted = groups[person]! % count;
		const other = random.below(groups.length);
		if (regions[other] !== wanted || groups[other]! % count === wanted) continue;
		[regions[person], regions[other]] = [wanted, regions[person]!];
	}
}

function somePairs(people: number, count: number, random: Random): Pair[] {
	const pairs = new Map<string, Pair>();
	while (pairs.size < count) {
		const [one, other] = [random.below(people), random.below(people)];
		if (one < other) pairs.set(`${one} ${other}`, [String(one), String(other)]);
	}
	return [...pairs.values()];
}
