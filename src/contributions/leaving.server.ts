import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { dropLater } from '#contributions/erasing.server.ts';
import { forgetMailsFrom } from '#contributions/intake/mail/forgetting.server.ts';
import { forgetAskingAddress } from '#moderation/third-persons.server.ts';
import { ownAccount } from '#people/accounts.server.ts';
import { deleteAccount } from '#people/leaving.server.ts';

/** Deletes the account of who asks, and the address wherever else it came in: with mails to talks, with what was asked about a text. */
export async function leave(database: Database | Transaction, actor: Actor): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { email } = await ownAccount(transaction, actor);
		await deleteAccount(transaction, actor);
		await forgetAskingAddress(transaction, email);
		for (const { topicId, sha256s } of await forgetMailsFrom(transaction, email)) await dropLater(transaction, topicId, sha256s);
	});
}
