const aDay = 86_400_000;

/** A time cut into steps of whole days, so that a picture of it stays readable. */
export interface Span {
	/** midnight UTC */
	readonly from: Date;
	readonly days: number;
	readonly steps: number;
	/** all of it, in days: the last step may be shorter */
	readonly whole: number;
}

/** How a count grew: the total at the end of each step; null where it is withheld. */
export interface Grown {
	readonly key: string;
	readonly totals: readonly (number | null)[];
}

/** From one moment to another in at most so many steps; one step at least. */
export function spanOf(from: Date, to: Date, most = 24): Span {
	const first = Math.floor(+from / aDay);
	const whole = Math.max(1, Math.floor(+to / aDay) - first + 1);
	const days = Math.ceil(whole / most);
	return { from: new Date(first * aDay), days, steps: Math.ceil(whole / days), whole };
}

/** The last day of each step. */
export function endsOf({ from, days, steps, whole }: Span): Date[] {
	return Array.from({ length: steps }, (_, step) => new Date(+from + (Math.min((step + 1) * days, whole) - 1) * aDay));
}

/** Sums up what came in each step; the keys in the order of their totals, the largest first. */
export function grown(
	came: readonly { readonly key: string; readonly step: number; readonly count: number }[],
	{ steps }: Pick<Span, 'steps'>
): { key: string; totals: number[] }[] {
	return [...Map.groupBy(came, ({ key }) => key)]
		.map(([key, own]) => {
			const totals = Array.from({ length: steps }, () => 0);
			for (const { step, count } of own) totals[step]! += count;
			for (let step = 1; step < steps; step++) totals[step]! += totals[step - 1]!;
			return { key, totals };
		})
		.sort((one, other) => other.totals.at(-1)! - one.totals.at(-1)! || (one.key < other.key ? -1 : 1));
}

/**
 * In SQL, into which step a moment falls: `$2` is where the span begins, `$3` its days, `$4` its steps. What came before counts in the
 * first, what came after in the last.
 */
export function stepOf(moment: string): string {
	// whole days are subtracted, which is many times faster than seconds
	const day = (at: string) => `(${at} at time zone 'UTC')::date`;
	return `least(greatest((${day(moment)} - ${day('$2::timestamptz')}) / $3::int, 0), $4::int - 1)`;
}
