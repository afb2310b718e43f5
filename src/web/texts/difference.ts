/** A stretch of two versions of a text: in both, only in the older, or only in the newer. */
export interface Stretch {
	kind: 'same' | 'removed' | 'added';
	text: string;
}

/**
 * What changed between two versions, word by word (character by character in Chinese). The `same` and `removed` stretches
 * together are the older text, the `same` and `added` ones the newer.
 */
export function difference(older: string, newer: string): Stretch[] {
	const before = words(older);
	const after = words(newer);
	let start = 0;
	while (start < before.length && before[start] === after[start]) start++;
	let end = 0;
	while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
	return joined([
		...before.slice(0, start).map((text): Stretch => ({ kind: 'same', text })),
		...changes(before.slice(start, before.length - end), after.slice(start, after.length - end)),
		...before.slice(before.length - end).map((text): Stretch => ({ kind: 'same', text }))
	]);
}

function words(text: string): string[] {
	return text.match(/\s+|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}'’])+|[^]/gu) ?? [];
}

// beyond a million comparisons nobody reads a difference word by word: the whole middle counts as rewritten
const mostComparisons = 1_000_000;

/** By the longest common subsequence: its lengths from each pair of places to the ends, then one walk along them. */
function changes(before: readonly string[], after: readonly string[]): Stretch[] {
	const removed = (text: string): Stretch => ({ kind: 'removed', text });
	const added = (text: string): Stretch => ({ kind: 'added', text });
	if (before.length * after.length > mostComparisons) return [removed(before.join('')), added(after.join(''))];
	const width = after.length + 1;
	const common = new Uint32Array((before.length + 1) * width);
	for (let i = before.length - 1; i >= 0; i--)
		for (let j = after.length - 1; j >= 0; j--)
			common[i * width + j] =
				before[i] === after[j]
					? common[(i + 1) * width + j + 1]! + 1
					: Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);

	const found: Stretch[] = [];
	let [i, j] = [0, 0];
	while (i < before.length && j < after.length) {
		if (before[i] === after[j]) {
			found.push({ kind: 'same', text: before[i++]! });
			j++;
		} else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) found.push(removed(before[i++]!));
		else found.push(added(after[j++]!));
	}
	return [...found, ...before.slice(i).map(removed), ...after.slice(j).map(added)];
}

/** Neighbours of a kind become one, and two changes with only a space between them are one change: so it reads as a person would mark it. */
function joined(stretches: readonly Stretch[]): Stretch[] {
	const result: Stretch[] = [];
	let removed = '';
	let added = '';
	const close = () => {
		if (removed) result.push({ kind: 'removed', text: removed });
		if (added) result.push({ kind: 'added', text: added });
		removed = added = '';
	};
	stretches.forEach((stretch, place) => {
		const next = stretches[place + 1];
		if (stretch.kind === 'removed') removed += stretch.text;
		else if (stretch.kind === 'added') added += stretch.text;
		else if ((removed || added) && next && next.kind !== 'same' && /^\s+$/.test(stretch.text)) {
			removed += stretch.text;
			added += stretch.text;
		} else {
			close();
			const last = result.at(-1);
			if (last?.kind === 'same') last.text += stretch.text;
			else result.push({ ...stretch });
		}
	});
	close();
	return result;
}
