import { peopleIn, type Dimension, type Tally } from '#agreement/cells.ts';
import type { Figures, OfIdea } from '#agreement/figures.ts';

/**
 * Which ideas a first report speaks of. Each criterion is a number here and the same number in the sentence that the report prints
 * (drafting.ts takes it from here), so that text and selection cannot part.
 */
export const criteria = {
	/** how many people must have given an opinion before a report speaks of an idea */
	people: 10,
	/** agreed widely: at least this share agree, and more than half in each group whose figures are published */
	wide: 0.8,
	/** rejected: at most this share agree */
	rejected: 0.3,
	/** blocked: at least this share agree overall, and in a group … */
	most: 0.6,
	/** … at least this share disagree */
	against: 0.7,
	/** divided: between these shares agree */
	divided: [0.4, 0.6],
	/** taken up: in at least this many of the longer texts */
	texts: 2,
	/** ideas listed under each heading */
	listed: 5
} as const;

export interface Numbered extends OfIdea {
	readonly number: number;
}

/** Ideas of a question (or all) with enough people, in a fixed order: most agreement first. */
function judged(figures: Figures, question?: string): Numbered[] {
	return numbered(figures)
		.filter((idea) => idea.people >= criteria.people && (question === undefined || idea.question === question))
		.sort((one, other) => other.agreeShare! - one.agreeShare! || other.people - one.people || one.number - other.number);
}

export function agreedWidely(figures: Figures, question: string): Numbered[] {
	return judged(figures, question).filter(
		(idea) =>
			idea.agreeShare! >= criteria.wide && Object.values(idea.cells.group).every((group) => group.agree > peopleIn(group) / 2)
	);
}

export function rejected(figures: Figures, question: string): Numbered[] {
	return judged(figures, question)
		.filter((idea) => idea.agreeShare! <= criteria.rejected)
		.reverse();
}

export interface Blocked {
	readonly idea: Numbered;
	readonly by: readonly (Tally & { readonly group: string })[];
}

/** Most people agree, but most of some group disagree: the overall figure would hide them. */
export function blocked(figures: Figures): Blocked[] {
	return judged(figures)
		.filter((idea) => idea.agreeShare! >= criteria.most)
		.map((idea) => ({
			idea,
			by: entries(idea, 'group')
				.filter((group) => group.disagree / peopleIn(group) >= criteria.against)
				.sort((one, other) => one.agree / peopleIn(one) - other.agree / peopleIn(other) || (one.group < other.group ? -1 : 1))
		}))
		.filter(({ by }) => by.length > 0);
}

/** Half and half. */
export function divided(figures: Figures): Numbered[] {
	const [from, to] = criteria.divided;
	return judged(figures)
		.filter((idea) => idea.agreeShare! >= from && idea.agreeShare! <= to)
		.sort((one, other) => Math.abs(one.agreeShare! - 0.5) - Math.abs(other.agreeShare! - 0.5) || one.number - other.number);
}

export interface Unheard {
	readonly idea: Numbered;
	readonly groups: readonly string[];
}

/** Groups that took part in the talk, but of whom fewer than five spoke to this idea, or whose figures are withheld with another's. */
export function unheard(figures: Figures): Unheard[] {
	const present = Object.entries(figures.balance.group)
		.filter(([, voice]) => voice !== null)
		.map(([group]) => group)
		.sort();
	return judged(figures)
		.map((idea) => ({ idea, groups: present.filter((group) => !idea.cells.group[group]) }))
		.filter(({ groups }) => groups.length > 0)
		.sort((one, other) => other.groups.length - one.groups.length || one.idea.number - other.idea.number);
}

/** What several of the longer texts raise, support or oppose, the most taken up first. */
export function takenUp(figures: Figures, question: string): Numbered[] {
	const texts = ({ stances }: OfIdea) => stances.raises + stances.supports + stances.opposes;
	return numbered(figures)
		.filter((idea) => idea.question === question && texts(idea) >= criteria.texts)
		.sort((one, other) => texts(other) - texts(one) || one.number - other.number);
}

/** The ideas that a report will name, so that their words and passages can be read. */
export function namedIdeas(figures: Figures): number[] {
	const perQuestion = Object.keys(figures.questions).flatMap((question) => [
		...first(agreedWidely(figures, question)),
		...first(rejected(figures, question)),
		...first(takenUp(figures, question))
	]);
	const contested = [
		...first(blocked(figures)).map(({ idea }) => idea),
		...first(divided(figures)),
		...first(unheard(figures)).map(({ idea }) => idea)
	];
	return [...new Set([...perQuestion, ...contested].map(({ number }) => number))].sort((one, other) => one - other);
}

/** As many as a report lists. */
export function first<One>(list: readonly One[]): readonly One[] {
	return list.slice(0, criteria.listed);
}

function numbered(figures: Figures): Numbered[] {
	return Object.entries(figures.ideas).map(([number, idea]) => ({ ...idea, number: Number(number) }));
}

function entries(idea: OfIdea, dimension: Dimension): (Tally & { group: string })[] {
	return Object.entries(idea.cells[dimension]).map(([group, tally]) => ({ group, ...tally }));
}
