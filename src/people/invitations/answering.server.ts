import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import type { Actor, Role } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isLanguage } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { makeAccount, type Account } from '#people/accounts.server.ts';
import { isPersonal, stateOf, type Invitation } from '#people/invitations/invitation.ts';
import { invitationBehind } from '#people/invitations/reading.server.ts';
import { addRole } from '#people/roles.server.ts';

/**
 * Takes a place of the invitation for a participant; the verb in topics/ that knows participants calls it in its transaction. The same
 * participant takes one place however often the link is followed.
 * @param markOf what a place of this invitation is known by to whoever has it: it must tell neither who that is, nor that they have one
 * of another invitation
 */
export async function takePlace(
	transaction: Transaction,
	token: string,
	markOf: (invitationId: string) => Promise<Buffer>
): Promise<Invitation> {
	const placeMark = await markOf((await invitationBehind(transaction, token)).invitationId);
	const invitation = await lockedOpen(transaction, token, async (found) => {
		const { rowCount } = await transaction.query(
			`
				select from invitation_answers
				where topic_id = $1 and invitation_id = $2 and answer = 'accepted' and place_mark = $3`,
			[found.topicId, found.invitationId, placeMark]
		);
		return rowCount > 0;
	});
	if (invitation.role !== 'participant') throw refusal('not-found');
	if (!invitation.isMine) await answer(transaction, invitation, 'accepted', { placeMark });
	return invitation;
}

/**
 * Forgets who has the places that are known by these marks; the places stay taken.
 * @param marksOf by what those who are to be forgotten would be known at an invitation
 */
export async function forgetPlaces(
	transaction: Transaction,
	topicId: string,
	marksOf: (invitationId: string) => Promise<Buffer[]>
): Promise<void> {
	const { rows } = await transaction.query<{ invitationId: string }>(
		`
			select distinct invitation_id as "invitationId"
			from invitation_answers
			where topic_id = $1 and place_mark is not null`,
		[topicId]
	);
	const marks = await Promise.all(rows.map(({ invitationId }) => marksOf(invitationId)));
	await transaction.query(
		'update invitation_answers set place_mark = null where topic_id = $1 and place_mark = any ($2::bytea[])',
		[topicId, marks.flat()]
	);
}

/**
 * Accepts a role. The link came to a mailbox, which is proved by its being followed: the account of that address is made if there is
 * none, and the caller may sign it in, once, since an answered link opens nothing.
 */
export async function acceptRole(database: Database, token: string): Promise<Account> {
	return inTransaction(database, async (transaction) => {
		const invitation = await lockedOpen(transaction, token);
		const { role, email, language, topicId } = invitation;
		if (role === 'participant' || email === null) throw refusal('not-found');
		const account = await makeAccount(transaction, { email, name: '', language: isLanguage(language) ? language : 'en' });
		await answer(transaction, invitation, 'accepted', { accountId: account.accountId });
		await addRole(
			transaction,
			{ topicId, accountId: account.accountId, role: role satisfies Role['role'] },
			inviterOf(invitation)
		);
		return account;
	});
}

/** Says no to a personal invitation; a link for a group is simply not used. */
export async function decline(database: Database, token: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const invitation = await lockedOpen(transaction, token);
		if (!isPersonal(invitation)) return;
		await answer(transaction, invitation, 'declined', {});
	});
}

/** Whoever invited gave the role; nobody where a job did. */
function inviterOf({ invitedBy }: Invitation): Actor {
	if (invitedBy === null) return { kind: 'job', name: 'invitation' };
	return { kind: 'account', accountId: invitedBy, visitorId: null, roles: [], secondFactor: false };
}

/** The invitation, if it can still be answered, locked: places are given one after the other. */
async function lockedOpen(
	transaction: Transaction,
	token: string,
	isMine: (found: Invitation) => Promise<boolean> = () => Promise.resolve(false)
): Promise<Invitation & { isMine: boolean }> {
	const { topicId, invitationId } = await invitationBehind(transaction, token);
	await transaction.query('select from invitations where topic_id = $1 and invitation_id = $2 for update', [
		topicId,
		invitationId
	]);
	const found = await invitationBehind(transaction, token);
	if (await isMine(found)) return { ...found, isMine: true };
	switch (stateOf(found, transaction.at)) {
		case 'open':
			return { ...found, isMine: false };
		case 'expired':
			throw refusal('invitation-expired');
		case 'taken-back':
			throw refusal('invitation-ended');
		case 'used':
			throw refusal('invitation-used');
		case 'accepted':
		case 'declined':
			throw refusal('invitation-answered');
	}
}

async function answer(
	transaction: Transaction,
	{ topicId, invitationId, accepted, declined }: Invitation,
	answered: 'accepted' | 'declined',
	who: { accountId?: string; placeMark?: Buffer }
): Promise<void> {
	await transaction.query(
		`
			insert into invitation_answers (topic_id, invitation_id, use_number, answer, account_id, place_mark, answered_at)
			values ($1, $2, $3, $4, $5, $6, $7)`,
		[
			...[topicId, invitationId, accepted + declined + 1, answered],
			...[who.accountId ?? null, who.placeMark ?? null, transaction.at]
		]
	);
	await record(transaction, {
		topicId,
		actor: { kind: 'visitor', visitorId: null },
		did: answered,
		kind: 'invitation',
		thingId: invitationId
	});
}
