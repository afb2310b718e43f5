import type { Actor } from '#activity/actor.ts';
import { isModerator } from '#activity/staff.ts';

/** Moderators of the topic and the secretariat keep the agenda and the floor of its town halls, and act for those who are remote. */
export function mayKeepFloor(actor: Actor, topicId?: string): boolean {
	return isModerator(actor, topicId);
}
