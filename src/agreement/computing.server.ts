import type { Computed } from '#agreement/computing.ts';
import type { Database } from '#database/connection.server.ts';
import { inThread, type Told } from '#jobs/threads.server.ts';

/** What the thread is given, and what it tells. */
export interface ComputingWork {
	readonly address: string;
	readonly clockShift: number;
	readonly topicId: string;
}
export type FromThread = Told<ComputedAsOf>;
export interface ComputedAsOf {
	readonly computed: Computed;
	/** the opinions given until then were counted */
	readonly asOf: Date;
	/** ms */
	readonly took: number;
}

export interface ComputingWishes {
	/** told how much is done, 0 to 1; throws where somebody asked to stop */
	readonly progress?: (share: number) => Promise<void>;
	readonly ending?: AbortSignal;
}

/**
 * Reads and computes a whole topic in a thread of its own with a connection of its own: minutes of a processor.
 * @throws what `progress` throws, with the thread ended
 */
export async function computeInThread(
	database: Database,
	topicId: string,
	{ progress, ending }: ComputingWishes = {}
): Promise<ComputedAsOf> {
	const address = database.pool.options.connectionString;
	if (address === undefined) throw new Error('a database without an address cannot be read by a thread');
	const work: ComputingWork = { address, clockShift: database.clockShift, topicId };
	return inThread(new URL('./computing-thread.server.ts', import.meta.url), work, { megabytes: 1024, progress, ending });
}
