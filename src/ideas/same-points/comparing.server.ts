import type { Database } from '#database/connection.server.ts';
import type { Proposal } from '#engines/likeness/same-points.ts';
import type { ComparableIdea } from '#ideas/comparable.server.ts';
import { inThread, type Told } from '#jobs/threads.server.ts';

/** What the thread is given, and what it tells. */
export interface ComparingWork {
	readonly ideas: readonly ComparableIdea[];
	/** where the opinions on them are read; null: they are not looked at */
	readonly opinions: { readonly address: string; readonly topicId: string } | null;
}
export type FromThread = Told<readonly Proposal[]>;

/** A hundred thousand ideas take minutes and half of this. */
const megabytes = 2048;

/**
 * Compares the ideas of a topic in a thread of its own.
 * @param withOpinions whether the pattern of opinions may hint, too
 * @param progress told now and then, 0 to 1
 */
export async function compareInThread(
	{ pool }: Database,
	{ topicId, ideas, withOpinions }: { topicId: string; ideas: readonly ComparableIdea[]; withOpinions: boolean },
	progress: (share: number) => void,
	ending?: AbortSignal
): Promise<readonly Proposal[]> {
	const address = pool.options.connectionString;
	if (address === undefined) throw new Error('a database without an address cannot be read by a thread');
	const work: ComparingWork = { ideas, opinions: withOpinions ? { address, topicId } : null };
	return inThread(new URL('./comparing-thread.server.ts', import.meta.url), work, { megabytes, progress, ending });
}
