/**
 * All that the engine is told of a topic. Rows are columns of numbers, not objects: twenty million opinions take nine bytes each. Places count
 * from 0; identifiers of people and ideas are whole numbers that the result repeats.
 */
export interface AgreementInput {
	readonly opinions: OpinionRows;
	readonly profiles: Profiles;
	/** ascending; a hidden idea keeps its place, and what people say to it is left out */
	readonly ideas: { readonly id: Uint32Array; readonly hidden: Uint8Array };
	/** what the numbers in `profiles` stand for; groups: 30 at most */
	readonly groups: readonly string[];
	readonly regions: readonly string[];
	readonly assurances: readonly string[];
	/** what submissions, notes and interventions say; null: none has been drawn on */
	readonly stances: StanceCounts | null;
}

/** In any order; whoever says something twice to the same idea means the last (see canonical.ts). */
export interface OpinionRows {
	/** the place in `profiles` of what the person had stated when speaking; it tells the person, too */
	readonly profile: Uint32Array;
	/** a place in `ideas` */
	readonly idea: Uint32Array;
	/** agree 1, pass 0, disagree -1 */
	readonly value: Int8Array;
	/** in any unit, larger is later; null where nobody spoke twice to an idea, or nobody knows when */
	readonly time: Float64Array | null;
}

/** What people state of themselves; somebody who changes it has a further row. Those who said nothing have theirs, too. */
export interface Profiles {
	/** whose: any number of their own */
	readonly participant: Uint32Array;
	/** the statements of a person, counted; the highest is what holds now */
	readonly number: Uint16Array;
	/** bit g: is of group g; none, or only `saidNothing`: no group is stated */
	readonly groups: Uint32Array;
	/** -1: not stated */
	readonly region: Int32Array;
	/** counted from 0; -1: none */
	readonly organisation: Int32Array;
	readonly assurance: Uint8Array;
}

/**
 * How many texts take which stance, a text once however many of its passages say so. Of idea i and group g at `i * (groups + 1) + g`; at
 * g = groups all texts, those of no group among them.
 */
export interface StanceCounts {
	readonly raises: Uint32Array;
	readonly supports: Uint32Array;
	readonly opposes: Uint32Array;
}

/** The bit of somebody who was asked and chose "not stated"; with a group beside it a profile contradicts itself. */
export const saidNothing = 1 << 30;

/** Counts of each idea in each group and region are kept in memory. */
const mostIdeas = 1 << 21;
const mostGroups = 30;

/** Why the engine cannot count what it was given, and where: `code` for programs, the message for whoever made the input. */
export class UnfitInput extends Error {
	readonly code: string;
	/** place in the named table, counted from 0; null where the table as a whole is unfit */
	readonly row: number | null;

	constructor(code: string, table: string, row: number | null, what: string) {
		super(`${table}${row === null ? '' : `, row ${row}`}: ${what}`);
		this.code = code;
		this.row = row;
	}
}

/** @throws UnfitInput at the first thing that cannot be counted */
export function checkInput(input: AgreementInput): void {
	checkIdeas(input);
	checkProfiles(input);
	checkOpinions(input);
	checkStances(input);
}

function checkIdeas({ ideas, groups }: AgreementInput): void {
	const { id, hidden } = ideas;
	sameLength('ideas', id.length, { hidden });
	if (id.length > mostIdeas) throw new UnfitInput('too-many', 'ideas', null, `more than ${mostIdeas}`);
	if (groups.length > mostGroups) throw new UnfitInput('too-many', 'groups', null, `more than ${mostGroups}`);
	for (let idea = 1; idea < id.length; idea++)
		if (id[idea]! <= id[idea - 1]!)
			throw new UnfitInput('not-ascending', 'ideas', idea, `idea ${id[idea]} after ${id[idea - 1]}`);
}

function checkProfiles({ profiles, groups, regions, assurances }: AgreementInput): void {
	const { participant, number, region, organisation, assurance } = profiles;
	sameLength('profiles', participant.length, { number, groups: profiles.groups, region, organisation, assurance });
	const known = 2 ** groups.length - 1;
	for (let row = 0; row < participant.length; row++) {
		const stated = profiles.groups[row]!;
		if ((stated & saidNothing) !== 0 && stated !== saidNothing)
			throw new UnfitInput('contradictory', 'profiles', row, 'a group and "not stated" at once');
		if ((stated & ~known & ~saidNothing) !== 0) throw new UnfitInput('unknown-group', 'profiles', row, 'no such group');
		if (region[row]! < -1 || region[row]! >= regions.length)
			throw new UnfitInput('unknown-region', 'profiles', row, `no region ${region[row]}`);
		if (organisation[row]! < -1)
			throw new UnfitInput('unknown-organisation', 'profiles', row, `no organisation ${organisation[row]}`);
		if (assurance[row]! >= assurances.length)
			throw new UnfitInput('unknown-assurance', 'profiles', row, `no assurance ${assurance[row]}`);
	}
	checkStatedOnce(profiles);
}

function checkStatedOnce({ participant, number }: Profiles): void {
	const seen = new Float64Array(participant.length).map((_, row) => participant[row]! * 2 ** 16 + number[row]!);
	const sorted = seen.slice().sort();
	for (let at = 1; at < sorted.length; at++) {
		if (sorted[at] !== sorted[at - 1]) continue;
		const row = seen.lastIndexOf(sorted[at]!);
		const what = `statement ${number[row]} of participant ${participant[row]} stands twice`;
		throw new UnfitInput('stated-twice', 'profiles', row, what);
	}
}

function checkOpinions({ opinions, profiles, ideas }: AgreementInput): void {
	const { profile, idea, value, time } = opinions;
	sameLength('opinions', profile.length, time === null ? { idea, value } : { idea, value, time });
	for (let row = 0; row < profile.length; row++) {
		if (profile[row]! >= profiles.participant.length)
			throw new UnfitInput('unknown-profile', 'opinions', row, `no profile ${profile[row]}`);
		if (idea[row]! >= ideas.id.length) throw new UnfitInput('unknown-idea', 'opinions', row, `no idea ${idea[row]}`);
		if (value[row]! < -1 || value[row]! > 1)
			throw new UnfitInput('not-an-opinion', 'opinions', row, `${value[row]} is none of 1, 0 and -1`);
		if (time !== null && Number.isNaN(time[row]!)) throw new UnfitInput('no-time', 'opinions', row, 'no time');
	}
}

function checkStances({ stances, ideas, groups }: AgreementInput): void {
	if (stances !== null) sameLength('stances', ideas.id.length * (groups.length + 1), { ...stances });
}

function sameLength(table: string, length: number, columns: Readonly<Record<string, ArrayLike<number>>>): void {
	for (const [name, column] of Object.entries(columns))
		if (column.length !== length)
			throw new UnfitInput('not-as-long', table, null, `${name} has ${column.length} rows, not ${length}`);
}
