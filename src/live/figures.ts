/** What is told of a talk while people take part; the same for everybody, in any language. */
export interface Told {
	/** null while results are blind: then nothing at all is told */
	readonly figures: Figures | null;
	/** the words of the ideas that the figures speak of; they change seldom, and are sent seldom */
	readonly ideas: readonly IdeaInWords[];
}

/** Sums over what everybody may see. */
export interface Figures {
	/** who took part in any way */
	readonly people: number;
	readonly opinions: number;
	readonly ideas: number;
	readonly comments: number;
	/** to which most people gave an opinion, the most first */
	readonly spokenTo: readonly SpokenTo[];
	/** the newest ideas, the newest first */
	readonly latest: readonly number[];
	/** when figures of groups were published last (ISO 8601); they move in steps of five people, and are read where they stand */
	readonly cellsAt: string | null;
}

export interface SpokenTo {
	readonly number: number;
	readonly agree: number;
	readonly disagree: number;
	readonly pass: number;
}

export interface IdeaInWords {
	readonly number: number;
	readonly point: string;
	/** BCP 47 or `und` */
	readonly language: string;
}
