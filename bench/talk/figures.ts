/** One line of the output: what was measured, and whether it is what was promised. */
export interface Figure {
	readonly bench: string;
	readonly value: number;
	readonly unit: string;
	/** what the value was measured against, in the same run; null where the promise is absolute */
	readonly baseline: number | null;
	/** "≤ 5", "≥ 1.0", "0" */
	readonly must: string;
	readonly holds: boolean;
}

/**
 * A figure with its verdict.
 * @param more whatever else helps to understand it
 */
export function figure(given: Omit<Figure, 'holds'>, more: Readonly<Record<string, unknown>> = {}): Figure {
	const { value, baseline, must } = given;
	const verdict = { value: rounded(value), baseline: baseline === null ? null : rounded(baseline), holds: holds(value, must) };
	return { ...given, ...verdict, ...more };
}

export function holds(value: number, must: string): boolean {
	const [sign, bound] = /^[≤≥]/.test(must) ? [must[0], Number.parseFloat(must.slice(1))] : ['=', Number.parseFloat(must)];
	return sign === '≤' ? value <= bound : sign === '≥' ? value >= bound : value === bound;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function rounded(value: number): number {
	return Number(value.toPrecision(4));
}
