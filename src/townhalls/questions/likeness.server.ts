import { probableSamePoints } from '#engines/likeness/same-points.ts';
import { wordsInOrder } from '#languages/searching.server.ts';
import type { FloorQuestion } from '#townhalls/questions/floor-questions.server.ts';

/** Two questions that probably ask the same. */
export interface LikeQuestions {
	readonly one: FloorQuestion;
	readonly other: FloorQuestion;
	readonly isSure: boolean;
}

/** Compared while a page is made: a hall asks some dozens, of a flood the newest count. */
const compared = 300;
const proposed = 10;
/** Any would do, as long as it stays. */
const seed = 1;

/** Pairs of questions that wait or may be put and stand for themselves, the surest first. */
export function likeQuestions(questions: readonly FloorQuestion[]): LikeQuestions[] {
	const open = questions
		.filter(
			({ into, state, text }) => into === null && text !== '' && (state === 'new' || state === 'approved' || state === 'asked')
		)
		.slice(-compared);
	const byNumber = new Map(open.map((question) => [question.number, question]));
	const texts = open.map(({ number, language, text }) => ({
		idea: number,
		language,
		text,
		words: wordsInOrder(text, language),
		isTranslation: false
	}));
	return probableSamePoints(texts, seed)
		.slice(0, proposed)
		.map(({ one, other, isSure }) => ({ one: byNumber.get(one)!, other: byNumber.get(other)!, isSure }));
}
