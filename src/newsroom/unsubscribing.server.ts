import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { instanceSecret, keyFor } from '#database/secret.server.ts';
import { mailById } from '#mail/mail.server.ts';
import { signedIds } from '#mail/signed-ids.server.ts';
import { isMailStopped, resumeMail, stopMail, type MailKind } from '#mail/stopping.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * What the link at the end of a mail carries: which mail it was, topic included, and a signature. The address stands nowhere in
 * it, no row is needed, and it works without signing in for as long as the mail is known.
 */
export interface NewsLinks {
	token(mail: { topicId: string; mailId: string }): string;
	/** null where the token is not ours */
	mail(token: string): { topicId: string; mailId: string } | null;
}

export async function newsLinks({ data, secret }: { data: string; secret: string | null }): Promise<NewsLinks> {
	const { token, ids } = signedIds(keyFor(await instanceSecret({ folder: data, secret: secret ?? undefined }), 'unsubscribe'));
	return {
		token: ({ topicId, mailId }) => token(topicId, mailId),
		mail(signed) {
			const [topicId, mailId] = ids(signed) ?? [];
			return topicId && mailId ? { topicId, mailId } : null;
		}
	};
}

/**
 * Of which kind the mail of this token was, and whether mail of the kind comes to the address to which it went. Refuses `not-
 * found` for a token that is not ours.
 */
export async function mailOfToken(
	queryable: Queryable,
	links: NewsLinks,
	token: string
): Promise<{ readonly kind: string; readonly comes: boolean }> {
	const kind = await kindOf(queryable, links, token);
	return { kind: kind.kind, comes: !(await isMailStopped(queryable, kind)) };
}

export async function comesByMail(queryable: Queryable, links: NewsLinks, token: string): Promise<boolean> {
	return (await mailOfToken(queryable, links, token)).comes;
}

/** One click ends it, another begins it again. */
export async function setMail(database: Database, links: NewsLinks, token: string, wanted: boolean): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const kind = await kindOf(transaction, links, token);
		await (wanted ? resumeMail : stopMail)(transaction, kind);
	});
}

async function kindOf(queryable: Queryable, links: NewsLinks, token: string): Promise<MailKind> {
	const named = links.mail(token);
	const mail = named && (await mailById(queryable, named.topicId, named.mailId));
	if (!mail) throw refusal('not-found');
	return { topicId: mail.topicId, address: mail.to, kind: mail.kind };
}
