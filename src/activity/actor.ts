/** Who does something. Every verb that changes something is given one; what they may do is asked of a `may…` predicate. */
export type Actor =
	| SignedIn
	/** with what the signed cookie or token says; null while there is none */
	| { readonly kind: 'visitor'; readonly visitorId: string | null }
	/** a background job or a command line verb */
	| { readonly kind: 'job'; readonly name: string };

export interface SignedIn {
	readonly kind: 'account';
	readonly accountId: string;
	/** the cookie of the browser in use, so that acts before signing in can be joined */
	readonly visitorId: string | null;
	readonly roles: readonly Role[];
	/** whether a second factor was shown in this sign-in; staff roles count only with it */
	readonly secondFactor: boolean;
}

export interface Role {
	readonly role: 'administrator' | 'secretariat' | 'moderator' | 'rapporteur';
	/** the topic for which it is held; nilTopic for administrator and secretariat, who hold it everywhere */
	readonly topicId: string;
}

/**
 * The author of a text, for the record: that the author did it, never which account. Only the keyed links lead from a participant to a
 * person, and a record that named the account beside the text would be another such bridge.
 */
export function asAuthor(actor: Actor): Actor {
	return actor.kind === 'job' ? actor : { kind: 'visitor', visitorId: null };
}

/** The account to be noted as the author of a change; null for a job. */
export function accountOf(actor: Actor): string | null {
	return actor.kind === 'account' ? actor.accountId : null;
}
