import type { Actor, Role, SignedIn } from '#activity/actor.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { makeAccount } from '#people/accounts.server.ts';

/** Whoever a test needs, with the roles that it names. */
export function anAccount(differences: Partial<SignedIn> = {}): SignedIn {
	return {
		kind: 'account',
		accountId: '01a1f9b0-0000-7000-8000-00000000000a',
		visitorId: null,
		roles: [],
		secondFactor: true,
		...differences
	};
}

export function holding(role: Role['role'], topicId = nilTopic): SignedIn {
	return anAccount({ roles: [{ role, topicId }] });
}

export const aVisitor: Actor = { kind: 'visitor', visitorId: 'a-visitor' };
export const aJob: Actor = { kind: 'job', name: 'test' };

/** An account that is really there. */
export async function anAccountIn(database: Database, name: string, roles: readonly Role[] = []) {
	const { accountId } = await inTransaction(database, (transaction) =>
		makeAccount(transaction, { email: `${name.toLowerCase()}@example.org`, name, language: 'en' })
	);
	return anAccount({ accountId, roles });
}
