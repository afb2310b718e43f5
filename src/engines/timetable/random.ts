/** Numbers from a seed: the same seed, the same numbers, on every machine. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed | 0;
	}

	/** 0 up to, not with, 1: a Weyl sequence through a strong mixing function (after Steele, Lea and Flood 2014). */
	share(): number {
		this.#state = (this.#state + 0x9e3779b9) | 0;
		let bits = Math.imul(this.#state ^ (this.#state >>> 16), 0x85ebca6b);
		bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
		return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
	}

	/** 0 up to, not with, the bound */
	below(bound: number): number {
		return Math.floor(this.share() * bound);
	}

	/** Puts the entries into a random order, in place. */
	shuffle<Entry>(entries: Entry[]): Entry[] {
		for (let at = entries.length - 1; at > 0; at--) {
			const other = this.below(at + 1);
			[entries[at], entries[other]] = [entries[other]!, entries[at]!];
		}
		return entries;
	}
}
