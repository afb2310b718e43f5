import type { Rounds, SeatingInput } from '#engines/seating/input.ts';
import type { Method } from '#engines/seating/seating.ts';
import { inThread, type Told } from '#jobs/threads.server.ts';

/** What the thread is given. */
export interface SeatingWork {
	readonly question: SeatingInput;
	/** what the cards say, and how many rounds are held; null: nobody has a card */
	readonly again: { readonly cards: Rounds; readonly held: number } | null;
	/** how long to search at most; it ends before that where nothing better can be */
	readonly seconds: number;
	readonly seed: number;
	/** one Int32; other than 0: the best so far is the answer */
	readonly enough: SharedArrayBuffer;
}

export type Answered = { readonly rounds: Rounds; readonly method: Method } | { readonly unfit: string };
export type FromThread = Told<Answered>;

/** Three thousand people in a hundred rounds need less than this. */
const megabytes = 1024;

/**
 * Seats people in a thread of its own. Whoever asks to stop gets the best that was found until then: the search ends, and only afterwards is thrown what
 * `progress` threw.
 * @param keep is given the answer
 */
export async function seatInThread(
	work: Omit<SeatingWork, 'enough'>,
	keep: (answered: Answered) => Promise<void>,
	{ progress, ending }: { progress: (share: number) => Promise<void>; ending?: AbortSignal | undefined }
): Promise<void> {
	const enough = new SharedArrayBuffer(4);
	let stopped: { readonly by: unknown } | undefined;
	const watched = async (share: number) => {
		if (stopped) return;
		try {
			await progress(share);
		} catch (error) {
			stopped = { by: error };
			Atomics.store(new Int32Array(enough), 0, 1);
		}
	};
	const file = new URL('./seating-thread.server.ts', import.meta.url);
	await keep(await inThread<Answered>(file, { ...work, enough } satisfies SeatingWork, { megabytes, progress: watched, ending }));
	if (stopped) throw stopped.by;
}
