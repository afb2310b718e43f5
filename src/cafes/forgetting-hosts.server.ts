import type { Transaction } from '#database/connection.server.ts';
import { forgetMailsTo } from '#mail/forgetting.server.ts';

/** What hosts are told: where they sit stands in it. */
export const hostMail = 'host-link';

/** Who hosted which table stands in the mails to them, too. */
export async function forgetHostMails(
	transaction: Transaction,
	topicId: string,
	addresses: readonly (string | null)[]
): Promise<void> {
	const known = addresses.filter((address) => address !== null);
	if (known.length > 0) await forgetMailsTo(transaction, { topicId, kind: hostMail }, known);
}
