import type { Actor, Role } from '#activity/actor.ts';

/** Staff roles count only once a second factor was shown. Administrator and secretariat hold theirs in every topic. */
function holds(actor: Actor, roles: readonly Role['role'][], topicId?: string): boolean {
	if (actor.kind === 'job') return true;
	if (actor.kind !== 'account' || !actor.secondFactor) return false;
	return actor.roles.some(
		(held) =>
			held.role === 'administrator' ||
			held.role === 'secretariat' ||
			(roles.includes(held.role) && (topicId === undefined || held.topicId === topicId))
	);
}

export function isAdministrator(actor: Actor): boolean {
	return (
		actor.kind === 'job' ||
		(actor.kind === 'account' && actor.secondFactor && actor.roles.some((held) => held.role === 'administrator'))
	);
}

export function isSecretariat(actor: Actor): boolean {
	return holds(actor, []);
}

/** Moderator of the topic (of any topic where none is named), or secretariat. */
export function isModerator(actor: Actor, topicId?: string): boolean {
	return holds(actor, ['moderator'], topicId);
}

/** Rapporteur of the topic (of any topic where none is named), or secretariat. */
export function isRapporteur(actor: Actor, topicId?: string): boolean {
	return holds(actor, ['rapporteur'], topicId);
}

/** Anyone with a role in the topic (in any topic where none is named). */
export function isStaff(actor: Actor, topicId?: string): boolean {
	return holds(actor, ['moderator', 'rapporteur'], topicId);
}
