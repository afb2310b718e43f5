import type { Actor } from '#activity/actor.ts';
import { isAdministrator } from '#activity/staff.ts';
import { resultsAreBlind, type Stage } from '#topics/stages/stage.ts';

/**
 * Whether counts of opinions, and all that is derived from them, may be shown: sorts, marks, live events, fields of the API, feeds,
 * exports, "where you stand". The only place where this is answered; whoever reads counts for somebody asks here. While a stage is blind
 * nobody sees them but a job (which maintains them); staff, who may steer the talk, see them no sooner than everyone.
 */
export function resultsVisibleTo(actor: Actor, topic: { readonly stages: readonly Stage[] }, at: Date): boolean {
	return actor.kind === 'job' || !resultsAreBlind(topic.stages, at);
}

/**
 * The same for figures that were frozen at a moment: those of a moment at which everybody saw results have been seen, and a later blind stage
 * hides them from nobody.
 */
export function frozenResultsVisibleTo(
	actor: Actor,
	topic: { readonly stages: readonly Stage[] },
	{ frozenAt, at }: { readonly frozenAt: Date; readonly at: Date }
): boolean {
	return resultsVisibleTo(actor, topic, at) || resultsVisibleTo(actor, topic, frozenAt);
}

/** Small numbers: who may see how many people of a group there are where they are fewer than five. */
export function seesSmallNumbers(actor: Actor): boolean {
	return isAdministrator(actor);
}
