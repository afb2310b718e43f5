import { instanceSecret, keyFor } from '#database/secret.server.ts';
import { signedIds } from '#mail/signed-ids.server.ts';

/** Of the link by which the sender of a mail confirms it: whoever has it reads mail at that address. */
export interface MailInLinks {
	token(mail: { topicId: string; mailInId: string }): string;
	/** null where the token is not ours */
	mail(token: string): { topicId: string; mailInId: string } | null;
}

export async function mailInLinks({ data, secret }: { data: string; secret: string | null }): Promise<MailInLinks> {
	const { token, ids } = signedIds(keyFor(await instanceSecret({ folder: data, secret: secret ?? undefined }), 'mail-in'));
	return {
		token: ({ topicId, mailInId }) => token(topicId, mailInId),
		mail(signed) {
			const [topicId, mailInId] = ids(signed) ?? [];
			return topicId && mailInId ? { topicId, mailInId } : null;
		}
	};
}
