import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { confirmMail, disownMail, titleOf } from '#contributions/intake/mail/becoming.server.ts';
import { mailInLinks } from '#contributions/intake/mail/links.server.ts';
import { mailInOf } from '#contributions/intake/mail/mails-in.server.ts';
import { ownWords } from '#contributions/intake/mail/quoting.ts';
import { addressOf, codeOf, receiptOfContribution } from '#contributions/receipts/receipts.server.ts';
import { attributions } from '#contributions/contribution.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { onToReceipt, sender, stateBeside } from '#web/sending/sending.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the link decides nothing: programs that look at mails open it too. */
export const load: PageServerLoad = async (event) => {
	const { database, keys } = contextOf(event);
	const { mail, topic } = await mailOfLink(event);
	const { group, hasProfile, who } = await sender(event, topic);
	const words = ownWords(mail.pieces);
	const receipt = mail.contributionId === null ? null : await receiptOfContribution(database, topic.topicId, mail.contributionId);
	const isShown = mail.state === 'held';
	return {
		topic: headOf(topic, event.locals.language),
		state: mail.state,
		isRead: mail.isRead,
		title: isShown ? titleOf(mail, words) : '',
		words: isShown ? words : '',
		language: mail.language,
		leftOut: isShown ? mail.pieces.filter(({ kind }) => kind !== 'own').map(({ text }) => text.trim()) : [],
		files: isShown ? mail.files.map(({ part, name, refusal }) => ({ part, name, refusal })) : [],
		name: isShown ? mail.fromName : '',
		group,
		hasProfile,
		who,
		receipt: receipt && { address: addressOf(receipt), code: await codeOf(keys, receipt) }
	};
};

const form = z.object({
	attribution: z.enum(attributions).default('group'),
	name: z.string().default(''),
	parts: z.array(z.coerce.number().int()).default([])
});

export const actions: Actions = {
	confirm: answering(async (event, typed) => {
		const { database, keys } = contextOf(event);
		const as = parse(form, typed, event.locals.say);
		const { mail, topic } = await mailOfLink(event);
		await stateBeside(event, topic, typed);
		onToReceipt(event, topic, await confirmMail(database, keys, mail, as, event.locals.actor));
	}, 'writing'),

	disown: answering(async (event) => {
		const { mail } = await mailOfLink(event);
		await disownMail(contextOf(event).database, mail);
		redirect(303, localized(event, `/mail/${event.params.token ?? ''}`));
	})
};

async function mailOfLink(event: RequestEvent) {
	const { database, settings } = contextOf(event);
	const named = (await mailInLinks(settings)).mail(event.params['token'] ?? '');
	if (!named) throw refusal('not-found');
	const mail = await mailInOf(database, named);
	return { mail, topic: await topicOf(database, named.topicId) };
}
