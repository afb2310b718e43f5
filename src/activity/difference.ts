/** Something that is counted with each act, and is not what its rows say. */
export interface Difference {
	readonly topicId: string;
	/** the table that keeps it, and what it counts there: 'topic_counts ideas' */
	readonly what: string;
	/** of what: the number of an idea, the id of a question; '' for the whole topic */
	readonly thing: string;
	readonly kept: number;
	readonly counted: number;
	/** a job keeps it a few seconds behind, so that one look alone proves nothing */
	readonly mayLag: boolean;
}

/** Those of the later look that stood in the earlier one too, wherever a job may only not have come yet. */
export function lasting(earlier: readonly Difference[], later: readonly Difference[]): Difference[] {
	const seen = new Set(earlier.map(nameOf));
	return later.filter((difference) => !difference.mayLag || seen.has(nameOf(difference)));
}

function nameOf({ topicId, what, thing, kept, counted }: Difference): string {
	return [topicId, what, thing, kept, counted].join(' ');
}
