/**
 * Adjusted Rand index of two groupings of the same people (Hubert and Arabie 1985): 1 where they are the same but for the names of groups, about 0
 * where they have nothing to do with each other. People who are in no group (−1) in either are left out.
 * @returns −1 to 1; 1 where there is nothing to tell apart
 */
export function adjustedRandIndex(one: ArrayLike<number>, other: ArrayLike<number>): number {
	const both = new Map<number, Map<number, number>>();
	const [ones, others] = [new Map<number, number>(), new Map<number, number>()];
	let people = 0;
	for (let person = 0; person < one.length; person++) {
		const [here, there] = [one[person]!, other[person]!];
		if (here < 0 || there < 0) continue;
		people += 1;
		const row = both.get(here) ?? new Map<number, number>();
		both.set(here, row);
		for (const [counts, group] of [
			[ones, here],
			[others, there],
			[row, there]
		] as const)
			counts.set(group, (counts.get(group) ?? 0) + 1);
	}
	const inOne = pairs(ones.values());
	const inOther = pairs(others.values());
	let inBoth = 0;
	for (const row of both.values()) inBoth += pairs(row.values());
	const all = (people * (people - 1)) / 2;
	const expected = all === 0 ? 0 : (inOne * inOther) / all;
	const most = (inOne + inOther) / 2;
	return most === expected ? 1 : (inBoth - expected) / (most - expected);
}

function pairs(counts: Iterable<number>): number {
	let sum = 0;
	for (const count of counts) sum += (count * (count - 1)) / 2;
	return sum;
}
