export const sides = ['for', 'against', 'neutral'] as const;
export type Side = (typeof sides)[number];

/** A thread is the comment and three levels of replies: deeper ones cannot be read on a phone. */
export const deepest = 3;

/** Where a comment stands in its thread. The path (numbers from the root to the leaf) sorts a thread as it is read. */
export interface Place {
	readonly parentId: string | null;
	readonly depth: number;
	readonly path: readonly number[];
}

/** A reply to the deepest level stands beside what it answers. */
export function placeOf(number: number, answered: (Place & { readonly id: string }) | null): Place {
	if (!answered) return { parentId: null, depth: 0, path: [number] };
	if (answered.depth < deepest) return { parentId: answered.id, depth: answered.depth + 1, path: [...answered.path, number] };
	return { parentId: answered.parentId, depth: answered.depth, path: [...answered.path.slice(0, -1), number] };
}
