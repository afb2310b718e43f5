import { cellsOf, type AgreedIdea } from '#agreement/agreed.server.ts';
import { peopleIn, type Dimension, type Tally } from '#agreement/cells.ts';
import { agreementOf, sideOf } from '#agreement/level.ts';
import type { PublishedCell } from '#agreement/published.server.ts';
import { shareNamed } from '#agreement/thresholds.ts';
import type { LevelBasis } from '#agreement/thresholds.server.ts';
import type { Say } from '#languages/speaking.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';

/** A line of the plot: a group, region or kind of participant, and what is published of it. */
export type PlotRow = ReturnType<typeof rowOf>;

/** An idea with what its plot and its table show, in the reader's words. */
export function agreedShown(idea: AgreedIdea, basis: LevelBasis, institution: Institution, say: Say, besides: Besides = {}) {
	const { cells, opinionGroups, opposedBy, notHeardFrom, ...shown } = idea;
	const published = cellsOf(cells, 'group');
	const nameOf = (group: string) => nameOfCell(institution, 'group', group, say);
	const row = (dimension: Dimension, key: string) =>
		rowOf(
			nameOfCell(institution, dimension, key, say),
			key,
			cells.find((cell) => cell.dimension === dimension && cell.key === key),
			basis
		);
	return {
		...shown,
		opposedBy: opposedBy.map(nameOf),
		notHeardFrom: notHeardFrom.map(nameOf),
		rows: basis.groups.map((group) => row('group', group)),
		// published too, but nobody whom consensus needs: those who state no group, and groups that the talk leaves out
		others: published.filter(({ key }) => !basis.groups.includes(key)).map(({ key }) => row('group', key)),
		besides: [
			...(['region', 'assurance'] as const).flatMap((dimension) => {
				const key = besides[dimension];
				return key && cells.some((cell) => cell.dimension === dimension && cell.key === key) ? [row(dimension, key)] : [];
			}),
			...(besides.opinionGroups ?? []).map((letter) =>
				rowOf(say('map.group-named', { letter }), `opinion group ${letter}`, opinionGroups.get(letter), basis)
			)
		]
	};
}

/** Of whom a row is wanted besides the groups. */
export interface Besides {
	readonly region?: string | undefined;
	readonly assurance?: string | undefined;
	/** by letter; each of them, so that they can be held against each other */
	readonly opinionGroups?: readonly string[] | undefined;
}

/** The thresholds as sentences need them. */
export function basisShown({ groups, heard, majority, most }: LevelBasis, institution: Institution, say: Say) {
	return {
		heard,
		majority,
		most,
		mostName: shareNamed(most),
		groups: groups.map((group) => nameOfCell(institution, 'group', group, say)),
		isEveryGroup: institution.groups.every((group) => groups.includes(group))
	};
}

/** Of opinion groups no voices are counted. */
function rowOf(
	label: string,
	key: string,
	cell: (Tally & Partial<Pick<PublishedCell, 'voices'>>) | undefined,
	basis: LevelBasis
) {
	if (!cell) return { key, label, cell: null, side: 'not-heard' as const };
	const { agree, disagree, pass, voices = null } = cell;
	return {
		key,
		label,
		cell: { agree, disagree, pass, voices, people: peopleIn(cell), ...agreementOf(cell) },
		side: sideOf(cell, basis)
	};
}

export function nameOfCell(institution: Institution, dimension: Dimension, key: string, say: Say): string {
	if (key === 'not-stated' && dimension === 'group') return say('groups.not-stated');
	if (dimension === 'group') return groupName(institution, key, say);
	const message = `${dimension}s.${key}`;
	return say.knows(message) ? say(message) : key;
}
