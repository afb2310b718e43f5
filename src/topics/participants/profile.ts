/** What a participant says of themselves in one topic. All of it may be left out; a change is a new row with its date. */
export interface Profile {
	/** keys of stakeholder groups; none: not stated */
	readonly groups: readonly string[];
	/** ISO 3166-1 alpha-2 */
	readonly country: string | null;
	readonly region: string | null;
	readonly organisationId: string | null;
	readonly capacity: Capacity | null;
	/** BCP 47 */
	readonly reads: readonly string[];
}

export const capacities = ['own-name', 'expert', 'delegation'] as const;
export type Capacity = (typeof capacities)[number];

/** From the weakest to the strongest. */
export const assurances = ['browser', 'e-mail', 'invited', 'organisation-verified'] as const;
export type Assurance = (typeof assurances)[number];

export const nothingStated: Profile = {
	groups: [],
	country: null,
	region: null,
	organisationId: null,
	capacity: null,
	reads: []
};

export function isStronger(one: Assurance, other: Assurance): boolean {
	return assurances.indexOf(one) > assurances.indexOf(other);
}

export function isSameProfile(one: Profile, other: Profile): boolean {
	return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered({ groups, country, region, organisationId, capacity, reads }: Profile): unknown[] {
	return [[...groups].sort(), country, region, organisationId, capacity, [...reads].sort()];
}
