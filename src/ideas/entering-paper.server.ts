import { accountOf, type Actor } from '#activity/actor.ts';
import { count } from '#activity/counting.server.ts';
import { record } from '#activity/recording.server.ts';
import type { Attribution } from '#contributions/contribution.ts';
import { decide, noteTexts, refuseDone } from '#contributions/intake/paper/deciding.server.ts';
import { lockForm } from '#contributions/intake/paper/forms.server.ts';
import { mayHandlePaper } from '#contributions/intake/paper/may.ts';
import { giveReceipt, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { receiveContribution } from '#contributions/receiving.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { writeSubmission } from '#contributions/submitting.server.ts';
import { wordsIn } from '#contributions/words.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { becomeIdea, usableName, usableWording } from '#ideas/submitting.server.ts';
import { wholeText } from '#ideas/writing.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import type { Participant } from '#topics/participants/participants.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { consistentProfile } from '#topics/participants/stating.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

export interface TypedForm {
	readonly topicId: string;
	readonly number: number;
	/** as many as stand on it; those without a point are left out */
	readonly ideas: readonly { readonly point: string; readonly explanation: string; readonly questionId: string | null }[];
	/** what is too long for an idea; empty: nothing */
	readonly long: { readonly title: string; readonly text: string };
	/** BCP 47 or `und`: in which its writer wrote */
	readonly language: string;
	readonly groups: readonly string[];
	readonly country: string | null;
	/** as it stands there; may be empty */
	readonly organisation: string;
	readonly attribution: Attribution;
	readonly name: string;
}

export interface FormEntered {
	/** of ideas first */
	readonly receipts: readonly Receipt[];
	readonly held: number;
}

/**
 * What a helper typed from a paper form, as the words of a participant of their own whom nothing links to anybody: the strip of the form opens it.
 * A form is typed once. One that was filled in while the talk took ideas is typed whenever a helper comes to it.
 */
export async function enterForm(database: Database, keys: TopicKeys, form: TypedForm, actor: Actor): Promise<FormEntered> {
	const { topicId, number } = form;
	if (!mayHandlePaper(actor, topicId)) throw refusal('not-allowed');
	const usable = usableForm(form);
	return inTransaction(database, async (transaction) => {
		refuseDone(await lockForm(transaction, topicId, number), number);
		const topic = await topicOf(transaction, topicId);
		if (topic.publishedAt === null) throw refusal('not-found');
		if (topic.archivedAt !== null) throw refusal('topic-archived');
		for (const { questionId } of usable.ideas)
			if (questionId !== null && !topic.questions.some((question) => question.questionId === questionId))
				throw refusal('not-found');
		const participant = await writerOf(transaction, form);
		const entered: { receipt: Receipt; held: boolean }[] = [];
		for (const { questionId, ...wording } of usable.ideas)
			entered.push(await enterIdea(transaction, keys, { ...usable, topicId, wording, questionId, participant }));
		if (usable.long) entered.push(await enterLong(transaction, keys, { ...usable, topicId, ...usable.long, participant }));
		const receipts = entered.map(({ receipt }) => receipt);
		await noteTexts(
			transaction,
			topicId,
			number,
			receipts.map(({ contributionId }) => contributionId)
		);
		await decide(transaction, topicId, number, 'typed', accountOf(actor));
		const details = { form: number, texts: receipts.length };
		await record(transaction, { topicId, actor, did: 'typed', kind: 'paper', thingId: null, details });
		return { receipts, held: entered.filter(({ held }) => held).length };
	});
}

function usableForm({ ideas, long, attribution, name, language: tag }: TypedForm) {
	const language = languageTag(tag);
	if (language === null) throw refusal('unknown-language', { tag });
	const said = ideas.filter(({ point, explanation }) => point.trim() !== '' || explanation.trim() !== '');
	const isLong = long.title.trim() !== '' || long.text.trim() !== '';
	if (said.length === 0 && !isLong) throw refusal('form-without-words');
	return {
		ideas: said.map(({ point, explanation, questionId }) => ({
			...usableWording({ point: point.trim(), explanation, sources: '' }),
			questionId
		})),
		long: isLong
			? {
					title: usableText(long.title, { max: submissionLimits.title, what: 'title' }).trim(),
					text: usableText(long.text, { max: submissionLimits.text, what: 'text' })
				}
			: null,
		name: usableName({ attribution, name }),
		attribution,
		language
	};
}

async function writerOf(
	transaction: Transaction,
	{ topicId, groups, country, organisation, language }: TypedForm
): Promise<Participant> {
	const [organisationId = null] = await organisationsNamed(transaction, [{ name: organisation, country }]);
	const reads = language === 'und' ? [] : [language];
	const stated = { groups, country, region: null, organisationId, capacity: null, reads };
	const [participant] = await bringInParticipants(transaction, topicId, [await consistentProfile(transaction, stated)]);
	return participant!;
}

interface Words {
	readonly topicId: string;
	readonly participant: Participant;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly language: string;
}

async function enterIdea(
	transaction: Transaction,
	keys: TopicKeys,
	{ wording, questionId, ...words }: Words & { wording: ReturnType<typeof usableWording>; questionId: string | null }
): Promise<{ receipt: Receipt; held: boolean }> {
	const text = wholeText(wording);
	const { contributionId } = await receiveContribution(transaction, { ...words, kind: 'idea', channel: 'paper', text });
	const rest = { channel: 'paper', suspicion: null, successorOf: null } as const;
	return becomeIdea(transaction, keys, { ...words, ...rest, wording, questionId, contributionId });
}

async function enterLong(
	transaction: Transaction,
	keys: TopicKeys,
	{ title, text, ...words }: Words & { title: string; text: string }
): Promise<{ receipt: Receipt; held: boolean }> {
	const { topicId, participant } = words;
	const { contributionId } = await receiveContribution(transaction, { ...words, kind: 'submission', channel: 'paper', text });
	const thing = { topicId, kind: 'submission', thingId: contributionId } as const;
	const held = await holdIfRuled(transaction, thing, { text: `${title}\n${text}`, participantNumber: participant.number });
	const receipt = await giveReceipt(transaction, keys, topicId, contributionId);
	const number = await writeSubmission(transaction, { topicId, contributionId, title, words: wordsIn(text), files: [] });
	if (!held) {
		await count(transaction, topicId, 'submissions', 1);
		await announce(transaction, { topicId, event: 'submission.published', path: `/submissions/${number}` });
	}
	return { receipt, held };
}
