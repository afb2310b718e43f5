import { usualThresholds, type Thresholds } from '#engines/agreement/levels.ts';
import { fewestPeople } from '#agreement/cells.ts';

/** What a talk lays down about its levels of support. */
export interface ThresholdsOfTopic extends Thresholds {
	/** the stakeholder groups that consensus cannot do without; null: every group of the institution */
	readonly groups: readonly string[] | null;
}

export const usual: ThresholdsOfTopic = { ...usualThresholds, groups: null };

/** The shares that a talk chooses from, each with a word of its own, so that nobody reads 66.7 % in a document. */
export const shares = {
	half: 1 / 2,
	'three-fifths': 3 / 5,
	'two-thirds': 2 / 3,
	'three-quarters': 3 / 4,
	'four-fifths': 4 / 5
} as const;
export type ShareName = keyof typeof shares;

/** Of which more must agree for a group to favour an idea. */
export const majorities = ['half', 'three-fifths', 'two-thirds', 'three-quarters', 'four-fifths'] as const satisfies ShareName[];
/** How many of the groups must favour an idea for strong support. */
export const mosts = ['half', 'three-fifths', 'two-thirds', 'three-quarters', 'four-fifths'] as const satisfies ShareName[];

/** No cell has fewer people, so that a lower number would promise what is never shown. */
export const fewestHeard = fewestPeople;
export const mostHeard = 1000;

/** The word of a share; null for one that no talk can choose. */
export function shareNamed(share: number): ShareName | null {
	return (Object.keys(shares) as ShareName[]).find((name) => Math.abs(shares[name] - share) < 1e-9) ?? null;
}

/** @param groups of the institution */
export function areThresholds({ heard, majority, most, groups: wanted }: ThresholdsOfTopic, groups: readonly string[]): boolean {
	const is = (names: readonly ShareName[], share: number) => names.some((name) => name === shareNamed(share));
	return (
		Number.isInteger(heard) &&
		heard >= fewestHeard &&
		heard <= mostHeard &&
		is(majorities, majority) &&
		is(mosts, most) &&
		(wanted === null || (wanted.length > 0 && wanted.every((group) => groups.includes(group))))
	);
}
