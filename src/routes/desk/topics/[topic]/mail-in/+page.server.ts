import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { mailAddressOf } from '#contributions/intake/mail/addressees.server.ts';
import { acceptMail, refuseMail } from '#contributions/intake/mail/becoming.server.ts';
import {
	mailInCounts,
	mailsInTopic,
	mailsOnPage,
	type MailIn,
	type MailInState
} from '#contributions/intake/mail/mails-in.server.ts';
import { attributions } from '#contributions/contribution.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

const views = {
	held: ['held'],
	taken: ['confirmed', 'accepted'],
	refused: ['refused', 'disowned'],
	automatic: ['automatic']
} as const satisfies Record<string, readonly MailInState[]>;
type View = keyof typeof views;
const viewNames = Object.keys(views) as View[];

export const load: PageServerLoad = async (event) => {
	const { database, settings } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const { searchParams } = event.url;
	const view = viewNames.find((one) => one === searchParams.get('view')) ?? 'held';
	const before = z.uuid().safeParse(searchParams.get('before')).data;
	const [counts, mails] = await Promise.all([
		mailInCounts(database, topic.topicId),
		mailsInTopic(database, topic.topicId, { states: views[view], before })
	]);
	return {
		topic: headOf(topic, event.locals.language),
		address: mailAddressOf(topic.slug, settings.mailDomain),
		view,
		views: viewNames.map((name) => ({ name, count: views[name].reduce((sum, state) => sum + counts[state], 0) })),
		mails: mails.map(shown),
		before: mails.length === mailsOnPage ? mails.at(-1)!.mailInId : null,
		done: searchParams.get('done')
	};
};

/** Why a mail is not taken stands in our words where we decided, in those of staff where they did. */
function shown({ reason, pieces, files, topicId: _, sha256, ...mail }: MailIn) {
	const ours = (['empty', 'parts', 'broken', 'too-long'] as const).find((one) => one === reason) ?? null;
	return {
		...mail,
		ours,
		theirs: ours === null && mail.state === 'refused' ? reason : '',
		isForgotten: sha256 === null,
		mayBecome: sha256 !== null && mail.isRead && mail.contributionId === null && mail.state !== 'disowned' && ours === null,
		pieces: pieces.map(({ kind, text }) => ({ kind, text: text.trim() })).filter(({ text }) => text !== ''),
		files: files.map(({ part, name, refusal }) => ({ part, name, refusal }))
	};
}

const acceptForm = z.object({
	mail: z.uuid(),
	attribution: z.enum(attributions).default('anonymous'),
	name: z.string().default('')
});
const refuseForm = z.object({ mail: z.uuid(), reason: z.string().default('') });

export const actions: Actions = {
	accept: answering(async (event, typed) => {
		const { mail, ...as } = parse(acceptForm, typed, event.locals.say);
		const { database, keys, cache } = contextOf(event);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await acceptMail(database, keys, { topicId, mailInId: mail }, as, event.locals.actor);
		cache.purge([`/topics/${slug}`]);
		redirect(303, localized(event, `/desk/topics/${slug}/mail-in?done=accepted`));
	}),

	refuse: answering(async (event, typed) => {
		const { mail, reason } = parse(refuseForm, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await refuseMail(contextOf(event).database, { topicId, mailInId: mail }, reason, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${slug}/mail-in?done=refused`));
	})
};
