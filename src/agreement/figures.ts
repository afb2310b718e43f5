import type { Dimension, Tally } from '#agreement/cells.ts';
import type { Level } from '#engines/agreement/levels.ts';

/**
 * All figures of a topic at one instant, as a snapshot keeps them. What is published quotes these by JSON pointer (`/ideas/214/agree`), so
 * their names are a format: members may be added, never renamed. Shares are rounded to three decimals. No time and no names lie in it.
 */
export type Figures = {
	readonly form: 1;
	readonly overall: Overall;
	/** by question id */
	readonly questions: Readonly<Record<string, OfQuestion>>;
	/** by idea number */
	readonly ideas: Readonly<Record<string, OfIdea>>;
	readonly balance: Balance;
	readonly mostActive: MostActive;
	/** by which the levels of the ideas were computed, and the groups that count */
	readonly thresholds: {
		readonly heard: number;
		readonly majority: number;
		readonly most: number;
		readonly groups: readonly string[];
	};
};

export type Overall = Tally & {
	/** who gave an opinion or wrote something that can be seen */
	readonly people: number;
	/** agree, disagree and pass together */
	readonly opinions: number;
	readonly ideas: number;
	readonly comments: number;
	readonly submissions: number;
	readonly words: number;
	readonly passages: number;
	readonly stances: number;
	/** of the people, as they stated them */
	readonly countries: number;
	readonly languages: number;
};

export type OfQuestion = {
	readonly ideas: number;
	readonly opinions: number;
	readonly comments: number;
};

/** How many texts take each stance; a text counts once for each, however many passages say it. */
export type Stances = {
	readonly raises: number;
	readonly supports: number;
	readonly opposes: number;
};

export type OfIdea = Tally & {
	readonly question: string | null;
	readonly language: string;
	/** agree, disagree and pass together */
	readonly people: number;
	/** agree / people; null where there are none */
	readonly agreeShare: number | null;
	readonly comments: { readonly for: number; readonly against: number; readonly neutral: number };
	readonly stances: Stances;
	/** of submissions whose authors let their group be seen; each group of an author */
	readonly stancesByGroup: Readonly<Record<string, Stances>>;
	/**
	 * what is shown of groups with this freeze: published by it, or earlier where fewer than five of their people have spoken since, so that
	 * they need not add up to the idea's own figures; a group that is missing is withheld or was not heard
	 */
	readonly cells: Readonly<Record<Dimension, Readonly<Record<string, Tally>>>>;
	/** computed from these cells by `thresholds`; null where no cell of a group that counts is published */
	readonly level: FrozenLevel | null;
};

export type FrozenLevel = {
	readonly level: Level;
	/** lower 80 % bound of the heard group that agrees least, to four decimals; null where none is heard */
	readonly score: number | null;
	readonly opposedBy: readonly string[];
	readonly notHeardFrom: readonly string[];
};

/** What came from people of one group, region or assurance, or through one channel, or in one language. */
export type Voice = {
	readonly people: number;
	readonly contributions: number;
	readonly words: number;
	readonly ideas: number;
	/** null where an opinion has no such property (channel, language) */
	readonly opinions: number | null;
	readonly stances: number;
};

/** null: withheld, because there are fewer than five people (or a figure like that could be worked out) */
export type Voices = Readonly<Record<string, Voice | null>>;

export type Balance = {
	readonly group: Voices;
	readonly region: Voices;
	readonly assurance: Voices;
	readonly channel: Voices;
	readonly language: Voices;
};

/** The largest share that a single author, or a single organisation, has of what was said. */
export type MostActive = {
	readonly author: Shares;
	readonly organisation: Shares;
};

export type Shares = {
	readonly contributions: number | null;
	readonly words: number | null;
	readonly opinions: number | null;
};
