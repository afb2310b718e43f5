/** However much is listened to, who takes part finds the database free: so many readings at the same time, the others wait in order. */
export class Turns {
	readonly #most: number;
	readonly #waiting: (() => void)[] = [];
	#under = 0;

	constructor(most: number) {
		this.#most = most;
	}

	async take<T>(read: () => Promise<T>): Promise<T> {
		if (this.#under >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		else this.#under++;
		try {
			return await read();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#under--;
		}
	}
}
