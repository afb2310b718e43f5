import type { Language } from '#languages/languages.ts';
import type { InvitedRole } from '#people/may.ts';

/** Somebody is asked to take part, or to take on a role: one person by mail, or several by a link with a cap. */
export interface Invitation {
	readonly topicId: string;
	readonly invitationId: string;
	readonly role: InvitedRole;
	/** Null for a link that is handed to a group. */
	readonly email: string | null;
	readonly usesAllowed: number;
	readonly group: string | null;
	readonly region: string | null;
	readonly organisationId: string | null;
	readonly language: Language;
	readonly invitedAt: Date;
	readonly invitedBy: string | null;
	readonly expiresAt: Date;
	readonly accepted: number;
	readonly declined: number;
	readonly isTakenBack: boolean;
}

export type InvitationState = 'open' | 'accepted' | 'declined' | 'used' | 'expired' | 'taken-back';

/** What can still come of it. An answer stands before the end of its time: who accepted has not expired. */
export function stateOf(invitation: Invitation, at: Date): InvitationState {
	if (isPersonal(invitation)) {
		if (invitation.accepted > 0) return 'accepted';
		if (invitation.declined > 0) return 'declined';
	} else if (invitation.accepted >= invitation.usesAllowed) return 'used';
	if (invitation.isTakenBack) return 'taken-back';
	return at.getTime() >= invitation.expiresAt.getTime() ? 'expired' : 'open';
}

export function isPersonal({ email }: Pick<Invitation, 'email'>): boolean {
	return email !== null;
}
