import { plain } from '#languages/plain.ts';

/**
 * Of the words that would have been understood the one that was meant: it differs in at most a third of its letters (added, left out, changed, or two
 * of them in turn), or it begins with what was written. Null where none is near.
 */
export function nearest(written: string, words: readonly string[]): string | null {
	const text = plain(written);
	if (text.length < 2) return null;
	let best: { word: string; distance: number } | undefined;
	for (const word of words) {
		const known = plain(word);
		const most = Math.floor(Math.max(known.length, text.length) / 3);
		const isBegun = text.length >= 4 && known.startsWith(text);
		if (!isBegun && Math.abs(known.length - text.length) > most) continue;
		const distance = isBegun ? 1 : distanceOf(text, known);
		if ((isBegun || distance <= most) && distance < (best?.distance ?? Infinity)) best = { word, distance };
	}
	return best?.word ?? null;
}

/** Damerau and Levenshtein's, of neighbours only: three rows of the table at a time. */
function distanceOf(one: string, other: string): number {
	let before: number[] = [];
	let above = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (let row = 1; row <= one.length; row++) {
		const here = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[row - 1] === other[column - 1];
			let least = Math.min(here[column - 1]! + 1, above[column]! + 1, above[column - 1]! + (isSame ? 0 : 1));
			if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
				least = Math.min(least, before[column - 2]! + 1);
			here.push(least);
		}
		[before, above] = [above, here];
	}
	return above[other.length]!;
}
