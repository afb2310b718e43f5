import { usualWeights, type Room, type Session, type Slot, type TimetableInput, type Weights } from '#engines/timetable/input.ts';

interface Making {
	readonly sessions: number;
	readonly people?: number;
	/** what the audience is multiplied by */
	readonly crowd?: number;
	readonly hours?: Hours;
}

/** How days are cut into slots. */
interface Hours {
	readonly slots: readonly Slot[];
	readonly slotsADay: number;
	/** those far away take part before the one, or from the other on; slots of a day */
	readonly morningEnds: number;
	readonly afternoonBegins: number;
	/** minutes of the sessions, by chance */
	readonly minutes: readonly number[];
	/** how many slots, one after the other, all people of a session must be there at least once */
	readonly together: number;
}

const days = 5;
const themes = 12;
const seats = [600, 300, 200, 200, 120, 120, 80, 80, 60, 60];

/** What the measured figures count: people without a seat, wishes, and themes beside themselves. */
export const anchorWeights: Weights = { ...usualWeights, themeRooms: 0, balance: 0, feeder: 0, changed: 0 };

/**
 * A made-up forum: 10 rooms, 5 days of 8 slots. Chance is drawn in the order of the instances whose bounds are known, so that the same seed makes the
 * same forum (`bench/programme/known.ts` compares them where they are at hand).
 */
export function forum(
	{ sessions: count, people: peopleCount = 900, crowd = 1, hours = wholeHours }: Making,
	seed: number
): TimetableInput {
	const random = mulberry32(seed);
	const below = (bound: number) => Math.floor(random() * bound);
	const persons = Array.from({ length: peopleCount }, () => ({ isFree: whenFree(hours, random), sessions: 0 }));
	const meets = (people: ReadonlySet<number>) => {
		const free = hours.slots.map((_, slot) => [...people].every((person) => persons[person]!.isFree[slot]));
		return free.filter((_, slot) => isRun(hours, free, slot)).length >= 3;
	};
	const drawn = Array.from({ length: count }, (_, place) => {
		const size = 3 + below(4);
		const people = new Set<number>();
		for (let attempt = 1; ; attempt++) {
			people.clear();
			while (people.size < size) {
				// a sixth of the people is asked for by everybody
				const person = random() < 0.35 ? below(Math.trunc(peopleCount / 6)) : below(peopleCount);
				if (persons[person]!.sessions < 3 || attempt > 200) people.add(person);
			}
			if (meets(people)) break;
		}
		for (const person of people) persons[person]!.sessions += 1;
		const theme = Math.min(themes - 1, Math.floor(random() ** 1.4 * themes));
		const small = Math.round(Math.exp(3.4 + random() * 1.9));
		const isMain = place < mainSessions;
		const audience = isMain ? 300 + below(300) : small;
		const needs = [
			...(isMain || random() < 0.15 ? ['interpretation'] : []),
			...(!isMain && random() < 0.25 ? ['round table'] : [])
		];
		return { people, theme, audience: crowd === 1 ? audience : Math.round(audience * crowd), needs };
	});
	const avoided = drawn.map(() => (random() < 0.3 ? below(days) : null));
	const minutes = drawn.map(() => hours.minutes[hours.minutes.length === 1 ? 0 : below(hours.minutes.length)]!);
	return {
		slots: hours.slots,
		rooms,
		sessions: drawn.map(({ people, theme, audience, needs }, place): Session => ({
			...plainSession,
			...{ id: String(place), minutes: minutes[place]!, audience, needs },
			theme: String(theme),
			people: [...people].map(String),
			wishes: avoided[place] == null ? [] : [{ avoid: slotsOn(hours, avoided[place]), cost: 5 }]
		})),
		people: persons.map(({ isFree }, person) => ({
			id: String(person),
			away: [...isFree.keys()].filter((slot) => !isFree[slot])
		})),
		...{ atOnce: {}, released: null, weights: anchorWeights }
	};
}

/** The hard ones: 380 sessions for 400 places, half as many people again in each. */
export const fullForum = (seed: number) => forum({ sessions: 380, people: 1_000, crowd: 1.5 }, seed);

/** Sessions of 30, 60 and 90 minutes on a grid of half hours, 80 of 100 places taken. */
export const mixedForum = (seed: number) => forum({ sessions: 240, hours: halfHours }, seed);

export const plainSession = { labels: [], plenary: false, pin: null, feeds: [] } as const;

const mainSessions = 12;
const rooms = seats.map((size, place): Room => ({
	id: String(place),
	seats: size,
	features: [...(place < 4 ? ['interpretation'] : []), ...(place >= 2 ? ['round table'] : [])],
	away: []
}));

const wholeHours: Hours = {
	slots: slotsOf(8, (hour) => 9 * 60 + hour * 75, 60),
	...{ slotsADay: 8, morningEnds: 4, afternoonBegins: 3, minutes: [60], together: 1 }
};

/** Three hours before lunch and three after it. */
const halfHours: Hours = {
	slots: slotsOf(12, (half) => (half < 6 ? 9 * 60 : 11 * 60) + half * 30, 30),
	...{ slotsADay: 12, morningEnds: 6, afternoonBegins: 4, minutes: [30, 60, 60, 90], together: 3 }
};

function slotsOf(slotsADay: number, startOf: (slot: number) => number, minutes: number): Slot[] {
	return Array.from({ length: days * slotsADay }, (_, slot) => ({
		day: Math.floor(slot / slotsADay),
		start: startOf(slot % slotsADay),
		minutes
	}));
}

function slotsOn({ slotsADay }: Hours, day: number): number[] {
	return Array.from({ length: slotsADay }, (_, hour) => day * slotsADay + hour);
}

/** Whether all are there from this slot on for long enough, on one side of lunch. */
function isRun({ slots, together }: Hours, free: readonly boolean[], first: number): boolean {
	for (let slot = first; slot < first + together; slot++) {
		if (!free[slot]) return false;
		if (slot > first && slots[slot]!.start !== slots[slot - 1]!.start + slots[slot - 1]!.minutes) return false;
	}
	return true;
}

/** 70 of 100 can always come; 15 on some days; 15 take part from far away, in the morning or later. By slot. */
function whenFree({ slots, slotsADay, morningEnds, afternoonBegins }: Hours, random: () => number): boolean[] {
	const kind = random();
	if (kind < 0.15) {
		const count = 1 + Math.floor(random() * 3);
		const chosen = new Set<number>();
		while (chosen.size < count) chosen.add(Math.floor(random() * days));
		return slots.map(({ day }) => chosen.has(day));
	}
	if (kind < 0.3) {
		const isMorning = random() < 0.5;
		return slots.map((_, slot) => (isMorning ? slot % slotsADay < morningEnds : slot % slotsADay >= afternoonBegins));
	}
	return slots.map(() => true);
}

/** The generator of the known instances: other numbers would make other forums. */
export function mulberry32(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let bits = Math.imul(state ^ (state >>> 15), 1 | state);
		bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
		return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
	};
}
