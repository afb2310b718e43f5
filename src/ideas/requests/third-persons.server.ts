import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { shownThing, type Named } from '#ideas/moderating/flagging.server.ts';
import { limits } from '#ideas/idea.ts';
import { moderate } from '#ideas/moderating/moderating-many.server.ts';
import type { Act } from '#ideas/moderating/act.ts';
import { wordsOf, type Shown } from '#ideas/moderating/moderating.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isLanguage } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { usableText } from '#languages/usable.ts';
import { queueMail } from '#mail/mail.server.ts';
import { concealmentOf } from '#moderation/concealing.server.ts';
import { noticeSoon } from '#moderation/noticing.server.ts';
import type { Redaction } from '#moderation/personal-data.ts';
import {
	askForRemoval,
	openThirdPersonRequests,
	thirdPersonRequest,
	writeThirdPersonAnswer,
	type ThirdPersonRequest
} from '#moderation/third-persons.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** Of mails that answer somebody whom a text was about. */
export const thirdPersonMail = 'third-person-answer';

/** "This is about me": of a text that everybody can see. Who asks needs no account, and is no participant for it. */
export async function askAboutMe(
	database: Database | Transaction,
	{ topicId, ...named }: { topicId: string } & Named,
	{ words, email, language }: { words: string; email: string; language: string }
): Promise<void> {
	const usable = usableText(words, { max: limits.reason, what: 'words' });
	await inTransaction(database, async (transaction) => {
		const { kind, thingId } = await shownThing(transaction, topicId, named);
		await askForRemoval(transaction, { topicId, kind, thingId }, { words: usable, email: email || null, language });
		await noticeSoon(transaction, topicId);
	});
}

export interface ThirdPersonAtDesk extends Omit<ThirdPersonRequest, 'email'> {
	readonly shown: Shown;
	readonly isAnswerable: boolean;
}

/** What waits for an answer, with the texts; the address of who asks stays with the row. */
export async function thirdPersonsAtDesk(queryable: Queryable, topicId: string): Promise<ThirdPersonAtDesk[]> {
	const requests = await openThirdPersonRequests(queryable, topicId);
	const texts = new Map((await wordsOf(queryable, topicId, requests)).map((shown) => [shown.thingId, shown]));
	return requests.flatMap(({ email, ...request }) => {
		const shown = texts.get(request.thingId);
		return shown ? [{ ...request, shown, isAnswerable: email !== null }] : [];
	});
}

export type AnswerToThirdPerson = { readonly words: string } & (
	{ readonly answer: 'hidden' | 'declined' } | ({ readonly answer: 'redacted' } & Redaction)
);

/**
 * A moderator hides the text, makes the words about this person unreadable, or leaves it and says why. The statement of reasons goes by
 * mail to who asked, where they left an address, and (of the first two) to the author too.
 */
export async function answerThirdPerson(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, requestId, ...given }: { topicId: string; requestId: string } & AnswerToThirdPerson,
	actor: Actor
): Promise<void> {
	const words = usableText(given.words, { max: limits.reason, what: 'words', mayBeEmpty: true }).trim();
	if (given.answer === 'declined' && words === '') throw refusal('reason-missing');
	await inTransaction(database, async (transaction) => {
		const request = await thirdPersonRequest(transaction, topicId, requestId);
		await carryOut(transaction, keys, { topicId, request, given, words }, actor);
		await tell(transaction, topicId, request, given.answer, words);
		await writeThirdPersonAnswer(transaction, { topicId, requestId }, { answer: given.answer, words }, actor);
	});
}

/** What is hidden already, or was taken back, stays so. */
async function carryOut(
	transaction: Transaction,
	keys: TopicKeys,
	{ topicId, request, given, words }: { topicId: string; request: ThirdPersonRequest; given: AnswerToThirdPerson; words: string },
	actor: Actor
): Promise<void> {
	if (given.answer === 'declined') return;
	const { kind, thingId } = request;
	const concealed = await concealmentOf(transaction, { topicId, kind, thingId });
	if (concealed === 'erased' || (given.answer === 'hidden' && concealed !== null && concealed !== 'held')) return;
	const [shown] = await wordsOf(transaction, topicId, [request]);
	const act: Act =
		given.answer === 'redacted'
			? { does: 'redact', phrases: given.phrases, contacts: given.contacts }
			: { does: 'hide', reason: 'personal-data' };
	await moderate(transaction, keys, { topicId, chosen: [{ kind, thingId, seen: shown?.version ?? 1 }], act, words }, actor);
}

async function tell(
	transaction: Transaction,
	topicId: string,
	{ email, language: wanted }: ThirdPersonRequest,
	answer: AnswerToThirdPerson['answer'],
	words: string
): Promise<void> {
	if (email === null) return;
	const language = isLanguage(wanted) ? wanted : 'en';
	const say = speakerOf(language);
	const topic = await topicOf(transaction, topicId);
	const title = inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text;
	await queueMail(transaction, {
		topicId,
		to: email,
		language,
		kind: thirdPersonMail,
		subject: say('about-me.mail-subject', { title }),
		body: [say(`about-me.mail-${answer}`, { title }), words].filter((part) => part !== '').join('\n\n')
	});
}
