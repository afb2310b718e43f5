// loaded into a process that is to be weighed (`--import`, with `--expose-gc`): asked for by a message, it throws away what nobody needs and
// says what is left
process.on('message', (asked: { readonly done: number }) => {
	// the second time takes what the first let go of
	globalThis.gc?.();
	globalThis.gc?.();
	const { rss, heapUsed, external } = process.memoryUsage();
	const answer: WeightAt = { done: asked.done, resident: rss / 2 ** 20, alive: (heapUsed + external) / 2 ** 20 };
	process.send?.(answer);
});
// whoever is weighed ends when its work does
process.channel?.unref();

/** In MiB: what the process takes of the machine, and what of it is in use; after so much of the work. */
export interface WeightAt {
	readonly done: number;
	readonly resident: number;
	readonly alive: number;
}
