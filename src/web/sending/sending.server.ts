import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { addressOf } from '#contributions/receipts/receipts.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { attributions, type Attribution } from '#contributions/contribution.ts';
import type { Sent } from '#ideas/submitting.server.ts';
import { languageOf } from '#languages/detection.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import type { Openable } from '#topics/stages/stage.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { profileOf } from '#topics/participants/stating.server.ts';
import type { Topic } from '#topics/topic.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import { localized } from '#web/answering.server.ts';
import { authorByProfile, type AuthorLine } from '#web/talk/authors.server.ts';
import { contextOf } from '#web/context.server.ts';

/** What every form for a text of one's own asks beside the text. */
export const fieldsOfSending = {
	attribution: z.enum(attributions).default('group'),
	name: z.string().default(''),
	language: z.string().max(35).default(''),
	/** made with the page: two clicks, two tabs and the back button send the same one */
	requestKey: z.string().max(100).default('')
};

/** What a page with such a form shows: the talk, whether it takes such texts now, who sends, and the key of this page. */
export async function sendingPage(event: RequestEvent, topic: Topic, what: Openable) {
	const open = opennessOf(topic, momentOf(contextOf(event)))[what];
	return { topic: headOf(topic, event.locals.language), open, ...(await sender(event, topic)), requestKey: uuidv4() };
}

/** Who sends, as they would stand without their name. */
export async function sender(event: Pick<RequestEvent, 'platform' | 'locals'>, topic: Pick<Topic, 'topicId' | 'archivedAt'>) {
	const { database, keys } = contextOf(event);
	const { actor, say } = event.locals;
	const [institution, participant] = await Promise.all([
		institutionSeen(database),
		topic.archivedAt === null ? seenParticipant(database, keys, topic.topicId, actor) : null
	]);
	const profile = participant ? await profileOf(database, topic.topicId, participant.number) : null;
	const group = await authorByProfile(database, { attribution: 'group', name: null }, profile, institution, say);
	return { group, hasProfile: profile !== null && profile.groups.length > 0 };
}

/** How the author would stand, for a preview. */
export function authorPreviewed(group: AuthorLine, mode: Attribution, name: string | null): AuthorLine {
	const anonymous = { organisation: null, groups: [], region: null };
	return { ...group, ...(mode === 'anonymous' && anonymous), mode, name };
}

/** The questions of a talk in the reader's language, to choose one of. */
export function questionsToChoose({ questions, defaultLanguage }: Topic, language: string) {
	return questions.map(({ number, texts }) => ({ number, text: inLanguage(texts['text'], [language], defaultLanguage) }));
}

/** After something was sent: its pages are made anew, and its receipt says what happens next. */
export function onToReceipt(event: RequestEvent, { slug }: Pick<Topic, 'slug'>, sent: Sent): never {
	if (sent.isNew && !sent.held) contextOf(event).cache.purge([`/topics/${slug}`]);
	redirect(303, localized(event, `/receipts/${addressOf(sent.receipt)}?sent`));
}

/** The author's choice, else what the text looks like on this page. */
export function languageChosen(event: Pick<RequestEvent, 'locals'>, text: string, chosen: string): Promise<string> {
	return languageOf(text, { chosen, page: event.locals.language });
}
