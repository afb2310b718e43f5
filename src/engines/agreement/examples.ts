import type { AgreementInput, Profiles } from './input.ts';

/** One opinion as a test tells it. */
export interface Said {
	readonly person: number;
	/** the number of the idea */
	readonly idea: number;
	readonly value: -1 | 0 | 1;
	readonly time?: number;
	/** the number of the statement under which it was given; the first where nothing is said */
	readonly under?: number;
}

/** A person as a test tells them; a second one of the same id is a later statement. */
export interface Stated {
	readonly id: number;
	readonly groups?: readonly number[];
	readonly region?: number;
	readonly organisation?: number;
	readonly assurance?: number;
}

export const exampleGroups = ['governments', 'private-sector', 'civil-society'];
export const exampleRegions = ['africa', 'asia-pacific'];

/** What the engine is given, from people and opinions told in words; ideas are those that are named, and those of `ideas`. */
export function anInput(
	people: readonly Stated[],
	said: readonly Said[],
	more: { readonly ideas?: readonly number[]; readonly hidden?: readonly number[]; readonly groups?: readonly string[] } = {}
): AgreementInput {
	const ids = [...new Set([...said.map(({ idea }) => idea), ...(more.ideas ?? [])])].sort((one, other) => one - other);
	const profiles = profilesOf(people);
	const placeOf = new Map(people.map((_, place) => [`${profiles.participant[place]} ${profiles.number[place]}`, place]));
	return {
		opinions: {
			profile: Uint32Array.from(said, ({ person, under = 1 }) => placeOf.get(`${person} ${under}`) ?? people.length),
			idea: Uint32Array.from(said, ({ idea }) => ids.indexOf(idea)),
			value: Int8Array.from(said, ({ value }) => value),
			time: Float64Array.from(said, ({ time = 0 }) => time)
		},
		profiles,
		ideas: { id: Uint32Array.from(ids), hidden: Uint8Array.from(ids, (id) => (more.hidden?.includes(id) ? 1 : 0)) },
		groups: more.groups ?? exampleGroups,
		regions: exampleRegions,
		assurances: ['browser', 'e-mail'],
		stances: null
	};
}

function profilesOf(people: readonly Stated[]): Profiles {
	const times = new Map<number, number>();
	return {
		participant: Uint32Array.from(people, ({ id }) => id),
		number: Uint16Array.from(people, ({ id }) => {
			times.set(id, (times.get(id) ?? 0) + 1);
			return times.get(id)!;
		}),
		groups: Uint32Array.from(people, ({ groups = [] }) => groups.reduce((bits, group) => bits | (1 << group), 0)),
		region: Int32Array.from(people, ({ region = -1 }) => region),
		organisation: Int32Array.from(people, ({ organisation = -1 }) => organisation),
		assurance: Uint8Array.from(people, ({ assurance = 0 }) => assurance)
	};
}
