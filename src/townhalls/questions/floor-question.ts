/** What becomes of a question from the floor; each state is a row, the latest holds. */
export const questionStates = ['new', 'approved', 'asked', 'answered', 'taken-up', 'on-record', 'refused'] as const;
export type QuestionState = (typeof questionStates)[number];

export const floorQuestionLimits = { text: 500, least: 3, name: 120, reason: 500 } as const;

/** Everybody sees it, and may support it; one that is not seen has a reason. */
export function isSeen(state: QuestionState): boolean {
	return state !== 'new' && state !== 'refused';
}

/** It still waits to be put: what else was said to it needs no more support. */
export function takesSupport(state: QuestionState): boolean {
	return state === 'approved' || state === 'asked';
}

/** Whatever was decided may be decided anew, but nobody is made to look at it again as new. */
export function mayBecome(before: QuestionState, after: QuestionState): boolean {
	return after !== 'new' && after !== before;
}

/** How many questions were asked, put to the podium, answered there, and went to the record unread. */
export interface QuestionsFared {
	readonly asked: number;
	readonly forwarded: number;
	readonly answered: number;
	readonly onRecord: number;
}

/** Each question counts that somebody asked; one that was shown with another fared as that one did. */
export function howQuestionsFared(
	questions: readonly { readonly questionId: string; readonly state: QuestionState; readonly into: string | null }[]
): QuestionsFared {
	const stateOf = new Map(questions.map(({ questionId, state }) => [questionId, state]));
	const states = questions.map(({ state, into }) => (into === null ? state : (stateOf.get(into) ?? state)));
	const count = (...wanted: readonly QuestionState[]) => states.filter((state) => wanted.includes(state)).length;
	return {
		asked: questions.length,
		forwarded: count('asked', 'answered', 'taken-up'),
		answered: count('answered', 'taken-up'),
		onRecord: count('on-record')
	};
}

/** A pair that was said to be the same: `merged` is shown and counted with `into`. */
export interface Merge {
	readonly merged: string;
	readonly into: string;
}

/** For each question that was merged the one with which it is shown, however long the way there. */
export function shownWith(merges: readonly Merge[]): Map<string, string> {
	const next = new Map(merges.map(({ merged, into }) => [merged, into]));
	return new Map(
		[...next.keys()].map((id) => {
			let at = id;
			// a circle is refused when it is made; were there one, it ends here
			for (let steps = 0; next.has(at) && steps <= next.size; steps++) at = next.get(at)!;
			return [id, at];
		})
	);
}

/** Whether the pair would lead in a circle, or merge what is merged already. */
export function isMergeable(merges: readonly Merge[], { merged, into }: Merge): boolean {
	const shown = shownWith(merges);
	return !shown.has(merged) && (shown.get(into) ?? into) !== merged;
}

/** How many support each question: whoever supports several that were merged counts once. */
export function supporters(
	merges: readonly Merge[],
	supports: readonly { readonly question: string; readonly who: number }[]
): Map<string, number> {
	const shown = shownWith(merges);
	const people = new Map<string, Set<number>>();
	for (const { question, who } of supports) {
		const root = shown.get(question) ?? question;
		people.set(root, (people.get(root) ?? new Set()).add(who));
	}
	return new Map([...people].map(([question, { size }]) => [question, size]));
}

export const questionOrders = ['support', 'newest', 'mixed'] as const;
export type QuestionOrder = (typeof questionOrders)[number];

interface Ordered {
	/** in the order in which they were asked */
	readonly number: number;
	readonly support: number;
}

/**
 * By support, by time, or mixed: two of the most supported, then the newest that has not been shown yet, and so on. What was asked early gathers support
 * because it stands above; so the newest always has the third place, whatever the support of the others.
 */
export function inOrder<Question extends Ordered>(questions: readonly Question[], order: QuestionOrder): Question[] {
	const newest = [...questions].sort((one, other) => other.number - one.number);
	if (order === 'newest') return newest;
	const supported = [...questions].sort((one, other) => other.support - one.support || one.number - other.number);
	if (order === 'support') return supported;
	const shown = new Set<Question>();
	const first = (from: readonly Question[]) => from.find((question) => !shown.has(question));
	for (let turn = 0; shown.size < questions.length; turn++) shown.add(first(turn % 3 === 2 ? newest : supported)!);
	return [...shown];
}
