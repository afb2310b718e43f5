import { browser } from '$app/env';
import { pause, type Reason } from './outbox.ts';
import { sendRound, type Box, type Carrier } from './sender.ts';

/** What the page shows of sending; the entries themselves are read from the box. */
export interface Sending {
	/** a round is under way */
	readonly isSending: boolean;
	/** why nothing of this lane is taken now */
	readonly shut: Reason | null;
	/** rounds in a row that brought nothing through */
	readonly failures: number;
}

/**
 * Sends a lane for as long as the page is there: now, when the net comes back, when somebody looks at the page again, and by a clock that slows
 * down while nothing gets through. `navigator.onLine` only says that there is an interface, so it is no reason not to try. One page of the
 * origin sends at a time (Web Locks); what the others wrote is in the same box, and they hear when it changed.
 */
export class Post {
	readonly #box: Box;
	readonly #carriers: readonly Carrier[];
	readonly #lane: string;
	readonly #tell: (sending: Sending) => void;
	readonly #channel: BroadcastChannel | null;
	#sending: Sending = { isSending: false, shut: null, failures: 0 };
	#timer: ReturnType<typeof setTimeout> | undefined;
	#wantsMore = false;
	#isOver = false;

	/** @param tell called whenever something may have changed, here or in another tab */
	constructor(box: Box, carriers: readonly Carrier[], lane: string, tell: (sending: Sending) => void) {
		this.#box = box;
		this.#carriers = carriers;
		this.#lane = lane;
		this.#tell = tell;
		this.#channel = browser && 'BroadcastChannel' in window ? new BroadcastChannel(`outbox ${lane}`) : null;
		this.#channel?.addEventListener('message', () => tell(this.#sending));
		window.addEventListener('online', this.#now);
		document.addEventListener('visibilitychange', this.#looked);
		this.#now();
	}

	/** Something new was written: it is sent at once, whatever pause there is. */
	hurry(): void {
		this.#channel?.postMessage('written');
		this.#now();
	}

	/** The reason for which nothing was taken is gone, as somebody believes. */
	tryAgain(): void {
		this.#say({ shut: null, failures: 0 });
		this.#now();
	}

	stop(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
		window.removeEventListener('online', this.#now);
		document.removeEventListener('visibilitychange', this.#looked);
		this.#channel?.close();
	}

	readonly #now = () => {
		clearTimeout(this.#timer);
		this.#wantsMore = true;
		if (!this.#sending.isSending) void this.#send();
	};

	readonly #looked = () => {
		if (document.visibilityState === 'visible') this.#now();
	};

	async #send(): Promise<void> {
		this.#say({ isSending: true });
		let next: number | null = null;
		try {
			while (this.#wantsMore && !this.#isOver) {
				this.#wantsMore = false;
				next = await this.#round();
			}
		} finally {
			this.#say({ isSending: false });
			this.#channel?.postMessage('sent');
		}
		if (next !== null && !this.#isOver) this.#timer = setTimeout(this.#now, next * 1000);
	}

	async #round(): Promise<number | null> {
		const round = { lane: this.#lane, failures: this.#sending.failures, lot: Math.random() };
		const send = () => sendRound(this.#box, this.#carriers, round);
		try {
			const { next, shut } = await ('locks' in navigator ? navigator.locks.request(`outbox ${this.#lane}`, send) : send());
			this.#say({ shut, failures: next === null ? 0 : round.failures + 1 });
			return next;
		} catch {
			// the box would not be written: what is on the page says so when something is kept; here it is tried again
			this.#say({ failures: round.failures + 1 });
			return pause(round.failures + 1, round.lot);
		}
	}

	#say(changes: Partial<Sending>): void {
		this.#sending = { ...this.#sending, ...changes };
		this.#tell(this.#sending);
	}
}
