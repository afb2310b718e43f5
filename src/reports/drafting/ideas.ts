import {
	agreedWidely,
	blocked,
	criteria,
	divided,
	first,
	rejected,
	takenUp,
	unheard,
	type Blocked,
	type Numbered,
	type Unheard
} from '#reports/drafting/choosing.ts';
import { levelOf, thresholdsOfLevels } from '#reports/drafting/levels.ts';
import type { Sentence } from '#reports/drafting/composing.ts';
import type { DraftingTools } from '#reports/drafting/tools.ts';
import type { Material } from '#reports/drafting/material.ts';
import type { DraftedParagraph } from '#reports/paragraph.ts';

/** What was answered to a question: agreed widely, rejected, taken up by the longer texts. A passage is quoted where it comes first. */
export function answersTo(
	tools: DraftingTools,
	{ questionId, number, text: words }: Material['questions'][number]
): DraftedParagraph[] {
	const { material, allFigures, figure, text } = tools;
	const { figures } = material.snapshot;
	const section = `question-${number}`;
	const { ideas, opinions, comments } = figures.questions[questionId] ?? { ideas: 0, opinions: 0, comments: 0 };
	const head: DraftedParagraph = { section, kind: 'heading', text: words.text, language: words.language, sources: [] };
	if (ideas === 0) return [head, text(section, { key: 'reports.draft-no-ideas', origins: { whole: allFigures } })];
	const origins = {
		ideas: figure('questions', questionId, 'ideas'),
		opinions: figure('questions', questionId, 'opinions'),
		comments: figure('questions', questionId, 'comments')
	};
	const [agreed, against] = [agreedWidely(figures, questionId), rejected(figures, questionId)];
	return [
		head,
		text(section, { key: 'reports.draft-answers', values: { ideas, opinions, comments }, origins }),
		...agreedIdeas(tools, section, agreed),
		...rejectedIdeas(tools, section, against),
		...thresholdsOfLevels(tools, section, [...first(agreed), ...first(against)]),
		...ideasTakenUp(tools, section, takenUp(figures, questionId))
	];
}

/** Where people do not agree, and whom nobody has heard. */
export function contested(tools: DraftingTools): DraftedParagraph[] {
	const { figures } = tools.material.snapshot;
	const [blockedOnes, dividedOnes] = [blocked(figures), divided(figures)];
	const leveled = [...first(blockedOnes).map(({ idea }) => idea), ...first(dividedOnes)];
	return [
		tools.heading('contested', 'reports.section-contested'),
		...blockedIdeas(tools, blockedOnes),
		...dividedIdeas(tools, dividedOnes),
		...thresholdsOfLevels(tools, 'contested', leveled),
		...unheardIdeas(tools, unheard(figures))
	];
}

function agreedIdeas(tools: DraftingTools, section: string, ideas: readonly Numbered[]): DraftedParagraph[] {
	const { say, text, about, quotations, criterion } = tools;
	return [
		criterion(section, 'reports.draft-agreed-widely', ideas, { wide: say.percent(criteria.wide), listed: first(ideas).length }),
		...first(ideas).flatMap((idea) => [
			text(section, about('reports.draft-agreed', idea), ...levelOf(tools, idea)),
			...quotations(section, idea, idea.stances.raises > 0 ? ['raises'] : ['raises', 'supports'])
		])
	];
}

function rejectedIdeas(tools: DraftingTools, section: string, ideas: readonly Numbered[]): DraftedParagraph[] {
	const { say, text, about, quotations, criterion } = tools;
	if (ideas.length === 0) return [];
	const values = { least: say.percent(criteria.rejected), listed: first(ideas).length };
	return [
		criterion(section, 'reports.draft-rejected-most', ideas, values),
		...first(ideas).flatMap((idea) => [
			text(section, about('reports.draft-agreed', idea), ...levelOf(tools, idea)),
			...quotations(section, idea, ['opposes'])
		])
	];
}

/** What the longer texts say to the ideas that several of them take up: counted by stakeholder group, and in their own words. */
function ideasTakenUp(tools: DraftingTools, section: string, ideas: readonly Numbered[]): DraftedParagraph[] {
	if (ideas.length === 0) return [];
	const { text, table, quotations, criterion } = tools;
	const values = { texts: criteria.texts, listed: first(ideas).length };
	return [
		criterion(section, 'reports.draft-taken-up', ideas, values),
		...first(ideas).flatMap((idea) => {
			const { number, stancesByGroup } = idea;
			return [
				text(section, stancesTo(tools, idea)),
				...(Object.keys(stancesByGroup).length > 0
					? [table(section, 'reports.table-stances', { number }, 'ideas', number, 'stancesByGroup')]
					: []),
				...quotations(section, idea, stances)
			];
		})
	];
}

const stances = ['raises', 'supports', 'opposes'] as const;

function stancesTo({ figure, named }: DraftingTools, idea: Numbered): Sentence {
	const { values, origins } = named(idea);
	const counts = stances.map((stance) => [stance, idea.stances[stance]] as const);
	const figures = stances.map((stance) => [stance, figure('ideas', idea.number, 'stances', stance)] as const);
	return {
		key: 'reports.draft-stances-to',
		values: { ...values, ...Object.fromEntries(counts) },
		origins: { ...origins, ...Object.fromEntries(figures) }
	};
}

function blockedIdeas(tools: DraftingTools, ideas: readonly Blocked[]): DraftedParagraph[] {
	const { material, say, figure, text, table, about, quotations, criterion } = tools;
	const groupAgainst = (number: number, { group, agree, disagree }: Blocked['by'][number]): Sentence => ({
		key: 'reports.draft-blocked-by',
		values: { group: material.nameOf('group', group), agree, disagree },
		origins: {
			agree: figure('ideas', number, 'cells', 'group', group, 'agree'),
			disagree: figure('ideas', number, 'cells', 'group', group, 'disagree')
		}
	});
	const values = { most: say.percent(criteria.most), against: say.percent(criteria.against), listed: first(ideas).length };
	return [
		criterion('contested', 'reports.draft-blocked', ideas, values),
		...first(ideas).flatMap(({ idea, by }) => [
			text(
				'contested',
				about('reports.draft-agreed', idea),
				...by.map((group) => groupAgainst(idea.number, group)),
				...levelOf(tools, idea)
			),
			table('contested', 'reports.table-groups', { number: idea.number }, 'ideas', idea.number, 'cells', 'group'),
			...quotations('contested', idea, ['supports', 'opposes'])
		])
	];
}

function dividedIdeas(tools: DraftingTools, ideas: readonly Numbered[]): DraftedParagraph[] {
	const { say, text, about, quotations, criterion } = tools;
	const [from, to] = criteria.divided;
	const values = { from: say.percent(from), to: say.percent(to), listed: first(ideas).length };
	return [
		criterion('contested', 'reports.draft-divided', ideas, values),
		...first(ideas).flatMap((idea) => [
			text('contested', about('reports.draft-agreed', idea), ...levelOf(tools, idea)),
			...quotations('contested', idea, ['supports', 'opposes'])
		])
	];
}

function unheardIdeas(
	{ material, say, figure, text, named, criterion }: DraftingTools,
	ideas: readonly Unheard[]
): DraftedParagraph[] {
	if (ideas.length === 0) return [];
	return [
		criterion('contested', 'reports.draft-unheard', ideas, { listed: first(ideas).length }),
		...first(ideas).map(({ idea, groups }) => {
			const { values, origins } = named(idea);
			return text('contested', {
				key: 'reports.draft-unheard-groups',
				values: { ...values, groups: say.list(groups.map((group) => material.nameOf('group', group))) },
				origins: { ...origins, whole: figure('ideas', idea.number, 'cells', 'group') }
			});
		})
	];
}
