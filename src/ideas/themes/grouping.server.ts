import type { Theme } from '#engines/likeness/themes.ts';
import type { ComparableIdea } from '#ideas/comparable.server.ts';
import { inThread, type Told } from '#jobs/threads.server.ts';

export type FromThread = Told<readonly Theme[]>;

/** A hundred thousand ideas take half of this. */
const megabytes = 2048;

/**
 * Finds the themes of ideas in a thread of its own.
 * @param progress told now and then, 0 to 1
 */
export async function groupInThread(
	ideas: readonly ComparableIdea[],
	progress: (share: number) => Promise<void>,
	ending?: AbortSignal
): Promise<readonly Theme[]> {
	return inThread(new URL('./grouping-thread.server.ts', import.meta.url), ideas, { megabytes, progress, ending });
}
