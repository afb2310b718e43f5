import { share } from '#agreement/canonical.ts';
import { fewestPeople } from '#agreement/cells.ts';
import type { Balance, MostActive, Shares, Voice, Voices } from '#agreement/figures.ts';
import { shownSums } from '#engines/agreement/withholding.ts';

/** Of whom something came, as they stated it when it came. */
export interface Speaker {
	/** null where a text has no participant of ours (an imported one) */
	readonly participant: number | null;
	readonly groups: readonly string[];
	readonly region: string;
	readonly assurance: string | null;
	readonly organisation: string | null;
}

/** What came: one contribution, or the opinions of one person, or the stances of one text. */
export interface Share {
	readonly contributions?: number;
	readonly words?: number;
	readonly ideas?: number;
	readonly opinions?: number;
	readonly stances?: number;
	/** of a contribution */
	readonly channel?: string;
	readonly language?: string;
}

interface Sum {
	readonly people: Set<number>;
	contributions: number;
	words: number;
	ideas: number;
	opinions: number;
	stances: number;
}

type Sums = Map<string, Sum>;

/** Adds up who said how much. The order of adding changes nothing. */
export class VoicesCount {
	readonly people = new Set<number>();
	readonly #dimensions = {
		group: new Map() as Sums,
		region: new Map() as Sums,
		assurance: new Map() as Sums,
		channel: new Map() as Sums,
		language: new Map() as Sums
	};
	readonly #authors: Sums = new Map();
	readonly #organisations: Sums = new Map();
	readonly #all = newSum();

	add(speaker: Speaker, what: Share): void {
		// at a table of a café one speaker stands for all of a group who sat there: a voice, and not a person more
		if (speaker.participant !== null && what.channel !== 'café') this.people.add(speaker.participant);
		const { group, region, assurance, channel, language } = this.#dimensions;
		for (const key of speaker.groups) addTo(group, key, speaker, what);
		addTo(region, speaker.region, speaker, what);
		if (speaker.assurance !== null) addTo(assurance, speaker.assurance, speaker, what);
		if (what.channel !== undefined) addTo(channel, what.channel, speaker, what);
		if (what.language !== undefined) addTo(language, what.language, speaker, what);
		if (speaker.participant !== null) addTo(this.#authors, String(speaker.participant), speaker, what);
		if (speaker.organisation !== null) addTo(this.#organisations, speaker.organisation, speaker, what);
		increase(this.#all, speaker, what);
	}

	get words(): number {
		return this.#all.words;
	}

	get languages(): number {
		return [...this.#dimensions.language.keys()].filter((language) => language !== 'und').length;
	}

	balance(): Balance {
		const { group, region, assurance, channel, language } = this.#dimensions;
		return {
			group: withheldWhereFew(group),
			region: withheldWhereFew(region),
			assurance: withheldWhereFew(assurance),
			// everyone sees channel and language beside each text, so nothing is withheld; an opinion has neither
			channel: voices(channel, false),
			language: voices(language, false)
		};
	}

	mostActive(): MostActive {
		return { author: this.#largest(this.#authors), organisation: this.#largest(this.#organisations) };
	}

	#largest(sums: Sums): Shares {
		const most = (what: 'contributions' | 'words' | 'opinions') =>
			share(
				[...sums.values()].reduce((found, sum) => Math.max(found, sum[what]), 0),
				this.#all[what]
			);
		return { contributions: most('contributions'), words: most('words'), opinions: most('opinions') };
	}
}

function newSum(): Sum {
	return { people: new Set(), contributions: 0, words: 0, ideas: 0, opinions: 0, stances: 0 };
}

function addTo(sums: Sums, key: string, speaker: Speaker, what: Share): void {
	const sum = sums.get(key) ?? newSum();
	sums.set(key, sum);
	increase(sum, speaker, what);
}

function increase(sum: Sum, { participant }: Speaker, what: Share): void {
	if (participant !== null) sum.people.add(participant);
	sum.contributions += what.contributions ?? 0;
	sum.words += what.words ?? 0;
	sum.ideas += what.ideas ?? 0;
	sum.opinions += what.opinions ?? 0;
	sum.stances += what.stances ?? 0;
}

function voices(sums: Sums, hasOpinions: boolean): Record<string, Voice> {
	return Object.fromEntries(
		[...sums].map(([key, { people, contributions, words, ideas, opinions, stances }]) => [
			key,
			{ people: people.size, contributions, words, ideas, opinions: hasOpinions ? opinions : null, stances }
		])
	);
}

/** How much four people of a group said would be as good as what they said: the rule of the cells. */
function withheldWhereFew(sums: Sums): Voices {
	const all = voices(sums, true);
	const keys = Object.keys(all);
	const shown = shownSums(
		keys.map((key) => all[key]!.people),
		keys,
		fewestPeople
	);
	return Object.fromEntries(keys.map((key, place) => [key, shown[place] ? all[key]! : null]));
}
