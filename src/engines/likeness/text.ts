/** A word of a text: as it stands, folded (no case, no accents), and its stem. */
export interface Word {
	readonly form: string;
	readonly stem: string;
}

/** What is compared: an idea as somebody worded it, or a translation of it. An idea may have several. */
export interface Text {
	/** number of the idea, > 0 */
	readonly idea: number;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly text: string;
	/** in their order, with repetitions; Chinese is cut into words by the caller */
	readonly words: readonly Word[];
	readonly isTranslation: boolean;
}

/** What a proposal rests on. */
export type Evidence = 'words' | 'translation' | 'opinions';

/** Scripts that are written without spaces: their words are pieces that a program cut. */
export function isWithoutSpaces(word: string): boolean {
	return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u.test(word);
}
