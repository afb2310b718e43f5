import { betaQuantiles } from './beta.ts';
import type { Agreement } from './result.ts';
import { rounded } from './rounding.ts';

/** An agreement before it is rounded. */
export interface Interval {
	readonly n: number;
	readonly share: number;
	readonly lower80: number;
	readonly upper80: number;
	readonly lower95: number;
	readonly upper95: number;
}

/** Posterior mean of agreement by Jeffreys' prior Beta(½, ½). */
export function shareOf(agree: number, disagree: number): number {
	return (agree + 0.5) / (agree + disagree + 1);
}

/** Finds intervals, each once: thousands of cells hold the same few counts. */
export function intervals(): (agree: number, disagree: number) => Interval {
	const known = new Map<number, Interval>();
	return (agree, disagree) => {
		if (!Number.isInteger(agree) || !Number.isInteger(disagree)) return intervalOf(agree, disagree);
		const key = agree * 2 ** 26 + disagree;
		const found = known.get(key) ?? intervalOf(agree, disagree);
		known.set(key, found);
		return found;
	};
}

function intervalOf(agree: number, disagree: number): Interval {
	const at = betaQuantiles(agree + 0.5, disagree + 0.5);
	return {
		n: agree + disagree,
		share: shareOf(agree, disagree),
		lower80: at(0.1),
		upper80: at(0.9),
		lower95: at(0.025),
		upper95: at(0.975)
	};
}

/** As the result states it. */
export function stated({ n, share, lower80, upper80, lower95, upper95 }: Interval): Agreement {
	if (n === 0) return { n: 0, share: null, within80: null, within95: null };
	return {
		n: rounded(n, 2),
		share: rounded(share, 4),
		within80: [rounded(lower80, 4), rounded(upper80, 4)],
		within95: [rounded(lower95, 4), rounded(upper95, 4)]
	};
}
