import { uuidv4 } from '#database/ids.ts';
import { ChairsOutbox, parcel, type Outcome } from '#web/floor/chairs-outbox.ts';
import { after, type Deed, type DeskView } from '#web/floor/desk-view.ts';

/** ms between tries while nothing gets through */
const againAfter = 4000;

/**
 * The desk of a chair in a browser: what is done is kept and shown at once, sent when there is a network, and settled by the server's word.
 * What is shown is the last view of the server with everything on it that is not settled.
 */
export class ChairsDesk {
	/** whether the last try did not get through */
	isOffline = $state(false);
	/** whether the server was reached and knows nobody here any more: a sign-in ended */
	isSignedOut = $state(false);
	/** the browser keeps nothing: acts are sent as forms */
	keepsNothing = $state(false);
	refused = $state<readonly { readonly deed: Deed; readonly sentence: string }[]>([]);
	pendingCount = $state(0);
	/** null until the script has taken over */
	hasBegun = $state(false);
	readonly #address: string;
	readonly #eventId: string;
	#outbox: ChairsOutbox | null = null;
	#fetched = $state<DeskView | null>(null);
	/** ms of the server's clock less ours */
	#ahead = $state(0);
	#tick = $state(0);
	#isSending = false;
	#wantsMore = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(eventId: string, address: string) {
		this.#eventId = eventId;
		this.#address = address;
	}

	/** @returns ends it */
	begin(): () => void {
		this.#outbox = new ChairsOutbox(localStorage, this.#eventId);
		this.hasBegun = true;
		const ticking = setInterval(() => (this.#tick = Date.now()), 500);
		this.#tick = Date.now();
		const online = () => this.hurry();
		addEventListener('online', online);
		this.hurry();
		return () => {
			clearInterval(ticking);
			clearTimeout(this.#timer);
			removeEventListener('online', online);
		};
	}

	/** @param loaded what came with the page */
	shown(loaded: DeskView): DeskView {
		const base = this.#newest(loaded);
		// read again when something was done or settled
		void this.pendingCount;
		const pending = this.#outbox?.pending ?? [];
		return pending.reduce((view, { deed, at }) => after(view, deed, at + this.#ahead), base);
	}

	/** ms by the server's clock */
	now(loaded: DeskView): number {
		return this.#tick === 0 ? loaded.now : Math.max(this.#tick + this.#ahead, this.#newest(loaded).now);
	}

	/** Does something now: on this device at once, at the server as soon as it can be reached. */
	do(deed: Deed, chair: number): boolean {
		try {
			this.#outbox!.add({ actId: uuidv4(), deed, at: Date.now(), chair });
		} catch {
			this.keepsNothing = true;
			return false;
		}
		this.pendingCount = this.#outbox!.pending.length;
		this.hurry();
		return true;
	}

	putAway(): void {
		this.refused = [];
	}

	/** Sends and asks now. */
	hurry(): void {
		clearTimeout(this.#timer);
		this.#wantsMore = true;
		if (!this.#isSending) void this.#goOn();
	}

	async refresh(): Promise<void> {
		this.#take(await answerOf(await fetch(this.#address)));
	}

	async #goOn(): Promise<void> {
		this.#isSending = true;
		while (this.#wantsMore) {
			this.#wantsMore = false;
			try {
				await this.#send();
				[this.isOffline, this.isSignedOut] = [false, false];
			} catch (error) {
				// the network, the server, a proxy: whatever it is, it is tried again, and nothing is given up
				this.isOffline = true;
				this.isSignedOut = error instanceof Error && error.message === signedOut;
			}
		}
		this.#isSending = false;
		if (this.isOffline) this.#timer = setTimeout(() => this.hurry(), againAfter);
	}

	async #send(): Promise<void> {
		const pending = this.#outbox?.pending ?? [];
		this.pendingCount = pending.length;
		if (pending.length === 0) return this.refresh();
		const answer = await fetch(this.#address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(parcel(pending, Date.now()))
		});
		const { outcomes, view } = (await answerOf(answer)) as { outcomes: Outcome[]; view: DeskView };
		this.#take(view);
		const refused = this.#outbox!.settle(outcomes);
		if (refused.length > 0) this.refused = [...this.refused, ...refused];
		this.pendingCount = this.#outbox!.pending.length;
		if (this.pendingCount > 0) this.#wantsMore = true;
	}

	#take(view: unknown): void {
		this.#fetched = view as DeskView;
		this.#ahead = this.#fetched.now - Date.now();
	}

	#newest(loaded: DeskView): DeskView {
		return this.#fetched && this.#fetched.now >= loaded.now ? this.#fetched : loaded;
	}
}

const signedOut = 'signed out';

async function answerOf(answer: Response): Promise<unknown> {
	// a page to sign in, where it would have asked for one
	if (answer.status === 403 || answer.redirected) throw new Error(signedOut);
	if (!answer.ok) throw new Error(`answered ${answer.status}`);
	return answer.json();
}
