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
