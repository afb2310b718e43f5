/** What stands in the database of an idea and its theme; `theme` null: a person took it out of all. */
export interface Placed {
	readonly idea: number;
	readonly theme: number | null;
	readonly isConfirmed: boolean;
}

export interface KnownTheme {
	readonly number: number;
	readonly isConfirmed: boolean;
}

/** A theme that the machine found: `into` the known one that it is, or null for a new one; `ideas` are those that nobody has placed. */
export interface Matched {
	readonly into: number | null;
	readonly name: string;
	readonly language: string;
	readonly ideas: readonly number[];
}

export const longestName = 80;

/** A name of machine-made words: a mark between them that every script knows. */
export function nameOf(label: readonly string[]): string {
	return [...label.join(' · ')].slice(0, longestName).join('');
}

/**
 * Brings what the machine found together with what stands. A found theme is the known one in which most of its ideas were; of themes that nobody confirmed each is
 * found once, of a confirmed one any number of times, since it may have been joined of several. What people placed is left where it is.
 * @param found in their order; the result follows from it and from what stands alone
 */
export function matchThemes(
	found: readonly { readonly language: string; readonly label: readonly string[]; readonly ideas: readonly number[] }[],
	themes: readonly KnownTheme[],
	placed: readonly Placed[]
): Matched[] {
	const before = new Map(placed.map((one) => [one.idea, one]));
	const known = new Map(themes.map((theme) => [theme.number, theme]));
	const taken = new Set<number>();
	// what has no word at all has no name either
	const named = found.filter(({ label }) => label.length > 0);
	return named.map(({ language, label, ideas }) => {
		const mostly = mostOf(ideas.flatMap((idea) => before.get(idea)?.theme ?? []));
		const into = mostly !== null && !taken.has(mostly) ? mostly : null;
		if (into !== null && !known.get(into)!.isConfirmed) taken.add(into);
		return { into, language, name: nameOf(label), ideas: ideas.filter((idea) => !before.get(idea)?.isConfirmed) };
	});
}

/** The number that stands there in at least half of all places, the lowest of two; null where none does. */
function mostOf(numbers: readonly number[]): number | null {
	const counts = new Map<number, number>();
	for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
	const [first] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
	return first && first[1] * 2 >= numbers.length ? first[0] : null;
}
