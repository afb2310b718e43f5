/** Keys of one question. */
const most = 500;

interface Waiting<Key, Value> {
	readonly key: Key;
	readonly resolve: (value: Value | undefined) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * What many ask at once, asked together: those who come while a question is on its way share the next one, which begins when all of them
 * have come. So nobody is told what was so before they asked, and in a rush there are as many questions as fit one after the other, not as
 * many as people.
 */
export class Gathering<Key, Value> {
	readonly #ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>;
	#waiting: Waiting<Key, Value>[] = [];
	#isAsking = false;

	/** @param ask may leave out keys of which there is nothing to tell */
	constructor(ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>) {
		this.#ask = ask;
	}

	ask(key: Key): Promise<Value | undefined> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ key, resolve, reject });
			if (!this.#isAsking) void this.#askOnAndOn();
		});
	}

	async #askOnAndOn(): Promise<void> {
		this.#isAsking = true;
		while (this.#waiting.length > 0) {
			const some = this.#waiting.splice(0, most);
			try {
				const found = await this.#ask([...new Set(some.map(({ key }) => key))]);
				for (const { key, resolve } of some) resolve(found.get(key));
			} catch (error) {
				for (const { reject } of some) reject(error);
			}
		}
		this.#isAsking = false;
	}
}
