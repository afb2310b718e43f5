import type { Actor, Role } from '#activity/actor.ts';
import { isAdministrator, isSecretariat } from '#activity/staff.ts';

/** Roles in the institution as a whole are given by administrators, those in one topic by the secretariat too. */
export function mayGrant(actor: Actor, role: Role['role']): boolean {
	return isInstitutional(role) ? isAdministrator(actor) : isSecretariat(actor);
}

/** The secretariat invites participants, and everybody else whose role it may grant. */
export function mayInvite(actor: Actor, role: InvitedRole): boolean {
	return role === 'participant' ? isSecretariat(actor) : mayGrant(actor, role);
}

/** Participants join by themselves; what stands beside and above organisations is looked after by the secretariat. */
export const mayLookAfterOrganisations = isSecretariat;

/** Whether mails were delivered, and trying again. Their words may open an account, so only administrators read them. */
export const maySeeMail = isSecretariat;
export const mayReadMail = isAdministrator;

export const maySeeStaff = isSecretariat;
export const mayResetSecondFactor = isAdministrator;

export type InvitedRole = Role['role'] | 'participant';

export function isInstitutional(role: InvitedRole): boolean {
	return role === 'administrator' || role === 'secretariat';
}
