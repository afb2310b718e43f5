import type { Guest, Pair, SeatingInput } from './input.ts';

export interface CafeWishes {
	readonly people?: number;
	readonly tables?: number;
	readonly rounds?: number;
	/** hosts of the first tables, so many: the first people */
	readonly hosts?: number;
	/** by attribute: the kind of each person, by their place */
	readonly kinds?: Readonly<Record<string, (person: number) => string | null>>;
	/** by person: what differs from others */
	readonly guests?: Readonly<Record<string, Partial<Guest>>>;
	readonly apart?: readonly Pair[];
	readonly together?: readonly Pair[];
	readonly earlier?: SeatingInput['earlier'];
	/** by table */
	readonly seats?: readonly (number | null)[];
	readonly languages?: readonly (readonly string[])[];
}

/** People are called p0, p1 … */
export function aCafe(wishes: CafeWishes = {}): SeatingInput {
	const { people = 12, tables = 3, rounds = 3, hosts = 0, kinds = {}, guests = {}, seats = [], languages = [] } = wishes;
	return {
		people: Array.from({ length: people }, (_, person) => ({
			...{ id: `p${person}`, languages: [], pins: [], host: person < hosts ? person : null },
			of: Object.values(kinds).map((kindOf) => kindOf(person)),
			...guests[`p${person}`]
		})),
		tables: Array.from({ length: tables }, (_, table) => ({ seats: seats[table] ?? null, languages: languages[table] ?? [] })),
		rounds,
		attributes: Object.keys(kinds),
		apart: wishes.apart ?? [],
		together: wishes.together ?? [],
		earlier: wishes.earlier ?? []
	};
}
