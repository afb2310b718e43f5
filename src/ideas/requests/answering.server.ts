import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator, isSecretariat } from '#activity/staff.ts';
import {
	answerErasures,
	askOfStaff,
	openErasureOf,
	openRequest,
	writeAnswer,
	type OpenRequest
} from '#contributions/receipts/requests.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { erasePerson, eraseTexts } from '#ideas/erasing.server.ts';
import { limits } from '#ideas/idea.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { kindNow } from '#ideas/one-idea.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { usableText } from '#languages/usable.ts';
import { queueMail } from '#mail/mail.server.ts';
import { concealmentOf } from '#moderation/deciding.server.ts';
import { isModeratedKind } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { accountsOfParticipants } from '#topics/participants/reaching.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** Of mails that tell an answer. */
export const answerMail = 'receipt-answer';

export interface Answering {
	readonly topicId: string;
	readonly requestId: string;
	readonly grants: boolean;
	/** read by who asked; needed where it is refused */
	readonly words: string;
}

/**
 * Staff answer what the holder of a receipt asked: an appeal that is granted shows the thing again, an erasure that is granted is carried
 * out at once. The author reads the answer on the receipt, and by mail where they have an account.
 */
export async function answerRequest(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, requestId, grants, words }: Answering,
	actor: Actor
): Promise<OpenRequest> {
	const said = usableText(words, { max: limits.reason, what: 'words', mayBeEmpty: true }).trim();
	return inTransaction(database, async (transaction) => {
		const request = await openRequest(transaction, topicId, requestId);
		const may = request.kind === 'appeal' ? isModerator(actor, topicId) : isSecretariat(actor);
		if (!may) throw refusal('not-allowed');
		if (!grants && said === '') throw refusal('reason-missing');
		await writeAnswer(
			transaction,
			{ topicId, requestId },
			{ answer: grants ? 'done' : 'refused', words: said, accountId: accountOf(actor) }
		);
		await record(transaction, {
			topicId,
			actor,
			did: grants ? 'granted' : 'refused',
			kind: request.kind,
			thingId: request.contributionId,
			details: { requestId, scope: request.scope }
		});
		// before the link to whom it is written is cut
		await tellAuthor(transaction, keys, topicId, { request, grants, words: said });
		if (grants && request.kind === 'appeal') await showAgain(transaction, topicId, request, actor);
		if (grants && request.kind === 'erasure') await erase(transaction, keys, topicId, request, actor);
		return request;
	});
}

/**
 * Erases a text whose author asked in another way than on a receipt, as authors of imported texts must, who have none.
 * @param words who asked, and how that they wrote it was seen
 */
export async function eraseWithoutReceipt(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, contributionId, words }: { topicId: string; contributionId: string; words: string },
	actor: Actor
): Promise<void> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const said = usableText(words, { max: limits.words, what: 'words' }).trim();
	await inTransaction(database, async (transaction) => {
		// the words tell who asked: the request itself forgets them with the text, the activity keeps that somebody did
		await askOfStaff(transaction, { topicId, contributionId }, { kind: 'erasure', words: said });
		const requestId = await openErasureOf(transaction, topicId, contributionId);
		await answerRequest(transaction, keys, { topicId, requestId, grants: true, words: '' }, actor);
	});
}

/** What its author withdrew since, or a moderator restored, stays as it is. */
async function showAgain(transaction: Transaction, topicId: string, request: OpenRequest, actor: Actor): Promise<void> {
	const { contributionId: thingId } = request;
	const kind = await kindNow(transaction, { topicId, contributionId: thingId, kind: request.contributionKind });
	if (!isModeratedKind(kind)) return;
	const thing = { topicId, kind, thingId };
	if ((await concealmentOf(transaction, thing)) !== 'hidden') return;
	await decideOn(transaction, thing, { decision: 'restored', words: '' }, actor);
}

async function erase(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	request: OpenRequest,
	actor: Actor
): Promise<void> {
	const { contributionId, participantNumber, scope } = request;
	const isWhole = scope === 'all' && participantNumber !== null;
	const others = isWhole ? await erasePerson(transaction, keys, topicId, participantNumber, actor) : [];
	if (!isWhole) await eraseTexts(transaction, topicId, [contributionId], actor);
	await answerErasures(transaction, topicId, [contributionId, ...others], accountOf(actor));
}

/** No link to the receipt: what lies in a mailbox must not lead to what was erased, nor to who wrote what. */
async function tellAuthor(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	{ request, grants, words }: { request: OpenRequest; grants: boolean; words: string }
): Promise<void> {
	const { participantNumber, kind } = request;
	if (participantNumber === null) return;
	const account = (await accountsOfParticipants(transaction, keys, topicId, [participantNumber])).get(participantNumber);
	if (!account) return;
	const { email, language } = account;
	const say = speakerOf(language);
	const topic = await topicOf(transaction, topicId);
	const values = { title: inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text, words };
	const answer = grants ? 'done' : 'refused';
	await queueMail(transaction, {
		topicId,
		to: email,
		language,
		kind: answerMail,
		subject: say(`receipts.mail-${kind}-subject`, values),
		body: say(`receipts.mail-${kind}-${answer}`, values).trim()
	});
}
