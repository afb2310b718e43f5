import { notStated, type Dimension, type Tally } from '#agreement/cells.ts';
import { intervals, stated } from '#engines/agreement/intervals.ts';
import { leaningOf, levelOf, type Level, type Thresholds } from '#engines/agreement/levels.ts';
import type { Agreement } from '#engines/agreement/result.ts';
import { rounded } from '#engines/agreement/rounding.ts';

/** A published cell, of whatever dimension. */
export interface ShownCell extends Tally {
	readonly dimension: Dimension;
	readonly key: string;
}

/** How far an idea is supported, as it is kept: shares in millionths. See migration 0240. */
export interface IdeaLevel {
	readonly level: Level;
	readonly score: number;
	readonly mean: number;
	readonly divide: number;
	readonly awaited: number;
	readonly opposedBy: readonly string[];
	readonly notHeardFrom: readonly string[];
	readonly turnsByGroup: boolean | null;
	readonly turnsByRegion: boolean | null;
}

/**
 * The level of an idea from its published cells and nothing else: a group whose cell is withheld and one that nobody of spoke are the same
 * to it. Null where no cell of a group that counts is published.
 * @param basis the thresholds, and the groups that must be heard
 */
export function levelOfIdea(
	cells: readonly ShownCell[],
	basis: Thresholds & { readonly groups: readonly string[] }
): IdeaLevel | null {
	const shown = new Map(cells.filter(({ dimension }) => dimension === 'group').map((cell) => [cell.key, cell]));
	if (!basis.groups.some((group) => shown.has(group))) return null;
	const groups = basis.groups.map((group) => ({
		group,
		agree: shown.get(group)?.agree ?? 0,
		disagree: shown.get(group)?.disagree ?? 0
	}));
	const { level, opposedBy, notHeardFrom, score, mean } = levelOf(groups, basis);
	return {
		level,
		opposedBy,
		notHeardFrom,
		score: millionths(score),
		mean: millionths(mean),
		awaited: level === 'not-heard' ? millionths(score) : -1,
		divide: divideOf(groups.filter(({ group }) => !notHeardFrom.includes(group))),
		turnsByGroup: turns(cells, 'group', basis),
		turnsByRegion: turns(cells, 'region', basis)
	};
}

/** What a heard group says to an idea, as far as one can tell. */
export type Side = 'favours' | 'opposes' | 'undecided' | 'not-heard';

export function sideOf({ agree, disagree }: Tally, { heard, majority }: Thresholds): Side {
	const { n, lower, upper } = leaningOf(agree, disagree);
	if (n < heard) return 'not-heard';
	return lower > majority ? 'favours' : upper < majority ? 'opposes' : 'undecided';
}

/** The share that agrees, and where it may lie, as the engine states it. */
export function agreementOf({ agree, disagree }: Tally): Agreement {
	return stated(intervals()(agree, disagree));
}

/** How far the upper bound of the group that agrees least lies below the lower one of the group that agrees most; -1 with fewer than two. */
function divideOf(heard: readonly { readonly agree: number; readonly disagree: number }[]): number {
	if (heard.length < 2) return -1_000_000;
	const bounds = heard.map(({ agree, disagree }) => leaningOf(agree, disagree));
	const highest = Math.max(...bounds.map(({ lower }) => lower));
	const lowest = Math.min(...bounds.map(({ upper }) => upper));
	return millionths(highest - lowest);
}

/**
 * Whether those who agree would be fewer than half, or more, if each published cell of the dimension weighed the same; null with fewer than
 * two. Half and half is neither.
 */
function turns(
	cells: readonly ShownCell[],
	wanted: Dimension,
	basis: { readonly groups: readonly string[]; readonly heard: number }
): boolean | null {
	const compared = cells.filter(
		(cell) =>
			cell.dimension === wanted &&
			cell.agree + cell.disagree >= basis.heard &&
			(wanted === 'group' ? basis.groups.includes(cell.key) : cell.key !== notStated)
	);
	if (compared.length < 2) return null;
	const sides = compared.reduce((sum, cell) => sum + cell.agree - cell.disagree, 0);
	const alike = compared.reduce((sum, { agree, disagree }) => sum + (agree - disagree) / (agree + disagree), 0);
	return Math.sign(sides) * Math.sign(rounded(alike, 4)) < 0;
}

function millionths(share: number | null): number {
	return share === null ? -1 : Math.round(1_000_000 * share);
}
