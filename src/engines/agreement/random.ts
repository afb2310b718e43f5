/** Numbers from a seed: the same seed, the same numbers, on every machine. */
export interface Random {
	/** 0 up to, not with, 1 */
	share(): number;
	/** 0 up to, not with, the bound (at most 2^32) */
	below(bound: number): number;
}

/**
 * A Weyl sequence through a strong mixing function of 32 bits (after Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
 * generators").
 */
export function randomFrom(seed: number): Random {
	let state = seed | 0;
	const next = () => mixed((state = (state + step) | 0));
	return { share: () => next() / 2 ** 32, below: (bound) => Math.floor((next() / 2 ** 32) * bound) };
}

const step = 0x9e3779b9;

function mixed(state: number): number {
	let bits = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
	bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
	return (bits ^ (bits >>> 16)) >>> 0;
}

/** Puts the entries into a random order, in place. */
export function shuffle(entries: Uint8Array, random: Random): void {
	let state = random.below(2 ** 32) | 0;
	for (let at = entries.length - 1; at > 0; at--) {
		state = (state + step) | 0;
		const other = Math.floor((mixed(state) / 2 ** 32) * (at + 1));
		const kept = entries[at]!;
		entries[at] = entries[other]!;
		entries[other] = kept;
	}
}
