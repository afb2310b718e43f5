import { opinionWords, type Opinion } from '#ideas/opinions/opinion.ts';

/** What is printed on the buttons, and the same keys by their place. */
export const opinionKeys = { agree: 'a', disagree: 'd', pass: 'p' } as const;
const places = { agree: 'KeyA', disagree: 'KeyD', pass: 'KeyP' } as const;

/**
 * The letter counts where the keyboard writes Latin letters, wherever it stands; where it writes others (Arabic, Russian, Greek …) no key gives
 * an "a", and the key counts on which it is printed.
 */
export function opinionOfKey({ key, code }: { readonly key: string; readonly code: string }): Opinion | undefined {
	const isOtherScript = key.length === 1 && key > '\u024f';
	return opinionWords.find((word) => (isOtherScript ? places[word] === code : opinionKeys[word] === key.toLowerCase()));
}
