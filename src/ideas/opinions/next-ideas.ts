import type { Opinion } from '#ideas/opinions/opinion.ts';

/** Whose turn it is: a participant, or who asks before they are one (`visitor`: the id of the cookie or account; null: nobody yet). */
export interface Asker {
	readonly participant: number | null;
	readonly visitor: string | null;
}

/**
 * Which idea a person is asked about next: never one that they judged or wrote themselves, nor one that cannot be seen; those in languages
 * that they read come before the others. How it is chosen is routed in agreement/, which lies above: it is handed down.
 */
export interface NextIdeas {
	/**
	 * The number of the idea; null where none is left. The same until it is judged or hidden.
	 * @param stated languages read (none: no preference) and groups; what was known last where it is left out
	 * @param question the guiding question whose ideas alone are asked about; null or left out: all
	 */
	next(
		topicId: string,
		asker: Asker,
		stated?: { readonly reads: readonly string[]; readonly groups: readonly string[] },
		question?: string | null
	): Promise<number | null>;

	/** The participant judged the idea. @returns the probability with which it had been drawn for them; null: they chose it themselves */
	judged(topicId: string, asker: Asker & { readonly participant: number }, ideaNumber: number, opinion: Opinion): number | null;

	/** An idea that was just found hidden is not asked about any more. */
	passOver(topicId: string, ideaNumber: number): Promise<void>;

	/** How many of the ideas (of the topic, or of one of its guiding questions) the participant has judged, and how many they are asked about. */
	progress(topicId: string, participant: number | null, question?: string | null): Promise<{ judged: number; ideas: number }>;
}
