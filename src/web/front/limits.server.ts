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
	/** live figures begun to be listened to, by network: 300 people open them at once, and their browsers come back after a break */
	listening: { perSecond: 20, burst: 1000 },
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

export class Limits {
	/** by kind and then by who: a key joined of both would have to be made and hashed for each request */
	readonly #buckets: Readonly<Record<Limited, Buckets>>;
	#spent = byKind(() => new Map<string, number>());

	readonly #isShared: boolean;

	/**
	 * @param most buckets kept of each kind; the longest untouched are forgotten first
	 * @param isShared whether other processes are told what was spent; without them nobody would ever empty the list
	 */
	constructor(most = 200_000, isShared = true) {
		this.#buckets = byKind((limited) => new Buckets(rates[limited], most));
		this.#isShared = isShared;
	}

	/**
	 * Takes one token. Returns 0, or the seconds after which a token will be there again (≥ 1, for Retry-After).
	 * @param now milliseconds, monotonic
	 */
	take(limited: Limited, who: string, now: number): number {
		const bucket = this.#buckets[limited].filled(who, now);
		if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / rates[limited].perSecond));
		bucket.tokens -= 1;
		this.#noteSpent(limited, who);
		return 0;
	}

	/** How many seconds it is until there is a token; 0 where there is one. Takes none. */
	wait(limited: Limited, who: string, now: number): number {
		const { tokens } = this.#buckets[limited].filled(who, now);
		return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / rates[limited].perSecond));
	}

	/** Takes a token for what has happened already, and goes into debt where there is none. */
	charge(limited: Limited, who: string, now: number): void {
		this.#buckets[limited].filled(who, now).tokens -= 1;
		this.#noteSpent(limited, who);
	}

	/** buckets */
	get remembered(): number {
		return kinds.reduce((sum, limited) => sum + this.#buckets[limited].size, 0);
	}

	/** What was taken here since the last call, for the other processes: kind, who, tokens. */
	spentHere(): Spent[] {
		const spent = this.#spent;
		this.#spent = byKind(() => new Map());
		return kinds.flatMap((limited) => [...spent[limited]].map(([who, tokens]): Spent => [limited, who, tokens]));
	}

	/** What other processes say is believed where it is of a kind that is known here: they may be older. */
	spentElsewhere(spent: readonly Spent[], now: number): void {
		for (const [limited, who, tokens] of spent) {
			if (limited in rates) this.#buckets[limited].filled(who, now).tokens -= tokens;
		}
	}

	#noteSpent(limited: Limited, who: string): void {
		if (!this.#isShared) return;
		const spent = this.#spent[limited];
		spent.set(who, (spent.get(who) ?? 0) + 1);
	}
}

/** How many are looked through at the earliest. */
const few = 1_000;

interface Bucket {
	tokens: number;
	/** milliseconds of the given clock */
	at: number;
}

/** The buckets of one kind. A rested one is as good as none, so the rested are forgotten whenever there are twice as many as were left. */
class Buckets {
	readonly #rate: Rate;
	readonly #most: number;
	readonly #buckets = new Map<string, Bucket>();
	#lookThroughAt = few;

	constructor(rate: Rate, most: number) {
		this.#rate = rate;
		this.#most = most;
	}

	get size(): number {
		return this.#buckets.size;
	}

	filled(who: string, now: number): Bucket {
		let bucket = this.#buckets.get(who);
		if (bucket) {
			bucket.tokens = this.#tokensIn(bucket, now);
			bucket.at = now;
			return bucket;
		}
		if (this.#buckets.size >= this.#lookThroughAt) this.#forget(now);
		bucket = { tokens: this.#rate.burst, at: now };
		this.#buckets.set(who, bucket);
		return bucket;
	}

	#tokensIn({ tokens, at }: Bucket, now: number): number {
		return Math.min(this.#rate.burst, tokens + ((now - at) / 1000) * this.#rate.perSecond);
	}

	// a Map keeps the order of entry: where too many are under way the oldest go, a tenth more than must
	#forget(now: number): void {
		for (const [who, bucket] of this.#buckets) if (this.#tokensIn(bucket, now) === this.#rate.burst) this.#buckets.delete(who);
		if (this.#buckets.size >= this.#most) {
			let left = this.#buckets.size - Math.floor(0.9 * this.#most);
			for (const who of this.#buckets.keys()) {
				if (left-- === 0) break;
				this.#buckets.delete(who);
			}
		}
		this.#lookThroughAt = Math.min(this.#most, Math.max(few, 2 * this.#buckets.size));
	}
}

/** Tokens of a kind that were taken in somebody's name. */
export type Spent = readonly [limited: Limited, who: string, tokens: number];

const kinds = Object.keys(rates) as Limited[];

function byKind<T>(make: (limited: Limited) => T): Record<Limited, T> {
	return Object.fromEntries(kinds.map((limited) => [limited, make(limited)])) as Record<Limited, T>;
}
