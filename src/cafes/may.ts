import type { Actor } from '#activity/actor.ts';
import { isStaff } from '#activity/staff.ts';

/** Whoever works for the talk prepares its cafés and leads them through their rounds. */
export function mayRunCafe(actor: Actor, topicId?: string): boolean {
	return isStaff(actor, topicId);
}
