/** A span of time in which some things are open, half-open [opens, closes); freely named; stages of a topic may overlap. */
export interface Stage {
	readonly opensAt: Date;
	readonly closesAt: Date;
	readonly takesIdeas: boolean;
	readonly takesSubmissions: boolean;
	readonly takesComments: boolean;
	readonly takesOpinions: TakesOpinions;
}

/** Opinions may be closed, open with the results unseen until they close, or open with the results shown. */
export type TakesOpinions = 'no' | 'blind' | 'shown';

export type Openable = 'ideas' | 'submissions' | 'comments' | 'opinions';
export const openables: readonly Openable[] = ['ideas', 'submissions', 'comments', 'opinions'];

export function isOpenFor(stages: readonly Stage[], what: Openable, at: Date): boolean {
	return stages.some((stage) => runs(stage, at) && takes(stage, what));
}

/** What a person may do with opinions now. Where stages overlap, blind wins: one that shows would undo the other. */
export function opinionsAre(stages: readonly Stage[], at: Date): TakesOpinions {
	const running = stages.filter((stage) => runs(stage, at));
	if (running.some((stage) => stage.takesOpinions === 'blind')) return 'blind';
	return running.some((stage) => stage.takesOpinions === 'shown') ? 'shown' : 'no';
}

/**
 * Blind lasts from the first opening of a blind stage to the end of the last one, the pauses between them included: figures seen in a
 * pause would steer the opinions that follow.
 */
export function resultsAreBlind(stages: readonly Stage[], at: Date): boolean {
	const blind = stages.filter((stage) => stage.takesOpinions === 'blind');
	return blind.some((stage) => stage.opensAt <= at) && blind.some((stage) => at < stage.closesAt);
}

export function runs(stage: Stage, at: Date): boolean {
	return stage.opensAt <= at && at < stage.closesAt;
}

export function takes(stage: Stage, what: Openable): boolean {
	if (what === 'opinions') return stage.takesOpinions !== 'no';
	return { ideas: stage.takesIdeas, submissions: stage.takesSubmissions, comments: stage.takesComments }[what];
}

/** When it opens next, and when what is open now closes (the end of the last stage of an unbroken run); null where neither is to come. */
export function nextChange(stages: readonly Stage[], what: Openable, at: Date): { opens: Date } | { closes: Date } | null {
	const taking = stages
		.filter((stage) => takes(stage, what) && at < stage.closesAt)
		.sort((one, other) => +one.opensAt - +other.opensAt);
	const first = taking[0];
	if (!first) return null;
	if (at < first.opensAt) return { opens: first.opensAt };
	let closes = first.closesAt;
	for (const stage of taking) if (stage.opensAt <= closes && stage.closesAt > closes) closes = stage.closesAt;
	return { closes };
}

/** A moment of the last day on which it is open: what closes at midnight is open until the end of the day before. */
export function lastMoment(closesAt: Date): Date {
	return new Date(closesAt.getTime() - 1);
}

/** A topic is open while a stage runs or lies between others, coming before the first, finished after the last. */
export function standing(stages: readonly Stage[], at: Date): 'coming' | 'open' | 'finished' {
	if (stages.length === 0 || stages.every((stage) => at < stage.opensAt)) return 'coming';
	return stages.some((stage) => at < stage.closesAt) ? 'open' : 'finished';
}
