import { inOrder, isSeen, questionOrders, takesSupport, type QuestionOrder } from '#townhalls/questions/floor-question.ts';
import type { FloorQuestion } from '#townhalls/questions/floor-questions.server.ts';

/** A question as everybody reads it. */
export interface QuestionShown extends Pick<
	FloorQuestion,
	'questionId' | 'number' | 'text' | 'language' | 'state' | 'words' | 'name' | 'support' | 'contributionId' | 'ideas'
> {
	readonly takesSupport: boolean;
	readonly isSupported: boolean;
	readonly isOwn: boolean;
	/** the number of the question with which it is shown */
	readonly shownWith: number | null;
}

export function orderAsked(params: URLSearchParams): QuestionOrder {
	return questionOrders.find((order) => order === params.get('order')) ?? 'mixed';
}

/** What somebody supports and asked. */
export interface OwnQuestions {
	readonly supported: ReadonlySet<string>;
	readonly asked: ReadonlySet<string>;
}

export const noneOwn: OwnQuestions = { supported: new Set(), asked: new Set() };

/**
 * Questions that everybody may read, in the order asked for, and those of who asks, whatever became of them.
 * @param all of the event
 * @param sent a question whose id was made on the page of who asks: they may see it where nothing is kept of who asked
 */
export function questionsShown(
	all: readonly FloorQuestion[],
	{ order, mine = noneOwn, sent = null }: { order: QuestionOrder; mine?: OwnQuestions | undefined; sent?: string | null }
): { seen: QuestionShown[]; own: QuestionShown[] } {
	const numbers = new Map(all.map(({ questionId, number }) => [questionId, number]));
	const together = (root: string) => all.filter(({ questionId, into }) => questionId === root || into === root);
	const shown = ({ stateVersion: _, wasSeen: __, into, ...question }: FloorQuestion): QuestionShown => ({
		...question,
		takesSupport: takesSupport(question.state),
		isSupported: together(question.questionId).some(({ questionId }) => mine.supported.has(questionId)),
		isOwn: mine.asked.has(question.questionId),
		shownWith: into === null ? null : (numbers.get(into) ?? null)
	});
	return {
		seen: inOrder(
			all.filter(({ state, into, text }) => isSeen(state) && into === null && text !== ''),
			order
		).map(shown),
		own: all
			.filter(({ questionId, state, wasSeen }) => {
				if (mine.asked.has(questionId)) return true;
				// everybody knows the id of what was seen once
				return questionId === sent && (isSeen(state) || !wasSeen);
			})
			.map(shown)
	};
}
