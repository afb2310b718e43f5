import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { uuidv7 } from '#database/ids.ts';
import { languageCodes } from '#languages/languages.ts';
import { mailOf } from '#newsroom/notices/mailing.server.ts';
import { noticeWays } from '#newsroom/notices/notice.ts';
import { outcomesOf } from '#newsroom/notices/outcomes.server.ts';
import { sendNotice, sendTrial, takeNoticeBack } from '#newsroom/notices/sending.server.ts';
import { noticeNumbered } from '#newsroom/notices/writing.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { originOf } from '#web/desk/inviting.server.ts';
import {
	audienceName,
	audienceOptions,
	choiceOf,
	noticeFields,
	reachShown,
	saveFrom,
	stateOf,
	titleOf
} from '#web/desk/notices.server.ts';
import { textsForForm } from '#web/texts/texts-of-form.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database, settings } = contextOf(event);
	const { actor, language, say } = event.locals;
	const { topic, notice } = await noticeOfPage(event);
	const wishes = { links: await newsLinks(settings), origin: originOf(event) };
	const [institution, reach, outcomes] = await Promise.all([
		institutionSeen(database),
		reachShown(database, topic.topicId, notice, event),
		outcomesOf(database, topic.topicId, [notice.noticeId], actor)
	]);
	const offered = languageCodes.filter((code) => institution.languages.includes(code) || topic.languages.includes(code));
	// the link of a preview opens nothing: its mail is never sent
	const previews = await Promise.all(offered.map(async (code) => (await mailOf(database, notice, code, wishes))(uuidv7())));
	return {
		topic: headOf(topic, language),
		number: notice.number,
		id: notice.noticeId,
		title: titleOf(notice, topic, language),
		state: stateOf(notice),
		way: notice.way,
		sentAt: notice.sentAt,
		takenBackAt: notice.takenBackAt,
		isPublic: notice.isPublic,
		to: audienceName(notice, institution, say),
		choice: choiceOf(notice),
		reach,
		outcome: outcomes.get(notice.noticeId),
		languages: topic.languages,
		texts: textsForForm(notice.texts, noticeFields),
		audiences: await audienceOptions(event),
		replyTo: previews[0]?.replyTo ?? null,
		previews: previews.map(({ language: code, subject, body }) => ({ language: code, subject, body })),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	save: answering(async (event, typed) => {
		const { topic, notice } = await noticeOfPage(event);
		typed.set('id', notice.noticeId);
		await saveFrom(event, typed, topic);
		done(event, 'saved');
	}),

	try: answering(async (event) => {
		const { database, settings } = contextOf(event);
		const { topic, notice } = await noticeOfPage(event);
		const wishes = { links: await newsLinks(settings), origin: originOf(event) };
		await sendTrial(database, topic.topicId, notice.noticeId, wishes, event.locals.actor);
		done(event, 'tried');
	}),

	send: answering(async (event, typed) => {
		const { way } = parse(z.object({ way: z.enum(noticeWays, 'notices.way-missing') }), typed, event.locals.say);
		const { database, cache } = contextOf(event);
		const { topic, notice } = await noticeOfPage(event);
		await sendNotice(database, topic.topicId, notice.noticeId, way, event.locals.actor);
		cache.purge([`/topics/${topic.slug}`]);
		done(event, 'sent');
	}),

	'take-back': answering(async (event) => {
		const { database, cache } = contextOf(event);
		const { topic, notice } = await noticeOfPage(event);
		await takeNoticeBack(database, topic.topicId, notice.noticeId, event.locals.actor);
		cache.purge([`/topics/${topic.slug}`]);
		done(event, 'taken-back');
	})
};

type NoticeEvent = RequestEvent<{ topic: string; notice: string }>;

async function noticeOfPage(event: NoticeEvent) {
	const topic = await topicOfPage(event, { drafts: true });
	const { notice } = event.params;
	if (!/^[1-9]\d{0,8}$/.test(notice)) throw refusal('not-found');
	return { topic, notice: await noticeNumbered(contextOf(event).database, topic.topicId, Number(notice)) };
}

function done(event: NoticeEvent, what: string): never {
	const { topic, notice } = event.params;
	redirect(303, localized(event, `/desk/topics/${topic}/notices/${notice}?done=${what}`));
}
