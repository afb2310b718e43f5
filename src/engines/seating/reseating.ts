/**
 * Seating again when some stay away and others come late. Cards are in people's hands, so the fewest are changed, and only then is it asked
 * what would be best. Rounds that were held are not part of the question: who met in them has met.
 *
 * Whoever has a card keeps it, as far as tables do not come out too large or too small; then those who are new, and those few who have to move,
 * change places with others in a short annealing, in which a changed card weighs more than several repeated meetings. Several attempts from other
 * choices of who moves; the best is taken, by changed cards before all but what must hold.
 */
import { boundsOf } from './bounds.ts';
import { checkSeating, type Pin, type Rounds, type SeatingInput } from './input.ts';
import { apartWeight, Plan } from './plan.ts';
import { checkPossible } from './possible.ts';
import { byQuality, qualityOf, type Quality } from './quality.ts';
import { Random } from './random.ts';
import { roomOf, type Room } from './room.ts';
import { seatingOf, type Seating } from './seating.ts';

export interface Reseating {
	/** those who are here or still come, late arrivals among them; rounds count from the first, those held among them */
	readonly input: SeatingInput;
	/** rounds held: who really sat where; later rounds: what the cards say */
	readonly cards: Rounds;
	/** how many rounds are held, the one that runs among them */
	readonly held: number;
}

export interface Reseated extends Seating {
	/** by person and round, for those who had another card; rounds from 0 */
	readonly changed: readonly Change[];
	/** no fewer cards have to change */
	readonly changedBound: number;
}

export interface Change {
	readonly id: string;
	readonly round: number;
	readonly from: number;
	readonly to: number;
}

/**
 * @returns all rounds; those held are as they were given
 * @throws UnfitSeating where the input forbids it
 */
export function seatAgain({ input, cards, held }: Reseating, seed = 1): Reseated {
	const toCome = roundsToCome(input, cards, held);
	checkSeating(toCome);
	const room = roomOf(toCome);
	checkPossible(room);
	const cardOf = cardsOf(room, cards.slice(held));
	const random = new Random(seed);
	let best: { tableOf: Int16Array; quality: Quality; changes: number } | null = null;
	for (let attempt = 0; attempt < attempts; attempt++) {
		const plan = new Plan(room, keepingCards(room, cardOf, random));
		exchangeFew(plan, cardOf, random);
		const found = { tableOf: plan.tableOf, quality: qualityOf(room, plan.tableOf), changes: changesIn(plan.tableOf, cardOf) };
		if (best === null || isBetter(found, best)) best = found;
	}
	const { tableOf, quality } = best!;
	const seating = seatingOf(room, { tableOf, quality, method: 'search', moves: null }, boundsOf(room));
	const changed = [...tableOf.keys()]
		.filter((at) => tableOf[at] !== -1 && cardOf[at] !== -1 && tableOf[at] !== cardOf[at])
		.map((at) => ({
			id: room.ids[at % room.people]!,
			round: held + Math.floor(at / room.people),
			from: cardOf[at]!,
			to: tableOf[at]!
		}));
	return { ...seating, rounds: [...cards.slice(0, held), ...seating.rounds], changed, changedBound: fewestChanges(room, cardOf) };
}

const attempts = 24;

/** The rounds to come as a question of their own. */
function roundsToCome(input: SeatingInput, cards: Rounds, held: number): SeatingInput {
	const later = ({ round, table }: Pin): Pin => ({ round: round - held, table });
	return {
		...input,
		rounds: input.rounds - held,
		people: input.people.map((guest) => ({
			...guest,
			pins: guest.pins.filter(({ round }) => round >= held).map(later),
			from: Math.max(0, (guest.from ?? 0) - held),
			until: Math.max(-1, (guest.until ?? input.rounds - 1) - held)
		})),
		earlier: [...input.earlier, ...cards.slice(0, held)]
	};
}

/** By round and person: the table on the card, -1: no card. */
function cardsOf({ ids, people, rounds }: Room, cards: Rounds): Int16Array {
	const placeOf = new Map(ids.map((id, place) => [id, place]));
	const cardOf = new Int16Array(rounds * people).fill(-1);
	cards.slice(0, rounds).forEach((tables, round) =>
		tables.forEach((table, place) => {
			for (const id of table) if (placeOf.has(id)) cardOf[round * people + placeOf.get(id)!] = place;
		})
	);
	return cardOf;
}

function isBetter(one: { quality: Quality; changes: number }, other: { quality: Quality; changes: number }): boolean {
	const unmet = ({ quality: { unmet } }: { quality: Quality }) =>
		unmet.apart.length + unmet.together.length + unmet.languages.length + unmet.sizes;
	return (unmet(one) - unmet(other) || one.changes - other.changes || byQuality(one.quality, other.quality)) < 0;
}

/** Cards as far as they can be kept; who has none, or cannot keep it, sits where somebody is missing. */
function keepingCards(room: Room, cardOf: Int16Array, random: Random): Int16Array {
	const { people, tables, rounds, present, fixed, may, low, high, parties } = room;
	const tableOf = new Int16Array(rounds * people).fill(-1);
	for (let round = 0; round < rounds; round++) {
		const size = new Int16Array(tables);
		const sit = (person: number, table: number) => {
			tableOf[round * people + person] = table;
			size[table]! += 1;
		};
		const at = (table: number) => round * tables + table;
		const here = random
			.shuffle(Array.from({ length: people }, (_, person) => person))
			.filter((one) => present[round * people + one]);
		for (const person of here) if (fixed[round * people + person] !== -1) sit(person, fixed[round * people + person]!);
		const free = here.filter((person) => tableOf[round * people + person] === -1);
		const waiting: number[] = [];
		for (const person of free) {
			const card = cardOf[round * people + person]!;
			if (card !== -1 && size[card]! < high[at(card)]! && may[person * tables + card] === 1) sit(person, card);
			else waiting.push(person);
		}
		for (const person of waiting) {
			const beside = parties[person]!.map((one) => tableOf[round * people + one]!).find((table) => table !== -1);
			sit(person, beside ?? emptiest(room, round, person, size));
		}
		// tables that are still short take from those that can spare somebody
		for (let table = 0; table < tables; table++)
			while (size[table]! < low[at(table)]!) {
				const giving = free.find((person) => {
					const from = tableOf[round * people + person]!;
					return size[from]! > low[at(from)]! && may[person * tables + table] === 1 && parties[person]!.length === 1;
				});
				if (giving === undefined) break;
				size[tableOf[round * people + giving]!]! -= 1;
				sit(giving, table);
			}
	}
	return tableOf;
}

function emptiest({ tables, low, high, may }: Room, round: number, person: number, size: Int16Array): number {
	const rank = (table: number) => {
		const at = round * tables + table;
		return may[person * tables + table]! * 1e6 + (size[table]! < high[at]! ? 1e3 : 0) + low[at]! - size[table]!;
	};
	let best = 0;
	for (let table = 1; table < tables; table++) if (rank(table) > rank(best)) best = table;
	return best;
}

const proposals = 6_000;
const [warmest, coldest] = [20, 0.5];
/** what must hold weighs most (see apartWeight), then a card, then a repeated meeting, then the mix */
const weights = { changed: apartWeight / 4, strain: 4, off: 2 };

function exchangeFew(plan: Plan, cardOf: Int16Array, random: Random): void {
	const { room, tableOf } = plan;
	const { people, tables, fixed, present, parties, may, low, high } = room;
	const { size } = plan;
	const isFree = (at: number) => present[at] === 1 && fixed[at] === -1 && parties[at % people]!.length === 1;
	const free = Int32Array.from(tableOf.keys()).filter(isFree);
	const newcomers = free.filter((at) => cardOf[at] === -1);
	if (free.length === 0) return;
	const costOf = (at: number, table: number) => (cardOf[at] === -1 || cardOf[at] === table ? 0 : weights.changed);
	for (let step = 0; step < proposals; step++) {
		const limit = -(coldest + (warmest - coldest) * (1 - step / proposals)) * Math.log(random.share() + 1e-12);
		const from = newcomers.length > 0 && step % 2 === 0 ? newcomers : free;
		const at = from[random.below(from.length)]!;
		const [round, one] = [Math.floor(at / people), at % people];
		const here = tableOf[at]!;
		const there = random.below(tables);
		if (here === there || may[one * tables + there] === 0) continue;
		const [row, rowThere] = [round * tables + here, round * tables + there];
		if (size[row]! > low[row]! && size[rowThere]! < high[rowThere]! && random.below(2) === 0) {
			const [strain, off] = [plan.strain, plan.off];
			const cards = costOf(at, there) - costOf(at, here);
			plan.move(round, one, there);
			if (cards + weights.strain * (plan.strain - strain) + weights.off * (plan.off - off) > limit) plan.move(round, one, here);
			continue;
		}
		const other = plan.seated[rowThere * (room.chairs + 1) + random.below(size[rowThere]!)]!;
		const atOther = round * people + other;
		if (size[rowThere] === 0 || !isFree(atOther) || may[other * tables + here] === 0) continue;
		const cards = costOf(at, there) + costOf(atOther, here) - costOf(at, here) - costOf(atOther, there);
		const [strain, off] = [plan.strainOfSwap(round, one, other), plan.offOfSwap(round, one, other)];
		if (cards + weights.strain * strain + weights.off * off <= limit) plan.swap(round, one, other, strain, off);
	}
}

function changesIn(tableOf: Int16Array, cardOf: Int16Array): number {
	let changes = 0;
	for (let at = 0; at < tableOf.length; at++)
		if (tableOf[at] !== -1 && cardOf[at] !== -1 && tableOf[at] !== cardOf[at]) changes += 1;
	return changes;
}

/** Tables that are too small need somebody, as far as those without a card do not do; from tables that are too large somebody must go. */
function fewestChanges({ people, tables, rounds, present, low, high }: Room, cardOf: Int16Array): number {
	let fewest = 0;
	for (let round = 0; round < rounds; round++) {
		const keeping = new Int16Array(tables);
		let newcomers = 0;
		for (let person = 0; person < people; person++) {
			if (present[round * people + person] === 0) continue;
			const card = cardOf[round * people + person]!;
			if (card === -1) newcomers += 1;
			else if (card < tables) keeping[card]! += 1;
		}
		let [short, over] = [0, 0];
		keeping.forEach((count, table) => {
			short += Math.max(0, low[round * tables + table]! - count);
			over += Math.max(0, count - high[round * tables + table]!);
		});
		fewest += Math.max(short - newcomers, over);
	}
	return fewest;
}
