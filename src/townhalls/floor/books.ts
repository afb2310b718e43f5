/**
 * Who is owed how much of the time. Several queues share one floor by weights; when it is free, one of those that wait is to have it, and
 * nobody knows beforehand how long its speaker will take: only that no speech is longer than the limit.
 *
 * The books are those of deficit round robin (Shreedhar and Varghese, "Efficient Fair Queueing Using Deficit Round Robin", 1995): each queue
 * has an account of the time that it is owed less the time that it took, and what a queue is owed is forgotten when nobody of it waits any
 * more, so that nobody saves up silence. What we changed is who is next. Round robin goes round: a queue of a small share then waits for all
 * that the others may take in one round, which with shares of 5, 4 and 1 tenths is two and a half speeches of the largest behind its share. Here the next is
 * chosen among those who are owed time, and is the one whose account would soonest be a whole speech behind (Bennett and Zhang, "WF²Q", 1996,
 * with the limit for the length of what is not yet spoken; what was really spoken is charged afterwards).
 *
 * A clock of shares runs while somebody speaks, by the seconds spoken over the weights of all who wait, speak, or took more than their share
 * so far and are still paying it back. `own` is where each queue stands on that clock by what it took: it is owed weight × (clock − own).
 *
 * What always holds: a queue that always waits is never owed more than one speech of full length. (Say it were, at clock D = own + limit/weight.
 * Take the last speech before that by a queue with a later deadline than D. When it began, all with deadlines up to D had taken more than
 * their shares. Since then only they spoke, none beyond its share up to D, and ours a full speech less: together they filled less than the time in
 * which the clock came to D, less that full speech, which the one before may have lasted. So the clock is not there yet.) What a chair gives
 * out of turn, and what a speech takes beyond the limit, is charged like any other; it may put another queue behind by its length and no more.
 * It holds for weights that stay: right after they changed, a queue may be owed its new share of one speech more, until it had the floor.
 *
 * It costs one look at each queue for a choice, and one more for each time that a queue runs empty while another speaks.
 */
export class Books<Key extends string> {
	#weightOf: (key: Key) => number;
	readonly #accounts = new Map<Key, Account>();
	#clock = 0;
	#speaking: Account | null = null;

	/** @param weightOf above 0; only what they are to each other counts */
	constructor(weightOf: (key: Key) => number) {
		this.#weightOf = weightOf;
	}

	/** From now on they weigh otherwise. What each is owed stays so many seconds: the past is not judged by what holds after it. */
	weigh(weightOf: (key: Key) => number): void {
		this.#weightOf = weightOf;
		for (const [key, account] of this.#accounts) {
			const owed = account.weight * (this.#clock - account.own);
			account.weight = weightOf(key);
			account.own = this.#clock - owed / account.weight;
		}
	}

	/** One more of this queue waits. */
	wait(key: Key): void {
		const account = this.#account(key);
		if (!this.#isActive(account)) account.own = Math.max(account.own, this.#clock);
		account.waiting++;
	}

	/** One of them waits no more: the floor was given to them, or they left. */
	leave(key: Key): void {
		this.#account(key).waiting--;
	}

	begin(key: Key): void {
		this.#speaking = this.#account(key);
	}

	end(): void {
		this.#speaking = null;
	}

	/** The one who has the floor speaks on. */
	speak(seconds: number): void {
		const speaker = this.#speaking!;
		let left = seconds;
		while (left > 0) {
			const active = [...this.#accounts.values()].filter((account) => this.#isActive(account));
			const weights = active.reduce((sum, { weight }) => sum + weight, 0);
			// the next of those who only pay back to have done so
			const paying = active.filter((account) => account.waiting === 0 && account !== speaker);
			const paidBack = Math.min(...paying.map(({ own }) => own));
			const step = Math.min(left, (paidBack - this.#clock) * weights);
			// set, not added up: sums of fractions would leave a rest that is never paid
			this.#clock = step < left ? paidBack : this.#clock + step / weights;
			speaker.own += step / speaker.weight;
			left -= step;
		}
	}

	/** Seconds that a queue is owed; less than 0 where it took more than its share so far. */
	owed(key: Key): number {
		const account = this.#accounts.get(key);
		return account && this.#isActive(account) ? account.weight * (this.#clock - account.own) : 0;
	}

	/**
	 * The queue that is to have the floor; null: nobody waits.
	 * @param limit seconds of the longest speech
	 * @param isBefore which of two that are equal is first
	 */
	next(limit: number, isBefore: (one: Key, other: Key) => boolean): Key | null {
		const waiting = [...this.#accounts].filter(([, { waiting }]) => waiting > 0);
		const owed = waiting.filter(([, { own }]) => own <= this.#clock + roundingOff);
		let next: [Key, Account] | null = null;
		// where what others were owed was forgotten, nobody may be owed anything
		for (const one of owed.length > 0 ? owed : waiting) {
			const apart: number = next ? deadline(one[1], limit) - deadline(next[1], limit) : -1;
			if (apart < -roundingOff || (apart <= roundingOff && isBefore(one[0], next![0]))) next = one;
		}
		return next?.[0] ?? null;
	}

	#isActive(account: Account): boolean {
		return account.waiting > 0 || account === this.#speaking || account.own > this.#clock;
	}

	#account(key: Key): Account {
		let account = this.#accounts.get(key);
		if (!account) this.#accounts.set(key, (account = { weight: this.#weightOf(key), own: this.#clock, waiting: 0 }));
		return account;
	}
}

interface Account {
	weight: number;
	/** on the clock of shares */
	own: number;
	waiting: number;
}

/** Sums of fractions that are equal on paper differ by less. */
const roundingOff = 1e-6;

function deadline({ own, weight }: Account, limit: number): number {
	return own + limit / weight;
}
