/*
 * Whether two different words may be the same one: another ending that the stemmer left, or a slip of the fingers.
 */

/** How alike two words are as they are spelt, 0 to 1; 0 below 0.6. */
export function spelledAlike(one: string, other: string): number {
	const longer = Math.max(one.length, other.length);
	if (Math.min(one.length, other.length) < 3 || Math.abs(one.length - other.length) > 0.4 * longer) return 0;
	const shared = prefixShared(one, other);
	// another ending
	if (shared >= 5 && shared >= 0.65 * longer) return shared / longer;
	const most = Math.floor(0.4 * longer);
	const distance = editDistance(one, other, most);
	return distance > most ? 0 : 1 - distance / longer;
}

/** Whether one is the other with a slip: few letters wrong for its length, and not the other with something before it ("unfair", "несправедливый"). */
export function isSlip(one: string, other: string): boolean {
	const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
	if (shorter.length < 4 || longer.endsWith(shorter) || /\p{Nd}/u.test(one + other)) return false;
	const most = longer.length >= 8 ? 2 : 1;
	return editDistance(one, other, most) <= most;
}

/** Whether one is the plural of the other, as Latin letters write most of them: stemmers miss some ("gobiernos"). */
export function isPlural(one: string, other: string): boolean {
	const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
	return shorter.length >= 4 && longer.startsWith(shorter) && /^(s|es|x)$/.test(longer.slice(shorter.length));
}

function prefixShared(one: string, other: string): number {
	let at = 0;
	while (at < one.length && at < other.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
	return at;
}

/**
 * Letters left out, added, replaced, or exchanged with their neighbour (Damerau 1964; optimal string alignment).
 * @param most above which it does not matter how many
 */
export function editDistance(one: string, other: string, most: number): number {
	if (Math.abs(one.length - other.length) > most) return most + 1;
	let [before, last] = [new Uint16Array(other.length + 1), Uint16Array.from({ length: other.length + 1 }, (_, at) => at)];
	for (let i = 1; i <= one.length; i++) {
		const row = new Uint16Array(other.length + 1);
		row[0] = i;
		let least = i;
		for (let j = 1; j <= other.length; j++) {
			const differs = one.charCodeAt(i - 1) === other.charCodeAt(j - 1) ? 0 : 1;
			let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + differs);
			const exchanged =
				i > 1 && j > 1 && one.charCodeAt(i - 1) === other.charCodeAt(j - 2) && one.charCodeAt(i - 2) === other.charCodeAt(j - 1);
			if (exchanged) cost = Math.min(cost, before[j - 2]! + 1);
			row[j] = cost;
			least = Math.min(least, cost);
		}
		if (least > most) return most + 1;
		[before, last] = [last, row];
	}
	return last[other.length]!;
}
