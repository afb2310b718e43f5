import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { inTransaction } from '#database/connection.server.ts';
import { record } from '#activity/recording.server.ts';
import { mailInHealth } from '#contributions/intake/mail/mails-in.server.ts';
import { jobCounts } from '#jobs/looking-after.server.ts';
import { mailCounts, mails, mailStates, retryMail, type MailState } from '#mail/mail.server.ts';
import { noticeMail } from '#newsroom/notices/mailing.server.ts';
import { newsMail } from '#newsroom/sending-news.server.ts';
import { mayReadMail } from '#people/may.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database, settings } = contextOf(event);
	const { searchParams } = event.url;
	const state = mailStates.find((known) => known === searchParams.get('state'));
	const before = z.uuid().safeParse(searchParams.get('before')).data;
	const [counts, page, jobs, mailIn] = await Promise.all([
		mailCounts(database),
		mails(database, { state, before }),
		jobCounts(database),
		mailInHealth(database)
	]);
	return {
		state: state ?? null,
		counts: mailStates.map((name): { state: MailState; count: number } => ({ state: name, count: counts[name] })),
		// their words stay on the page of the single mail, for those who may read it
		mails: page.map(({ body: _, ...mail }) => ({
			...mail,
			to: mayReadMail(event.locals.actor) || !isOfTalks(mail) ? mail.to : ''
		})),
		parked: jobs.parked,
		mailIn: { ...mailIn, domain: settings.mailDomain, way: settings.mailIn?.way ?? null },
		hasServer: settings.smtpUrl !== null,
		mayRead: mayReadMail(event.locals.actor) && settings.smtpUrl === null,
		done: searchParams.has('done')
	};
};

/** Which address takes part where, or belongs to which group, is nobody's business: whether it was delivered can be seen without. */
function isOfTalks({ kind }: { kind: string }): boolean {
	return kind === noticeMail || kind === newsMail;
}

export const actions: Actions = {
	retry: answering(async (event, typed) => {
		const { topic, mail } = parse(z.object({ topic: z.uuid(), mail: z.uuid() }), typed, event.locals.say);
		const { actor } = event.locals;
		await inTransaction(contextOf(event).database, async (transaction) => {
			await retryMail(transaction, topic, mail);
			await record(transaction, { topicId: topic, actor, did: 'sent again', kind: 'mail', thingId: mail });
		});
		redirect(303, localized(event, '/desk/mail?done'));
	})
};
