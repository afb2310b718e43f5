import { z } from 'zod';
import { inTransaction } from '#database/connection.server.ts';
import { record } from '#activity/recording.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mailById } from '#mail/mail.server.ts';
import { mayReadMail } from '#people/may.ts';
import { contextOf } from '#web/context.server.ts';
import type { PageServerLoad } from './$types';

/** The words of a mail, where there is no mail server: somebody must be able to hand them on. With one they are the receiver's alone. */
export const load: PageServerLoad = async (event) => {
	const { database, settings } = contextOf(event);
	if (settings.smtpUrl !== null || !mayReadMail(event.locals.actor)) throw refusal('not-allowed');
	const [topicId, mailId] = [event.url.searchParams.get('topic'), event.params.mail].map((id) => z.uuid().safeParse(id).data);
	const mail = topicId && mailId ? await mailById(database, topicId, mailId) : null;
	if (!mail) throw refusal('not-found');
	// what was written to a person is theirs: that somebody else read it is on record
	await inTransaction(database, (transaction) =>
		record(transaction, { topicId: mail.topicId, actor: event.locals.actor, did: 'read', kind: 'mail', thingId: mail.mailId })
	);
	return { mail };
};
