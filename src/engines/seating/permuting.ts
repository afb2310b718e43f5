import type { Skeleton } from './closed-form.ts';
import { Best } from './annealing.ts';
import { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/** Who has which place of a skeleton. */
export interface Placed {
	/** by round and person */
	readonly tableOf: Int16Array;
	/** by person */
	readonly placeOf: Int16Array;
}

/**
 * Gives the places of a skeleton to people, so that tables are mixed and those to be kept apart never meet: two people exchange all that they
 * have, which no meeting of others notices.
 * @param proposals none: as chance has it
 * @param goOn asked now and then; false: the best so far
 */
export function permute(
	room: Room,
	skeleton: Skeleton,
	random: Random,
	proposals: number,
	{ isBest, goOn }: { readonly isBest: (best: Best) => boolean; readonly goOn: (best: Best) => boolean }
): Placed {
	const { rounds } = room;
	const placeOf = somePlaces(room, skeleton, random);
	const plan = new Plan(room, seatedAt(room, skeleton, placeOf));
	const best = new Best(plan);
	let bestPlaces = placeOf.slice();
	const free = Int32Array.from(placeOf.keys()).filter((person) => room.hosts[person] === -1);
	const hasPairs = room.apart.length > 0 || room.earlierRounds.length > 0;
	if (free.length < 2) return { tableOf: best.tableOf, placeOf };
	for (let at = 0; at < proposals && !isBest(best); at++) {
		if (at % 256 === 255 && !goOn(best)) break;
		const temperature = coldest + (warmest - coldest) * (1 - at / proposals);
		const [one, other] = [free[random.below(free.length)]!, free[random.below(free.length)]!];
		if (one === other) continue;
		const limit = -temperature * Math.log(random.share() + 1e-12);
		let off = 0;
		for (let round = 0; round < rounds; round++) if (!isBeside(plan, round, one, other)) off += plan.offOfSwap(round, one, other);
		if (!hasPairs && off > limit) continue;
		const strain = plan.strain;
		exchange(plan, one, other);
		if (hasPairs && off + strainWeight * (plan.strain - strain) > limit) {
			exchange(plan, one, other);
			continue;
		}
		[placeOf[one], placeOf[other]] = [placeOf[other]!, placeOf[one]!];
		const before = best.strain + best.off;
		best.note();
		if (best.strain + best.off !== before) bestPlaces = placeOf.slice();
	}
	return { tableOf: seatedAt(room, skeleton, bestPlaces), placeOf: bestPlaces };
}

const [warmest, coldest] = [0.8, 0.1];
const strainWeight = 2;

function isBeside({ tableOf, room }: Plan, round: number, one: number, other: number): boolean {
	return tableOf[round * room.people + one] === tableOf[round * room.people + other];
}

function exchange(plan: Plan, one: number, other: number): void {
	for (let round = 0; round < plan.room.rounds; round++)
		if (!isBeside(plan, round, one, other))
			plan.swap(round, one, other, plan.strainOfSwap(round, one, other), plan.offOfSwap(round, one, other));
}

function somePlaces({ people }: Room, { hostOf }: Skeleton, random: Random): Int16Array {
	const placeOf = new Int16Array(people).fill(-1);
	hostOf.forEach((host, place) => {
		if (host !== -1) placeOf[host] = place;
	});
	const left = random.shuffle([...hostOf.keys()].filter((place) => hostOf[place] === -1));
	let next = 0;
	for (let person = 0; person < people; person++) if (placeOf[person] === -1) placeOf[person] = left[next++]!;
	return placeOf;
}

function seatedAt({ people, rounds }: Room, skeleton: Skeleton, placeOf: Int16Array): Int16Array {
	return Int16Array.from({ length: rounds * people }, (_, at) => {
		const round = Math.floor(at / people);
		return skeleton.tableOf[round * people + placeOf[at % people]!]!;
	});
}
