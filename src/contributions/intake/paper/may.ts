import type { Actor } from '#activity/actor.ts';
import { isModerator, isRapporteur } from '#activity/staff.ts';

/** Who prints forms, brings pictures of them in and types them: everybody with a role in the topic. They are named in what they did. */
export function mayHandlePaper(actor: Actor, topicId?: string): boolean {
	return isModerator(actor, topicId) || isRapporteur(actor, topicId);
}
