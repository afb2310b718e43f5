import type { Person } from '#agreement/routing/person.ts';
import { seededRandom } from '#agreement/routing/random.ts';
import { WeighedIdeas, type IdeasOfPart } from '#agreement/routing/weighed-ideas.ts';

/** Who states nothing. */
export const anybody = { reads: [], groups: [] };

/** Shown to everybody, and weighed by what is said. */
export function shown(ideas: readonly IdeasOfPart[], standsFor?: ReadonlyMap<number, number>): WeighedIdeas {
	const weighed = new WeighedIdeas(ideas, standsFor);
	weighed.setBlind(false);
	return weighed;
}

/** Judges what is drawn until nothing is. */
export function walk(person: Person, ideas: WeighedIdeas, random = seededRandom(1)) {
	const drawn = [];
	for (let next; (next = person.next(ideas, random)) !== null && drawn.length < 10_000; drawn.push(next))
		person.judges(next.number);
	return drawn;
}

/** How often each idea is drawn first. */
export function firsts(ideas: WeighedIdeas, draws: number, whoever: () => Person): Map<number, number> {
	const random = seededRandom(7);
	const times = new Map<number, number>();
	for (let draw = 0; draw < draws; draw++) {
		const { number } = whoever().next(ideas, random)!;
		times.set(number, (times.get(number) ?? 0) + 1);
	}
	return times;
}
