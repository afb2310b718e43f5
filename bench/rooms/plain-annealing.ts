import type { SeatingInput } from '#engines/seating/input.ts';
import { Random } from '#engines/seating/random.ts';

/**
 * What anybody would write first, to measure against: one annealing of so many milliseconds over exchanges of two people in a round; repeated
 * meetings only. Hosts stay; groups and pairs are not looked at.
 * @returns the repeated meetings at its end, or at the first moment without any
 */
export function plainAnnealing({ people, tables, rounds }: SeatingInput, seed: number, milliseconds: number): number {
	const random = new Random(seed);
	const count = people.length;
	const met = Array.from({ length: count }, () => new Int32Array(count));
	const seated = Array.from({ length: rounds }, () => {
		const guests = random.shuffle(people.flatMap(({ host }, person) => (host === null ? [person] : [])));
		const at: number[][] = tables.map((_, table) => people.flatMap(({ host }, person) => (host === table ? [person] : [])));
		for (const guest of guests) at.reduce((least, table) => (table.length < least.length ? table : least)).push(guest);
		return at;
	});
	let repeats = 0;
	const meet = (person: number, table: readonly number[], times: 1 | -1) => {
		for (const other of table) {
			if (other === person) continue;
			repeats += times === 1 ? met[person]![other]! : 1 - met[person]![other]!;
			met[person]![other]! += times;
			met[other]![person]! += times;
		}
	};
	for (const round of seated) for (const table of round) table.forEach((person, place) => meet(person, table.slice(0, place), 1));
	const isHost = people.map(({ host }) => host !== null);
	const begun = performance.now();
	let temperature = warmest;
	for (let step = 0; repeats > 0; step++) {
		if (step % 256 === 0) {
			const share = (performance.now() - begun) / milliseconds;
			if (share >= 1) break;
			temperature = warmest * (coldest / warmest) ** share;
		}
		const round = seated[random.below(rounds)]!;
		const [here, there] = [round[random.below(tables.length)]!, round[random.below(tables.length)]!];
		const [chair, other] = [random.below(here.length), random.below(there.length)];
		if (here === there || isHost[here[chair]!] || isHost[there[other]!]) continue;
		const before = repeats;
		const exchange = () => {
			const [one, two] = [here[chair]!, there[other]!];
			meet(one, here, -1);
			meet(two, there, -1);
			[here[chair], there[other]] = [two, one];
			meet(two, here, 1);
			meet(one, there, 1);
		};
		exchange();
		if (repeats - before > -temperature * Math.log(random.share() + 1e-12)) exchange();
	}
	return repeats;
}

const [warmest, coldest] = [1, 0.15];
