import { shareNamed } from '#agreement/thresholds.ts';
import type { Numbered } from '#reports/drafting/choosing.ts';
import type { Sentence } from '#reports/drafting/composing.ts';
import type { DraftingTools } from '#reports/drafting/tools.ts';
import type { DraftedParagraph } from '#reports/paragraph.ts';

/** How far an idea is supported across groups, in the words of the page of agreement; nothing where no group that counts is published. */
export function levelOf({ material, say, figure }: DraftingTools, { number, level }: Numbered): Sentence[] {
	if (level === null) return [];
	const named = (key: 'reports.draft-level-opposed' | 'reports.draft-level-not-heard', of: 'opposedBy' | 'notHeardFrom') => {
		if (level[of].length === 0) return [];
		const groups = say.list(level[of].map((group) => material.nameOf('group', group)));
		return [{ key, values: { groups }, origins: { groups: figure('ideas', number, 'level', of) } }];
	};
	return [
		{
			key: 'reports.draft-level',
			values: { level: say(`agreement.level-${level.level}`) },
			origins: { level: figure('ideas', number, 'level', 'level') }
		},
		...named('reports.draft-level-opposed', 'opposedBy'),
		...named('reports.draft-level-not-heard', 'notHeardFrom')
	];
}

/** By what the levels of a section were computed: printed wherever one is told. */
export function thresholdsOfLevels(tools: DraftingTools, section: string, ideas: readonly Numbered[]): DraftedParagraph[] {
	const { material, say, figure, text } = tools;
	if (ideas.every(({ level }) => level === null)) return [];
	const { heard, majority, most, groups } = material.snapshot.figures.thresholds;
	const named = shareNamed(most);
	const values = {
		heard,
		share: say.percent(majority, { decimals: Number.isInteger(Math.round(1e6 * majority) / 1e4) ? 0 : 1 }),
		most: named ? say(`agreement.share-${named}`) : say.percent(most)
	};
	return [
		text(
			section,
			{
				key: 'reports.draft-level-thresholds',
				values,
				origins: {
					heard: figure('thresholds', 'heard'),
					share: figure('thresholds', 'majority'),
					most: figure('thresholds', 'most')
				}
			},
			{
				key: 'reports.draft-level-groups',
				values: { groups: say.list(groups.map((group) => material.nameOf('group', group))) },
				origins: { groups: figure('thresholds', 'groups') }
			}
		)
	];
}
