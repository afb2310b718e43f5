/** What a person says to an idea. */
export const opinionWords = ['agree', 'disagree', 'pass'] as const;
export type Opinion = (typeof opinionWords)[number];

/** As stored. */
export type OpinionValue = 1 | 0 | -1;

export function valueOf(opinion: Opinion): OpinionValue {
	return opinion === 'agree' ? 1 : opinion === 'disagree' ? -1 : 0;
}

export function opinionOf(value: OpinionValue): Opinion {
	return value === 1 ? 'agree' : value === -1 ? 'disagree' : 'pass';
}

export interface Counts {
	readonly agree: number;
	readonly disagree: number;
	readonly pass: number;
}

/** The counts after one person's opinion became `value`; what they said before (null: nothing) counts no longer. */
export function counted(counts: Counts, value: OpinionValue, before: OpinionValue | null): Counts {
	const difference = (of: OpinionValue) => Number(value === of) - Number(before === of);
	return {
		agree: counts.agree + difference(1),
		disagree: counts.disagree + difference(-1),
		pass: counts.pass + difference(0)
	};
}

export function howMany({ agree, disagree, pass }: Counts): number {
	return agree + disagree + pass;
}

/** Shares of all who gave an opinion, 0 to 1; null where nobody has. */
export function sharesOf(counts: Counts): Counts | null {
	const n = howMany(counts);
	return n === 0 ? null : { agree: counts.agree / n, disagree: counts.disagree / n, pass: counts.pass / n };
}
