import { randomFrom, type Random } from '#engines/agreement/random.ts';

/** A made-up consultation of any size, the same each time: camps of people, each with a leaning on each idea, some ideas that all share. */
export interface Synthetic {
	readonly people: number;
	readonly ideas: number;
	readonly person: Uint32Array;
	readonly idea: Uint32Array;
	readonly value: Int8Array;
	/** of each person: the camp that was planted */
	readonly camp: Uint8Array;
	/** of each person: the stakeholder group declared, which goes with the camp for some */
	readonly declared: Uint8Array;
	readonly region: Uint8Array;
}

const camps = 3;
const declaredGroups = 6;
const regions = 5;

/** @param opinions about so many; how many a person gives varies as it does in real ones: most a few, some very many */
export function synthetic(people: number, ideas: number, opinions: number, seed = 1): Synthetic {
	const random = randomFrom(seed);
	const leaning = new Float32Array(camps * ideas);
	for (let idea = 0; idea < ideas; idea++) {
		const shared = random.share();
		const isShared = random.share() < 0.3;
		for (let camp = 0; camp < camps; camp++) leaning[camp * ideas + idea] = isShared ? 0.5 + shared / 2 : random.share();
	}
	const of = new Uint8Array(people).map(() => (random.share() < 0.5 ? 0 : random.share() < 0.6 ? 1 : 2));
	const given = howMany(people, ideas, opinions, random);
	const all = given.reduce((sum, one) => sum + one, 0);
	const [person, idea, value] = [new Uint32Array(all), new Uint32Array(all), new Int8Array(all)];
	let at = 0;
	for (let one = 0; one < people; one++) {
		// a step that shares no divisor with the number of ideas meets each once
		const step = stepFor(ideas, random.below(ideas));
		let next = random.below(ideas);
		for (let time = 0; time < given[one]!; time++, at++) {
			person[at] = one;
			idea[at] = next;
			const draw = random.share();
			value[at] = draw < 0.12 ? 0 : random.share() < leaning[of[one]! * ideas + next]! ? 1 : -1;
			next = (next + step) % ideas;
		}
	}
	return {
		...{ people, ideas, person, idea, value, camp: of },
		declared: of.map((camp) => (random.share() < 0.4 ? camp * 2 : random.below(declaredGroups))),
		region: new Uint8Array(people).map(() => random.below(regions))
	};
}

function howMany(people: number, ideas: number, opinions: number, random: Random): Uint32Array {
	const wish = new Float64Array(people).map(() => 1 / (0.05 + random.share()));
	const sum = wish.reduce((total, one) => total + one, 0);
	return Uint32Array.from(wish, (one) => Math.max(1, Math.min(ideas, Math.round((one / sum) * opinions))));
}

function stepFor(ideas: number, wish: number): number {
	for (let step = Math.max(1, wish); ; step++) if (divisor(step, ideas) === 1) return step;
}

function divisor(one: number, other: number): number {
	return other === 0 ? one : divisor(other, one % other);
}
