import type { Topic } from '#topics/topic.ts';

/** A day on which something is due: a promise, or the opening or the close of a stage. */
export type Due = { readonly on: Date; readonly isLate: boolean } & (
	| { readonly what: 'promised' | 'deadline'; readonly deliverableId: string }
	/** `isDraft`: nobody can see it, because its topic is a draft still */
	| { readonly what: 'opens' | 'closes'; readonly stageId: string; readonly isDraft: boolean }
);

/**
 * What is due and what is late, in the order of its days. A promise is late from the day after on, until it is kept or cancelled; of its two
 * days only the next one is named. A stage is never late: it turns by the clock, and in a draft nobody was told of its days yet.
 * @param today the day in the institution's zone, YYYY-MM-DD
 */
export function dueOf(
	{ deliverables, stages, publishedAt, archivedAt }: Pick<Topic, 'deliverables' | 'stages' | 'publishedAt' | 'archivedAt'>,
	{ at, today }: { at: Date; today: string }
): Due[] {
	const promises = deliverables.flatMap(({ deliverableId, promised, deadline, state }): Due[] => {
		if (state === 'delivered' || state === 'cancelled') return [];
		const days = [
			...(promised ? [{ what: 'promised', day: promised } as const] : []),
			...(deadline ? [{ what: 'deadline', day: deadline } as const] : [])
		].sort((one, other) => (one.day < other.day ? -1 : 1));
		// the first that is missed says more than the next
		const next = days[0];
		return next ? [{ what: next.what, deliverableId, on: new Date(next.day), isLate: next.day < today }] : [];
	});
	const turns = stages.flatMap(({ stageId, opensAt, closesAt }): Due[] => {
		if (archivedAt || closesAt <= at) return [];
		if (opensAt > at || !publishedAt) return [{ what: 'opens', stageId, on: opensAt, isLate: false, isDraft: !publishedAt }];
		return [{ what: 'closes', stageId, on: closesAt, isLate: false, isDraft: false }];
	});
	return [...promises, ...turns].sort((one, other) => +one.on - +other.on);
}
