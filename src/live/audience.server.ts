import { Bulletin, type Part } from '#live/bulletin.server.ts';
import type { Listener } from '#live/listener.server.ts';

/** What was read for an audience; null: what it is about is there no more. */
export type Reading = {
	readonly parts: readonly Part[];
	/** ms after which it may say something else by the clock alone */
	readonly holdsFor: number;
} | null;

/** ms from one reading to the next at the least: four a second, with a little to spare for timers that fire early */
const soonest = 255;
/** and a reading takes at most so much of the time */
const shareOfTime = 1 / 20;
/** what moved without a word to this process (a job, another machine, the desk) is found within so long (ms) */
const latest = 2000;
/** after an error, doubled each time (ms) */
const longestPause = 30_000;

/**
 * All who listen to the same. What moves is read at most four times a second however often it moves, one reading after the other, and told
 * to all. Each reading is whole: nothing depends on every word of "it has moved" arriving.
 */
export class Audience {
	readonly #read: () => Promise<Reading>;
	readonly #ended: () => void;
	readonly #listeners = new Set<Listener>();
	/** who has been told nothing yet */
	readonly #newcomers = new Set<Listener>();
	#bulletin: Bulletin | null = null;
	#lastBegan = -Infinity;
	#pause = soonest;
	#holdsFor = latest;
	#failures = 0;
	#isReading = false;
	#hasMoved = false;
	#hasEnded = false;
	#timer: NodeJS.Timeout | undefined;

	/** @param ended is called when what it is about is there no more, and all were let go */
	constructor(read: () => Promise<Reading>, ended: () => void) {
		this.#read = read;
		this.#ended = ended;
	}

	get size(): number {
		return this.#listeners.size;
	}

	add(listener: Listener): void {
		this.#listeners.add(listener);
		// an older reading may be from before a stage that hides the results, or before what another process told them
		if (this.#bulletin && performance.now() - this.#lastBegan < soonest && !this.#hasMoved) return listener.tell(this.#bulletin);
		this.#newcomers.add(listener);
		this.moved();
	}

	remove(listener: Listener): void {
		this.#listeners.delete(listener);
		this.#newcomers.delete(listener);
		if (this.size === 0) clearTimeout(this.#timer);
	}

	moved(): void {
		if (this.#hasMoved) return;
		this.#hasMoved = true;
		if (!this.#isReading) this.#schedule();
	}

	end(): void {
		this.#hasEnded = true;
		clearTimeout(this.#timer);
		for (const listener of this.#listeners) listener.end();
	}

	#schedule(): void {
		clearTimeout(this.#timer);
		if (this.size === 0 || this.#hasEnded) return;
		const wait = this.#hasMoved && this.#failures === 0 ? this.#pause : Math.max(this.#pause, this.#holdsFor);
		this.#timer = setTimeout(() => void this.#readAndTell(), Math.max(0, this.#lastBegan + wait - performance.now())).unref();
	}

	async #readAndTell(): Promise<void> {
		this.#isReading = true;
		this.#hasMoved = false;
		this.#lastBegan = performance.now();
		try {
			const reading = await this.#read();
			if (this.#hasEnded) return;
			if (reading === null) {
				this.end();
				return this.#ended();
			}
			this.#pause = Math.max(soonest, (performance.now() - this.#lastBegan) / shareOfTime);
			this.#holdsFor = Math.min(latest, Math.max(0, reading.holdsFor));
			this.#failures = 0;
			this.#tell(new Bulletin(reading.parts));
		} catch (error) {
			// who listens keeps what they have; the first of a row of failures is told to the log
			if (this.#failures++ === 0 && !this.#hasEnded) console.error(failure(error));
			this.#holdsFor = Math.min(longestPause, latest * 2 ** this.#failures);
		} finally {
			this.#isReading = false;
			this.#schedule();
		}
	}

	#tell(bulletin: Bulletin): void {
		const isSame = this.#bulletin?.bytesFor(bulletin.digests) === null;
		if (!isSame) this.#bulletin = bulletin;
		for (const listener of isSame ? this.#newcomers : this.#listeners) listener.tell(this.#bulletin!);
		this.#newcomers.clear();
	}
}

function failure(error: unknown): string {
	return JSON.stringify({ at: new Date().toISOString(), live: error instanceof Error ? error.stack : String(error) });
}
