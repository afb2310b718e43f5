import type { Transaction } from '#database/connection.server.ts';

/** Who had this address wants to be known no more: that somebody was invited stays, and what was not answered is open no more. */
export async function forgetInvitedAddress(transaction: Transaction, address: string): Promise<void> {
	await transaction.query(
		`
			insert into invitation_ends (topic_id, invitation_id, ended_at)
			select topic_id, invitation_id, $2
			from invitations i
			where lower(email) = lower($1) and not exists (
				select from invitation_answers a where a.topic_id = i.topic_id and a.invitation_id = i.invitation_id)
			on conflict do nothing`,
		[address, transaction.at]
	);
	await transaction.query(`update invitations set email = '' where lower(email) = lower($1)`, [address]);
}
