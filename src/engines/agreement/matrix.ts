/** What one may say to an idea is a number: to agree; 0 is to pass and -1 to disagree, so that their sum over people is the balance of an idea. */
export const agree = 1;

/**
 * Opinions, at most one of a person to an idea, kept by person: those of person p lie at `starts[p]` up to (not with) `starts[p + 1]`, ideas
 * ascending. People stand in canonical order (see canonical.ts), so that whoever walks through sums in the same order whatever order the
 * opinions came in.
 */
export interface Matrix {
	readonly people: number;
	readonly ideas: number;
	/** people + 1 places */
	readonly starts: Uint32Array;
	/** of each opinion: its idea, 0 to ideas - 1 */
	readonly idea: Uint32Array;
	/** of each opinion: agree 1, pass 0, disagree -1 */
	readonly value: Int8Array;
}
