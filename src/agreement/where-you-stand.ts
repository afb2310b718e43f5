import { peopleIn, type Tally } from '#agreement/cells.ts';

/** With whom somebody agrees, and how far: from published figures only. */
export interface Likeness {
	readonly key: string;
	/** 0 to 1: of those who spoke, on the average idea, how many said the same */
	readonly share: number;
	/** ideas that could be compared */
	readonly ideas: number;
}

/** What somebody said to an idea, beside what is shown of groups. */
export interface Compared {
	readonly value: -1 | 0 | 1;
	readonly cells: ReadonlyMap<string, Tally>;
}

/** Fewer ideas say more about these ideas than about the person. */
export const fewestCompared = 5;

/** Who passes takes no side and is not compared. The most alike first. */
export function likenessTo(keys: readonly string[], said: readonly Compared[]): Likeness[] {
	return keys
		.map((key) => {
			const shares = said.flatMap(({ value, cells }) => {
				const cell = cells.get(key);
				if (!cell || value === 0 || peopleIn(cell) === 0) return [];
				return [(value === 1 ? cell.agree : cell.disagree) / peopleIn(cell)];
			});
			const sum = shares.reduce((total, share) => total + share, 0);
			return { key, ideas: shares.length, share: shares.length === 0 ? 0 : sum / shares.length };
		})
		.filter(({ ideas }) => ideas >= fewestCompared)
		.sort((one, other) => other.share - one.share || (one.key < other.key ? -1 : 1));
}
