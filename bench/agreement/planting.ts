/** Numbers between 0 and 1 that follow from a seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function oneOf<T>(chance: () => number, list: readonly T[]): T {
	return list[Math.floor(chance() * list.length)]!;
}

export function shuffled<T>(chance: () => number, list: readonly T[]): T[] {
	const mixed = [...list];
	for (let at = mixed.length - 1; at > 0; at--) {
		const other = Math.floor(chance() * (at + 1));
		[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
	}
	return mixed;
}
