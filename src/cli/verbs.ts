/** A verb of the command line. Figures go to stdout with one JSON object as the last line, progress to stderr. */
export interface Verb {
	/** What stands after the verb: `<folder> [--json]`. */
	readonly words: string;
	readonly summary: string;
	/** More lines for --help. */
	readonly help?: string;
	/** Returns the exit status: 0 done, 1 not done, 2 asked wrongly. */
	run(words: readonly string[]): Promise<number>;
}

/** Every verb, in the order of the help; each is loaded only when it is asked for. */
export const verbs: Readonly<Record<string, () => Promise<{ verb: Verb }>>> = {
	start: () => import('#cli/start.ts'),
	demo: () => import('#cli/demo.ts'),
	dev: () => import('#cli/dev.ts'),
	test: () => import('#cli/test.ts'),
	check: () => import('#cli/check.ts'),
	bench: () => import('#cli/bench.ts'),
	doctor: () => import('#cli/doctor.ts'),
	migrate: () => import('#cli/migrate.ts'),
	schema: () => import('#cli/schema.ts')
};
