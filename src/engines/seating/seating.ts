/**
 * Who sits where at a World Café.
 *
 * The problem. People move between tables round by round, and each conversation is worth more if one meets people one has not met, of other
 * groups and regions than one's own. The goals stand in an order, and a later one never costs an earlier one anything:
 * 1. what must hold: as many at each table as the number of people says (sizes differ by at most one, or as chairs allow), hosts at their
 *    tables, languages, pins, pairs kept apart, pairs kept together;
 * 2. as few repeated meetings as can be: the sum of m (m - 1) / 2 over all pairs that meet m times, so that a third time weighs more than a second;
 *    rounds held before count, too;
 * 3. the mix: at each table of each round each group has its share of the room, rounded down or up; for several attributes at once;
 * 4. fairness: the person who meets the fewest people for the first time meets as many as can be.
 *
 * What is done.
 * - A closed form (closed-form.ts): guests have a letter and move that many tables on. Nobody meets twice whoever they are, cards need one letter, and it
 *   works in a power cut. Where it is legal people only need to be given its places (permuting.ts).
 * - Designs, without repeats by a symmetry (designs.ts): cyclic.ts after Kirkman, golfers.ts for the social golfers.
 * - Else, and where those leave a goal open, a search: simulated annealing (annealing.ts) over exchanges of two people in a round, on a plan in
 *   which every figure follows each exchange at once (plan.ts). Tables are mixed first, which is cheap, then repeats are removed; then fairness.ts.
 *   Where tables cannot all be of one size they take turns in being larger (taking-turns.ts); what that costs is seen in a search without it.
 * - Lower bounds (bounds.ts) say for each goal what no seating can do better than. A seating that reaches one is proven best in it, and the search
 *   ends when it reaches all.
 *
 * What always holds. Nobody sits at two tables in a round, everybody who is there sits somewhere, hosts and pinned people sit where they must.
 * Figures are counted anew at the end from who sits where (quality.ts). The same input with the same seed gives the same seating, as long as
 * nobody stops the search. No clock: who wants to end after so many seconds says so when asked between slices of some milliseconds.
 *
 * What it costs. A proposal reads the two tables concerned, some hundred nanoseconds; memory is four bytes for each pair of people and some for
 * each person and round. Measured: bench/rooms.
 */
import { Annealing, type Best } from './annealing.ts';
import { boundsOf, type Bounds } from './bounds.ts';
import { closedForm, type Move, type Skeleton } from './closed-form.ts';
import { designFor } from './designs.ts';
import { evenOut } from './fairness.ts';
import { checkSeating, UnfitSeating, type Pair, type Rounds, type SeatingInput } from './input.ts';
import { permute } from './permuting.ts';
import { apartWeight, Plan } from './plan.ts';
import { checkPossible } from './possible.ts';
import { byQuality, qualityOf, tablesOf, type Quality, type Unmet } from './quality.ts';
import { Random } from './random.ts';
import { roomOf, type Room } from './room.ts';
import { someSeating } from './start.ts';
import { takingTurns } from './taking-turns.ts';

export interface Seating {
	readonly rounds: Rounds;
	readonly method: Method;
	/** the sum of m (m - 1) / 2 over pairs that meet m times, earlier rounds included */
	readonly repeatedMeetings: number;
	readonly lowerBound: number;
	/** by attribute: by how many people tables are off its shares, over kinds, tables and rounds; and what cannot be less */
	readonly mix: Readonly<Record<string, { readonly off: number; readonly bound: number }>>;
	/** how many people the person meets for the first time who meets the fewest, and what cannot be more */
	readonly worstPerson: number;
	readonly worstPersonBound: number;
	/** the goals in which no seating is better; none where something is unmet: bounds are of seatings in which all holds that must */
	readonly provenBest: { readonly repeatedMeetings: boolean; readonly mix: boolean; readonly worstPerson: boolean };
	/** what was not found to be possible; empty but where almost nothing is */
	readonly unmet: { readonly apart: readonly Pair[]; readonly together: readonly Pair[] };
	/** of a closed form: where each person begins and how many tables they move on, by id */
	readonly moves: Readonly<Record<string, Move>> | null;
}

export type Method = 'closed form' | 'search' | 'design';

export interface SeatingSettings {
	readonly seed: number;
	/** how often the search begins anew where no bound ends it; it may be stopped before */
	readonly coolings: number;
}

export const usualSettings: SeatingSettings = { seed: 1, coolings: 40 };

export interface Watching {
	/** asked every few milliseconds, with how far the goals are from their bounds; false: the best so far is the answer */
	readonly goOn?: (standing: Standing | null) => boolean;
}

/** null: nobody sits yet */
export interface Standing {
	/** how often those meet who are to be kept apart */
	readonly unmet: number;
	readonly repeatedMeetings: number;
	readonly lowerBound: number;
	readonly off: number;
}

interface Found {
	readonly tableOf: Int16Array;
	readonly method: Method;
	readonly quality: Quality;
	readonly moves: readonly Move[] | null;
}

/**
 * Seats everybody in every round.
 * @throws UnfitSeating where the input forbids it
 */
export function seatEveryone(input: SeatingInput, settings = usualSettings, { goOn = () => true }: Watching = {}): Seating {
	checkSeating(input);
	const room = roomOf(input);
	checkPossible(room);
	const bounds = boundsOf(room);
	const random = new Random(settings.seed);
	let best: Found | null = null;
	for (const [method, make] of skeletons) {
		const skeleton = make(room, random, () => goOn(null));
		if (!skeleton) continue;
		const found = placed(room, skeleton, method, { bounds, random, goOn });
		if (best === null || byQuality(found.quality, best.quality) < 0) best = found;
		if (isProvenBest(best.quality, bounds)) return seatingOf(room, best, bounds);
	}
	const inTurns = searchedInTurns(room, settings, { bounds, random, goOn });
	if (inTurns && (best === null || byQuality(inTurns.quality, best.quality) < 0)) best = inTurns;
	if (best !== null && isProvenBest(best.quality, bounds)) return seatingOf(room, best, bounds);
	const found = searched(room, settings, { bounds, random, goOn });
	if (best === null || byQuality(found.quality, best.quality) < 0) best = found;
	return seatingOf(room, best, bounds);
}

const skeletons: readonly (readonly [Method, (room: Room, random: Random, goOn: () => boolean) => Skeleton | null])[] = [
	['closed form', closedForm],
	['design', designFor]
];

/** Exchanges tried to mix the tables of a skeleton, over the people: beyond, free search is faster. */
const permutations = 2_000_000;

function placed(room: Room, skeleton: Skeleton, method: Method, { bounds, random, goOn }: Searching): Found {
	const goal = { strain: bounds.repeatedMeetings, off: sum(bounds.off) };
	const isBest = (one: { strain: number; off: number }) => one.strain <= goal.strain && one.off <= goal.off;
	const { tableOf, placeOf } = permute(room, skeleton, random, Math.ceil(permutations / room.people), {
		isBest,
		goOn: (best) => goOn(standingOf(room, best, bounds))
	});
	const { moves } = skeleton;
	return { tableOf, method, quality: qualityOf(room, tableOf), moves: moves && Array.from(placeOf, (place) => moves[place]!) };
}

/** Exchanges tried at least to even out who meets how many, as long as there is time; where people are few it takes some hundredths of a second. */
const evenings = 262_144;

interface Searching {
	readonly bounds: Bounds;
	readonly random: Random;
	readonly goOn: (standing: Standing) => boolean;
}

function standingOf({ people, rounds, apart }: Room, { tableOf, strain, off }: Best, { repeatedMeetings }: Bounds): Standing {
	let unmet = 0;
	for (let start = 0; start < rounds * people; start += people)
		for (const [one, other] of apart)
			if (tableOf[start + one] !== -1 && tableOf[start + one] === tableOf[start + other]) unmet += 1;
	return { unmet, repeatedMeetings: strain - apartWeight * unmet, lowerBound: repeatedMeetings, off };
}

function searched(room: Room, { coolings }: SeatingSettings, { bounds, random, goOn }: Searching): Found {
	const plan = new Plan(room, someSeating(room, random));
	const off = sum(bounds.off);
	const annealing = new Annealing(plan, random);
	const { best } = annealing;
	const isBest = () => best.strain <= bounds.repeatedMeetings && best.off <= off;
	const mayGoOn = () => goOn(standingOf(room, best, bounds));
	const size = room.people * room.rounds;
	const hasMix = room.mixes.kinds > 0;
	if (hasMix) {
		annealing.run({ ...mixing, proposals: 500 * size }, () => plan.off <= off, mayGoOn);
		annealing.run({ ...cold, proposals: 300 * size }, isBest, mayGoOn);
	}
	for (let cooling = 0; cooling < coolings && !isBest(); cooling++) {
		const proposals = (hasMix ? 600 : 400) * size * 2 ** Math.min(4, cooling >> 1);
		if (!annealing.run({ ...(hasMix && cooling % 3 < 2 ? cool : warm), proposals }, isBest, mayGoOn)) break;
	}
	plan.become(best.tableOf);
	evenOut(plan, random, { bound: bounds.worstPerson, proposals: Math.max(evenings, 20 * size), goOn: mayGoOn });
	return { tableOf: plan.tableOf.slice(), method: 'search', quality: qualityOf(room, plan.tableOf), moves: null };
}

/** With the sizes of tables settled beforehand there is one try: what it does not reach may need other sizes. */
function searchedInTurns(room: Room, settings: SeatingSettings, searching: Searching): Found | null {
	const inTurns = takingTurns(room);
	if (inTurns === null) return null;
	try {
		return searched(inTurns, { ...settings, coolings: 1 }, searching);
	} catch (error) {
		// languages or parties need other sizes
		if (error instanceof UnfitSeating) return null;
		throw error;
	}
}

/** Where people are many, tables are mixed in a moment if meetings are not looked at, and what meets twice is then removed in the cold. */
const mixing = { from: 0.3, to: 0.1, weights: { strain: 0, off: 1 } };
const cold = { from: 0.15, to: 0.1, weights: { strain: 1, off: 1 } };
const cool = { ...cold, from: 0.3 };
/** Where they are few, both are one puzzle. */
const warm = { from: 0.9, to: 0.15, weights: { strain: 1, off: 0.7 } };

function isProvenBest({ unmet, repeatedMeetings, off, worstPerson }: Quality, bounds: Bounds): boolean {
	return (
		isMet(unmet) &&
		repeatedMeetings <= bounds.repeatedMeetings &&
		off.every((one, attribute) => one <= bounds.off[attribute]!) &&
		worstPerson >= bounds.worstPerson
	);
}

function isMet({ apart, together, languages, sizes }: Unmet): boolean {
	return apart.length + together.length + languages.length + sizes === 0;
}

export function seatingOf(room: Room, { tableOf, method, quality, moves }: Found, bounds: Bounds): Seating {
	const { repeatedMeetings, off, worstPerson, unmet } = quality;
	const holds = isMet(unmet);
	const named = (pairs: readonly (readonly [number, number])[]) =>
		pairs.map(([one, other]): Pair => [room.ids[one]!, room.ids[other]!]);
	const mix = Object.fromEntries(room.mixes.names.map((name, place) => [name, { off: off[place]!, bound: bounds.off[place]! }]));
	return {
		rounds: Array.from({ length: room.rounds }, (_, round) =>
			tablesOf(room, tableOf, round).map((table) => table.map((person) => room.ids[person]!))
		),
		method,
		repeatedMeetings,
		lowerBound: bounds.repeatedMeetings,
		mix,
		worstPerson,
		worstPersonBound: bounds.worstPerson,
		provenBest: {
			repeatedMeetings: holds && repeatedMeetings === bounds.repeatedMeetings,
			mix: holds && Object.values(mix).every((one) => one.off === one.bound),
			worstPerson: holds && worstPerson === bounds.worstPerson
		},
		unmet: { apart: named(unmet.apart), together: named(unmet.together) },
		moves: moves && Object.fromEntries(moves.map((move, person) => [room.ids[person]!, move]))
	};
}

function sum(values: readonly number[]): number {
	return values.reduce((all, one) => all + one, 0);
}
