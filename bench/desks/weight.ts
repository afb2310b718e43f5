/** In MiB: what the process takes of the machine, and what of it is in use; after so much of the work. */
export interface WeightAt {
	readonly done: number;
	readonly resident: number;
	readonly alive: number;
}

/** Of this process, after what nobody needs has been thrown away (`--expose-gc`). */
export function weightAt(done: number): WeightAt {
	// the second time takes what the first let go of
	globalThis.gc?.();
	globalThis.gc?.();
	const { rss, heapUsed, external } = process.memoryUsage();
	return { done, resident: rss / 2 ** 20, alive: (heapUsed + external) / 2 ** 20 };
}
