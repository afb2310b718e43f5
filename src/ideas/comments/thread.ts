/** In which order the branches of a thread are read; within a branch it is always the order in which people answered each other. */
export const threadOrders = ['oldest', 'newest', 'active', 'answered'] as const;
export type ThreadOrder = (typeof threadOrders)[number];

export function threadOrder(asked: string | null): ThreadOrder {
	return threadOrders.find((order) => order === asked) ?? 'oldest';
}

/** A branch with so many answers is shown whole; of a longer one as many as `previewed`, the others on its own page: to fold one or two is no gain. */
export const shownWhole = 3;
export const previewed = 2;

/** Where a page of a thread begins: the comment with which it begins, and what it stands by where that can change. */
export interface ThreadPlace {
	readonly number: number;
	/** the newest comment, or the number of comments, of its branch */
	readonly key: number;
	/** the newest comment of all when the first page was asked for: the pages after it go on as of then */
	readonly upTo: number;
}

/** As addresses carry it; null where it is no place in this order. */
export function threadPlaceIn(from: string | null, order: ThreadOrder): ThreadPlace | null {
	const numbers = from?.split('.').map(Number) ?? [];
	if (!numbers.every((number) => Number.isInteger(number) && number > 0 && number < 2 ** 31)) return null;
	const [number = 0, key = number, upTo = 0] = numbers;
	return numbers.length === (isAsOf(order) ? 3 : 1) ? { number, key, upTo } : null;
}

export function threadPlaceOut({ number, key, upTo }: ThreadPlace, order: ThreadOrder): string {
	return isAsOf(order) ? `${number}.${key}.${upTo}` : String(number);
}

/** That the order of branches changes with each comment. */
export function isAsOf(order: ThreadOrder): order is 'active' | 'answered' {
	return order === 'active' || order === 'answered';
}
