import type { Found } from '#agreement/computing.ts';
import type { Grid } from '#agreement/opinion-map.ts';
import type { Centre } from '#agreement/placing.ts';

/** What everybody may see of the opinion groups of a topic: made from published cells, sizes in steps of five people, two decimals (p four). */
export interface PublishedMap {
	readonly form: 1;
	/** who gave an opinion, in steps of five */
	readonly people: number;
	readonly grid: Grid;
	/** people in each square, in steps of five; 0: fewer than five */
	readonly density: readonly number[];
	/** of each square: the place of its group among `groups`; null where groups are not named */
	readonly territory: readonly number[] | null;
	/** how many groups there seem to be; 0: people do not fall into groups */
	readonly k: number;
	/** null: they are not stable, or one has fewer than five people, and they are not named */
	readonly groups: readonly PublishedGroup[] | null;
	readonly silhouette: number;
	readonly stability: Found['stability'];
	readonly divide: Found['divide'];
	/** most of every group agree; the most agreed on first */
	readonly common: readonly CommonIdea[];
	/** ideas that the score without groups places far from where agreement of all groups does */
	readonly disputed: readonly number[];
	readonly shortlist: PublishedShortlist;
	/** the limit of representative ideas that are there by chance (Benjamini and Hochberg); see the engine's representative.ts for what it promises */
	readonly falseDiscoveries: number;
}

export interface PublishedGroup {
	readonly letter: string;
	/** in steps of five */
	readonly people: number;
	/** to the nearest tenth; which group somebody stands in is told by the middle as it is */
	readonly centre: Centre;
	readonly representative: readonly RepresentativeIdea[];
}

export interface RepresentativeIdea {
	readonly idea: number;
	readonly says: 'agree' | 'disagree';
	readonly said: number;
	readonly spoken: number;
	readonly saidElsewhere: number;
	readonly spokenElsewhere: number;
}

export interface CommonIdea {
	readonly idea: number;
	/** chance that one person drawn from each group agrees */
	readonly consensus: number;
	readonly bridging: number | null;
	readonly isDisputed: boolean;
}

export interface PublishedShortlist {
	readonly ideas: readonly number[];
	/** of those who agree to anything: the share that agrees to at least one of these */
	readonly represented: number;
	/** whether every sizeable minority finds an idea of its own */
	readonly isJust: boolean;
}

/** With fewer, most squares and cells would be empty. */
export const fewestOnAMap = 20;
