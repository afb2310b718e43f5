import { fewestToBeGrouped } from '#engines/agreement/groups.ts';
import type { AgreementInput } from '#engines/agreement/input.ts';
import { groupsLikeBefore } from '#agreement/opinion-groups.ts';
import { densityOn, gridOver, isMapDue, type Grid, type Places } from '#agreement/opinion-map.ts';

/** What a place on the map follows from, by the places of ideas in the input. */
export interface Axes {
	readonly means: ArrayLike<number>;
	readonly first: ArrayLike<number>;
	readonly second: ArrayLike<number>;
}

export interface Centre {
	readonly x: number;
	readonly y: number;
}

/** What of a published map is kept for the next one, and shown to nobody. */
export interface Model {
	/** ideas to which anybody spoke when the map was made; who has said little stands further out for it */
	readonly ideas: number;
	readonly centres: readonly Centre[];
	readonly grid: Grid;
	/** people in each square, exactly */
	readonly density: readonly number[];
}

/** Where everybody stands who said something; people in the order of their numbers. */
export interface Standing extends Places {
	readonly spoken: Uint32Array;
	/** of each profile of the input its person */
	readonly personOf: Int32Array;
}

/** The sum over what somebody said, made longer for who said little: see the engine's projection.ts. */
export function placeOf({ along, across, spoken }: { along: number; across: number; spoken: number }, ideas: number): Centre {
	const longer = Math.sqrt(ideas / Math.max(1, spoken));
	return { x: longer * along, y: longer * across };
}

export function nearest({ x, y }: Centre, centres: readonly Centre[]): number | null {
	let found: number | null = null;
	let least = Infinity;
	centres.forEach((centre, group) => {
		const far = (centre.x - x) ** 2 + (centre.y - y) ** 2;
		if (far < least) [found, least] = [group, far];
	});
	return found;
}

/** O(opinions) */
export function standingOn({ opinions, profiles, ideas: { hidden } }: AgreementInput, axes: Axes, ideas: number): Standing {
	const personOf = speakers(opinions.profile, profiles.participant);
	const people = personOf.reduce((most, person) => Math.max(most, person + 1), 0);
	const [x, y, spoken] = [new Float64Array(people), new Float64Array(people), new Uint32Array(people)];
	for (let row = 0; row < opinions.value.length; row++) {
		const idea = opinions.idea[row]!;
		if (hidden[idea] !== 0) continue;
		const person = personOf[opinions.profile[row]!]!;
		const difference = opinions.value[row]! - axes.means[idea]!;
		x[person]! += difference * axes.first[idea]!;
		y[person]! += difference * axes.second[idea]!;
		spoken[person]!++;
	}
	for (let person = 0; person < people; person++) {
		const place = placeOf({ along: x[person]!, across: y[person]!, spoken: spoken[person]! }, ideas);
		[x[person], y[person]] = [place.x, place.y];
	}
	return { x, y, spoken, personOf };
}

/** Numbers of those who speak; −1 for a profile whose person says nothing. */
function speakers(profile: Uint32Array, participant: Uint32Array): Int32Array {
	const speaks = new Set<number>();
	for (const one of profile) speaks.add(participant[one]!);
	const numbers = new Map([...speaks].sort((one, other) => one - other).map((number, person) => [number, person]));
	return Int32Array.from(participant, (number) => numbers.get(number) ?? -1);
}

/** Of each person the group whose middle is nearest; −1: said too little. */
export function groupsOn({ x, y, spoken }: Standing, { centres, ideas }: Pick<Model, 'centres' | 'ideas'>): Int32Array {
	const enough = fewestToBeGrouped(ideas);
	return Int32Array.from(x, (left, person) =>
		spoken[person]! < enough ? -1 : (nearest({ x: left, y: y[person]! }, centres) ?? -1)
	);
}

export interface Placed {
	readonly model: Model;
	readonly axes: Axes;
	readonly group: Int32Array;
	readonly standing: Standing;
	/** null: the map stays as it was */
	readonly isNew: boolean;
}

/**
 * The map that holds now: the one before, as long as fewer than five people have come, gone or moved on it; else the new one, turned so that it
 * lies as before, its groups with the letters that most of their people had.
 */
export function placeEverybody(
	input: AgreementInput,
	now: { readonly axes: Axes; readonly centres: readonly Centre[] },
	before: { readonly axes: Axes; readonly model: Model } | null
): Placed {
	const ideas = ideasSpokenTo(input);
	const old = before && standingOn(input, before.axes, before.model.ideas);
	if (before && old && !isMapDue(before.model.density, densityOn(before.model.grid, grouped(old, before.model.ideas))))
		return { ...before, group: groupsOn(old, before.model), standing: old, isNew: false };
	const turned = before ? turnedLike(before.axes, now) : now;
	const standing = standingOn(input, turned.axes, ideas);
	let { centres } = turned;
	if (before && old && before.model.centres.length === centres.length)
		centres = lettersKept(centres, groupsOn(standing, { centres, ideas }), groupsOn(old, before.model));
	const places = grouped(standing, ideas);
	const grid = gridOver(places);
	const model = { ideas, centres, grid, density: densityOn(grid, places) };
	return { model, axes: turned.axes, group: groupsOn(standing, model), standing, isNew: true };
}

/** As the engine counts those that take part in the components: a place is compared with the middles that it found. */
function ideasSpokenTo({ opinions, ideas: { id, hidden } }: AgreementInput): number {
	const isSpokenTo = new Uint8Array(id.length);
	for (const idea of opinions.idea) if (hidden[idea] === 0) isSpokenTo[idea] = 1;
	return isSpokenTo.reduce((count, one) => count + one, 0);
}

/** Those of whom enough is known to put them on the map. */
function grouped({ x, y, spoken }: Standing, ideas: number): Places {
	const enough = (person: number) => spoken[person]! >= fewestToBeGrouped(ideas);
	return { x: x.filter((_, person) => enough(person)), y: y.filter((_, person) => enough(person)) };
}

/** Which way a direction points is chance: it goes on pointing where it pointed. */
function turnedLike(before: Axes, { axes, centres }: { readonly axes: Axes; readonly centres: readonly Centre[] }) {
	const sign = (one: ArrayLike<number>, other: ArrayLike<number>) => {
		let sum = 0;
		for (let idea = 0; idea < one.length; idea++) sum += one[idea]! * other[idea]!;
		return sum < 0 ? -1 : 1;
	};
	const [over, up] = [sign(before.first, axes.first), sign(before.second, axes.second)];
	return {
		axes: {
			means: axes.means,
			first: Float64Array.from(axes.first, (share) => over * share),
			second: Float64Array.from(axes.second, (share) => up * share)
		},
		centres: centres.map(({ x, y }) => ({ x: over * x, y: up * y }))
	};
}

function lettersKept(centres: readonly Centre[], now: Int32Array, before: Int32Array): Centre[] {
	const k = centres.length;
	const people = new Uint32Array(k * k);
	now.forEach((group, person) => {
		if (group >= 0 && before[person]! >= 0) people[group * k + before[person]!]!++;
	});
	const kept: Centre[] = new Array<Centre>(k);
	groupsLikeBefore(people, k).forEach((letter, group) => (kept[letter] = centres[group]!));
	return kept;
}

/** What each group says to each idea: (disagree, pass, agree) of idea i and group g at `(i * (k + 1) + g) * 3`; those in no group come last. */
export function cellsOf({ opinions, ideas }: AgreementInput, { standing, group, model }: Placed): Uint32Array {
	const columns = model.centres.length + 1;
	const cells = new Uint32Array(ideas.id.length * columns * 3);
	for (let row = 0; row < opinions.value.length; row++) {
		const idea = opinions.idea[row]!;
		if (ideas.hidden[idea] !== 0) continue;
		const own = group[standing.personOf[opinions.profile[row]!]!]!;
		cells[(idea * columns + (own < 0 ? columns - 1 : own)) * 3 + opinions.value[row]! + 1]!++;
	}
	return cells;
}
