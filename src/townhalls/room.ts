import type { Actor } from '#activity/actor.ts';
import { isRapporteur, isStaff } from '#activity/staff.ts';

/** Who has a role in the topic runs its rooms: polls, questions from the floor, captions and what stands on the screen. */
export function mayRunRoom(actor: Actor, topicId?: string): boolean {
	return isStaff(actor, topicId);
}

/** Rapporteurs write the minutes, and make a text of the captions. */
export function mayWriteMinutes(actor: Actor, topicId?: string): boolean {
	return isRapporteur(actor, topicId);
}
