import type { Attribution } from '#contributions/contribution.ts';

/** One point on which people agree, disagree or pass. */
export interface Idea {
	readonly topicId: string;
	readonly number: number;
	readonly id: string;
	/** null where a rapporteur drew it from a text */
	readonly contributionId: string | null;
	readonly participantNumber: number | null;
	readonly attribution: Attribution;
	readonly version: number;
	readonly concealed: 'held' | 'hidden' | 'withdrawn' | 'erased' | null;
}

/** Code points, as people count characters. */
export const limits = {
	point: 200,
	explanation: 10_000,
	sources: 2_000,
	comment: 5_000,
	name: 120,
	words: 2_000,
	reason: 1_000
} as const;

/** What shows that somebody wrote a thing: being its participant, or holding the code of its receipt. */
export interface Claim {
	readonly participantNumber: number | null;
	/** the contribution whose receipt code was shown */
	readonly contributionId: string | null;
}

export function isAuthor(claim: Claim, thing: { participantNumber: number | null; contributionId: string | null }): boolean {
	if (thing.contributionId !== null && thing.contributionId === claim.contributionId) return true;
	return thing.participantNumber !== null && thing.participantNumber === claim.participantNumber;
}

/**
 * Others have said what they think of the words as they stand: a change would put other words in their mouths. From their first opinion on,
 * a better wording is a successor, on which people say anew what they think.
 */
export function isWordingOpen(opinionsOfOthers: number): boolean {
	return opinionsOfOthers === 0;
}

/** What its author may do with it now; a held idea may still be mended, a hidden one only taken back. */
export function mayChange(claim: Claim, idea: Idea): boolean {
	return isAuthor(claim, idea) && idea.contributionId !== null && (idea.concealed === null || idea.concealed === 'held');
}

export function mayWithdraw(claim: Claim, idea: Idea): boolean {
	return isAuthor(claim, idea) && idea.contributionId !== null && !isTakenBack(idea);
}

/** A better wording is suggested by somebody else, of what everybody can see. */
export function maySuggest(claim: Claim, idea: Idea): boolean {
	return idea.concealed === null && !isAuthor(claim, idea);
}

export function isTakenBack({ concealed }: Pick<Idea, 'concealed'>): boolean {
	return concealed === 'withdrawn' || concealed === 'erased';
}

/** An outcome that readers may know of, and the orders that would tell it. */
export const ideaSorts = ['newest', 'discussed', 'supported', 'random'] as const;
export type IdeaSort = (typeof ideaSorts)[number];

/** The order asked for; while results are blind, the most supported would tell them. */
export function sortToShow(asked: unknown, resultsVisible: boolean): IdeaSort {
	const sort = ideaSorts.find((one) => one === asked) ?? 'newest';
	return sort === 'supported' && !resultsVisible ? 'newest' : sort;
}
