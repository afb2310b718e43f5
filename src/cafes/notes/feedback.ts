import { fewest, withSmallWithheld } from '#topics/participation/small-numbers.ts';

/** How it went, in three steps of the five marks. */
export const steps = ['well', 'neither', 'badly'] as const;
export type Step = (typeof steps)[number];

export interface FeedbackInBrief {
	/** who said how it went; null: one to four */
	readonly given: number | null;
	/** of 1 to 5, to a tenth; null: fewer than five */
	readonly average: number | null;
	/** null beside a step: one to four, or the one that would tell them */
	readonly steps: readonly { readonly step: Step; readonly people: number | null }[];
	/** apart from the marks: beside a mark they would tell whose it is */
	readonly words: readonly { readonly words: string; readonly language: string }[];
}

/** What may be told of marks: nothing of fewer than five hosts, and of no step that fewer than five chose. */
export function feedbackInBrief(
	given: readonly { readonly went: number; readonly words: string; readonly language: string }[]
): FeedbackInBrief {
	const isTold = given.length >= fewest;
	const stepOf = (went: number): Step => (went > 3 ? 'well' : went < 3 ? 'badly' : 'neither');
	const counted = steps.map((key) => ({ key, people: given.filter(({ went }) => stepOf(went) === key).length }));
	return {
		given: given.length === 0 || isTold ? given.length : null,
		average: isTold ? Math.round((given.reduce((sum, { went }) => sum + went, 0) / given.length) * 10) / 10 : null,
		steps: isTold ? withSmallWithheld(counted).map(({ key, people }) => ({ step: key as Step, people })) : [],
		words: given.filter(({ words }) => words !== '').map(({ words, language }) => ({ words, language }))
	};
}
