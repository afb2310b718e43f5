/** Numbers that look random and are the same on every machine: the example world must not change from one loading to the next. */
export interface Seeded {
	/** 0 ≤ x < 1 */
	next(): number;
	/** A whole number, 0 ≤ x < below. */
	below(below: number): number;
	/** Normally distributed, mean 0, deviation 1. */
	normal(): number;
	pick<T>(from: readonly T[]): T;
}

/** Mulberry32 (Tommy Ettinger, public domain): one 32-bit state, good enough for examples, never for secrets. */
export function seeded(seed: number): Seeded {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	return {
		next,
		below: (below) => Math.floor(next() * below),
		// Box and Muller; 1 - x keeps the logarithm away from zero
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
		pick: (from) => from[Math.floor(next() * from.length)]!
	};
}
