/**
 * Rate limits: token buckets, by network and by visitor. They let 300 people behind one address take part (a conference hall), and stay
 * on in every benchmark. Counted in the process; several web processes tell each other what was spent (`spentElsewhere`), so that the
 * limit is one for all of them.
 */
export interface Rate {
	/** tokens that come back each second */
	readonly perSecond: number;
	/** tokens that a rested bucket holds */
	readonly burst: number;
}

/** What is limited. A conference behind one address: 300 people, an opinion every two seconds each, and all of them at once at the start. */
export const rates = {
	/** pages and figures that are not in the public cache, by network */
	reading: { perSecond: 300, burst: 3000 },
	/** opinions and other small acts, by network */
	acting: { perSecond: 300, burst: 1500 },
	/** the same by one visitor */
	'acting-alone': { perSecond: 5, burst: 60 },
	/** texts sent, by network and by visitor */
	writing: { perSecond: 20, burst: 400 },
	'writing-alone': { perSecond: 0.1, burst: 12 },
	/** texts sent, by network: beyond these a browser does a small computation first, or the text is held */
	sending: { perSecond: 2, burst: 100 },
	/** files and large forms, by network */
	uploading: { perSecond: 0.5, burst: 60 },
	/** whole tables, by network */
	exporting: { perSecond: 0.5, burst: 60 },
	/** mails with a code asked for, by network; a hall signs in at once */
	'asking-codes': { perSecond: 0.5, burst: 400 },
	/** wrong codes and tokens (of sign-ins, receipts and invitations), by network; a right one counts as a small act */
	guessing: { perSecond: 0.2, burst: 40 }
} as const satisfies Record<string, Rate>;

export type Limited = keyof typeof rates;

interface Bucket {
	tokens: number;
	/** milliseconds of the given clock */
	at: number;
}

export class Limits {
	readonly #buckets = new Map<string, Bucket>();
	readonly #most: number;
	#spent = new Map<string, number>();

	readonly #isShared: boolean;

	/**
	 * @param most buckets kept; the longest untouched are forgotten first
	 * @param isShared whether other processes are told what was spent; without them nobody would ever empty the list
	 */
	constructor(most = 200_000, isShared = true) {
		this.#most = most;
		this.#isShared = isShared;
	}

	/**
	 * Takes one token. Returns 0, or the seconds after which a token will be there again (≥ 1, for Retry-After).
	 * @param now milliseconds, monotonic
	 */
	take(limited: Limited, who: string, now: number): number {
		const key = `${limited} ${who}`;
		const bucket = this.#filled(key, rates[limited], now);
		if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / rates[limited].perSecond));
		bucket.tokens -= 1;
		this.#noteSpent(key);
		return 0;
	}

	/** How many seconds it is until there is a token; 0 where there is one. Takes none. */
	wait(limited: Limited, who: string, now: number): number {
		const { tokens } = this.#filled(`${limited} ${who}`, rates[limited], now);
		return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / rates[limited].perSecond));
	}

	/** Takes a token for what has happened already, and goes into debt where there is none. */
	charge(limited: Limited, who: string, now: number): void {
		const key = `${limited} ${who}`;
		this.#filled(key, rates[limited], now).tokens -= 1;
		this.#noteSpent(key);
	}

	/** What was taken here since the last call, for the other processes. */
	spentHere(): [string, number][] {
		const spent = [...this.#spent];
		this.#spent = new Map();
		return spent;
	}

	spentElsewhere(spent: readonly (readonly [string, number])[], now: number): void {
		for (const [key, tokens] of spent) {
			const limited = key.slice(0, key.indexOf(' '));
			if (!(limited in rates)) continue;
			this.#filled(key, rates[limited as Limited], now).tokens -= tokens;
		}
	}

	#noteSpent(key: string): void {
		if (this.#isShared) this.#spent.set(key, (this.#spent.get(key) ?? 0) + 1);
	}

	#filled(key: string, rate: Rate, now: number): Bucket {
		let bucket = this.#buckets.get(key);
		if (bucket) {
			bucket.tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * rate.perSecond);
			bucket.at = now;
			return bucket;
		}
		bucket = { tokens: rate.burst, at: now };
		this.#buckets.set(key, bucket);
		if (this.#buckets.size > this.#most) this.#forget();
		return bucket;
	}

	// a Map keeps the order of entry: the oldest tenth goes
	#forget(): void {
		let left = Math.ceil(this.#most / 10);
		for (const key of this.#buckets.keys()) {
			if (left-- === 0) break;
			this.#buckets.delete(key);
		}
	}
}
