import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { forgetAddress } from '#mail/forgetting.server.ts';
import { forgetInvitedAddress } from '#people/invitations/forgetting.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * Deletes the account of who asks, with all by which it signs in, and its address wherever it was written to. What they sent stays, as that
 * of a participant whom nothing leads back to a person. Refuses `account-of-staff` to who has or had a role: the record of who did what
 * names them.
 */
export async function deleteAccount(database: Database | Transaction, actor: Actor): Promise<void> {
	if (actor.kind !== 'account') throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		// a role that is given meanwhile waits for this, and then finds nobody
		const { rows } = await transaction.query<{ user: string | null; email: string }>(
			'select sign_in_user as user, email from accounts where account_id = $1 for update',
			[actor.accountId]
		);
		if (!rows[0]) throw refusal('not-allowed');
		const held = await transaction.query('select from roles where account_id = $1 limit 1', [actor.accountId]);
		if (held.rowCount > 0) throw refusal('account-of-staff');
		await transaction.query('delete from accounts where account_id = $1', [actor.accountId]);
		await transaction.query('delete from sign_in."user" where "id" = $1', [rows[0].user]);
		// a code that was asked for and not used
		await transaction.query('delete from sign_in."verification" where position(lower($1) in lower("identifier")) > 0', [
			rows[0].email
		]);
		await forgetInvitedAddress(transaction, rows[0].email);
		await forgetAddress(transaction, rows[0].email);
	});
}
