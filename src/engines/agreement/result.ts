import type { Counts } from './counts.ts';
import type { Discovered, DiscoveredOfIdea, DiscoverySettings } from './discovered.ts';
import type { Level, Thresholds } from './levels.ts';

/**
 * What the engine finds: plain JSON, the same to the byte for any order of the rows and, but for the ids in `people`, any naming of them.
 * Shares and bounds have four decimals, voices two. It holds true counts of small groups, too: pages and reports read published cells and
 * ask `levelOf` about those.
 */
export interface AgreementResult {
	readonly form: 1;
	/** printed wherever a level, a cell or a discovered group is */
	readonly settings: { readonly thresholds: Thresholds; readonly fewest: number; readonly discovery: DiscoverySettings };
	/** labels in the order of `ideas[].groups`; those who state none come after the last and have no label */
	readonly groups: readonly string[];
	readonly regions: readonly string[];
	readonly people: readonly PersonFound[];
	readonly opinions: Counted;
	/** ascending by id, hidden ones left out */
	readonly ideas: readonly IdeaFound[];
	/** what is found without asking who people are; ideas by id */
	readonly discovered: DiscoveredFound;
	/** all who gave an opinion, by group and region, as they state it now */
	readonly peopleCrossed: CrossTable<number>;
}

export interface PersonFound {
	readonly id: number;
	/** the discovered group, counted from 0; null: in none */
	readonly group: number | null;
}

export interface Counted {
	/** that count */
	readonly given: number;
	/** left out, because the idea is hidden */
	readonly hidden: number;
	/** left out, because the same person spoke to the same idea later */
	readonly repeated: number;
}

export interface IdeaFound extends IdeaDeclared, Omit<DiscoveredOfIdea, 'groups'> {
	/** what each discovered group says */
	readonly discoveredGroups: DiscoveredOfIdea['groups'];
}

/** `map.means`, `first` and `second` are in the order of `ideas`. */
export type DiscoveredFound = Omit<Discovered, 'people' | 'ideas'>;

/** What the declared groups and regions say to an idea. */
export interface IdeaDeclared {
	readonly id: number;
	/** all people, each once */
	readonly all: Counts;
	/** of all people */
	readonly agreement: Agreement;
	/** in the order of the labels */
	readonly groups: readonly GroupFound[];
	/** those who state no group; they count in `all` and are nobody who could block or be missed */
	readonly notStated: Counts;
	readonly level: Level;
	/** labels of heard groups most of whose people, as far as one can tell, agree */
	readonly favouredBy: readonly string[];
	/** the same of those who disagree, whatever the level */
	readonly opposedBy: readonly string[];
	/** labels of groups of whom too few have said agree or disagree */
	readonly notHeardFrom: readonly string[];
	/** lower 80 % bound of the heard group that agrees least; null where none is heard */
	readonly score: number | null;
	/** 1 is the idea most agreed on; equals share a rank, and those without a score come last */
	readonly rank: number;
	/** texts, never added to opinions */
	readonly stances: StancesFound;
	readonly weighting: WeightingFound;
	/** people by group and region */
	readonly crossed: CrossTable<Counts>;
}

export interface GroupFound {
	readonly people: Counts;
	readonly agreement: Agreement;
	/** one voice for each organisation; voices may be fractions */
	readonly voices: Counts;
	readonly agreementOfVoices: Agreement;
	readonly stances: StancesFound;
}

export interface StancesFound {
	readonly raises: number;
	readonly supports: number;
	readonly opposes: number;
}

/**
 * How much of those who take a side agrees, by Jeffreys' prior: (A + ½) / (n + 1), n = agree + disagree; null where n is 0. Who passes takes
 * no side, like an abstention where members "present and voting" are counted (Rules of Procedure of the General Assembly, rule 86), and
 * stands beside as a number.
 */
export interface Agreement {
	readonly n: number;
	readonly share: number | null;
	/** lower and upper bound of the middle 80 % and 95 % of Beta(A + ½, n − A + ½) */
	readonly within80: readonly [number, number] | null;
	readonly within95: readonly [number, number] | null;
}

/** Whether the majority is the same however people are weighed. */
export interface WeightingFound {
	/** share of agreement as people came, each once; null: nobody took a side */
	readonly observed: number | null;
	/** each group of five people or more weighs the same, each such region, each shown cell of group and region; null: fewer than two */
	readonly equalGroups: number | null;
	readonly equalRegions: number | null;
	readonly equalCells: number | null;
	/** same: all of them lie on one side of ½; changes: they do not; too-few: there is nothing to compare */
	readonly conclusion: 'same' | 'changes' | 'too-few';
}

/**
 * A row for each group, a column for each region, "not stated" last. Cells of fewer people than `settings.fewest`, and what would tell them, are
 * null, so that it can be published beside its margins as they stand at the same freeze.
 */
export interface CrossTable<Cell> {
	/** null: no cell can be shown without telling one of few people */
	readonly cells: readonly (readonly (Cell | null)[])[] | null;
	readonly rows: readonly (Cell | null)[];
	readonly columns: readonly (Cell | null)[];
}
