import { createHash } from 'node:crypto';
import { record, rememberRequest } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { quote } from '#contributions/passages/passages.server.ts';
import type { Span } from '#contributions/passages/passage.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { Attribution, Channel } from '#contributions/contribution.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { requireQuestion } from '#ideas/openness.server.ts';
import { stanceOf, type Stance } from '#ideas/stances.server.ts';
import { usableWording } from '#ideas/submitting.server.ts';
import { countIdea, writeIdea, type Wording } from '#ideas/writing.server.ts';
import { languageTag } from '#languages/languages.ts';
import { concealmentOf } from '#moderation/deciding.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

/** The words of a text on which a rapporteur rests something: spans of one or more of its parts. */
export interface Drawing {
	readonly topicId: string;
	readonly contributionId: string;
	readonly quotes: readonly { readonly part: number; readonly textVersion: number; readonly spans: readonly Span[] }[];
	/** chosen by the page: a double click draws once */
	readonly requestKey: string | null;
}

export interface DrawnWording extends Wording {
	readonly questionId: string | null;
	/** BCP 47 or `und` */
	readonly language: string;
}

/** A rapporteur draws a new idea from words of a text: it counts for the groups and the region of who wrote the text, which raises it. */
export async function drawIdea(
	database: Database | Transaction,
	drawing: Drawing,
	wording: DrawnWording,
	actor: Actor
): Promise<{ number: number }> {
	const words = usableWording(wording);
	const language = languageTag(wording.language);
	if (language === null) throw refusal('unknown-language', { tag: wording.language });
	return atTheDesk(database, drawing, actor, async (transaction, { text, accountId }) => {
		const { topicId } = drawing;
		const ideaId = uuidv7();
		const before = await madeBefore(transaction, drawing, accountId, ideaId);
		if (before !== null) return { number: await numberOf(transaction, topicId, before) };
		if (wording.questionId !== null) await requireQuestion(transaction, topicId, wording.questionId);
		const passages = await quoteAll(transaction, drawing, accountId);
		const number = await writeIdea(transaction, {
			...words,
			topicId,
			ideaId,
			contributionId: null,
			questionId: wording.questionId,
			channel: text.channel,
			language,
			participant: text.participant,
			attribution: text.attribution,
			drawnBy: accountId,
			successorOf: null
		});
		for (const { passageId } of passages) {
			await stanceOf(transaction, { topicId, passageId, number, stance: 'raises', by: accountId });
		}
		await countIdea(transaction, topicId, wording.questionId, 1);
		await announce(transaction, { topicId, event: 'idea.published', path: `/ideas/${number}` });
		await record(transaction, {
			topicId,
			actor,
			did: 'drew',
			kind: 'idea',
			thingId: ideaId,
			details: { number, from: drawing.contributionId, passages: passages.map(({ passageId }) => passageId) }
		});
		return { number };
	});
}

/** A rapporteur notes what words of a text say to an idea that is there already. */
export async function attachPassages(
	database: Database | Transaction,
	drawing: Drawing,
	{ number, stance }: { number: number; stance: Stance },
	actor: Actor
): Promise<void> {
	await atTheDesk(database, drawing, actor, async (transaction, { accountId }) => {
		const { topicId } = drawing;
		const idea = await ideaOfTopic(transaction, topicId, number);
		if (idea.concealed !== null) throw refusal('not-found');
		if ((await madeBefore(transaction, drawing, accountId, uuidv7())) !== null) return;
		const passages = await quoteAll(transaction, drawing, accountId);
		for (const { passageId } of passages) await stanceOf(transaction, { topicId, passageId, number, stance, by: accountId });
		await record(transaction, {
			topicId,
			actor,
			did: 'attached',
			kind: 'idea',
			thingId: idea.id,
			details: { number, stance, from: drawing.contributionId, passages: passages.map(({ passageId }) => passageId) }
		});
	});
}

async function quoteAll(transaction: Transaction, { topicId, contributionId, quotes }: Drawing, accountId: string) {
	if (quotes.length === 0) throw refusal('no-passage');
	const passages = [];
	for (const { part, textVersion, spans } of quotes) {
		passages.push(...(await quote(transaction, { topicId, contributionId, part, textVersion }, spans, accountId)));
	}
	return passages;
}

interface TextOnTheDesk {
	readonly accountId: string;
	readonly text: AuthorOfText;
}

interface AuthorOfText {
	readonly channel: Channel;
	readonly attribution: Attribution;
	readonly participant: { readonly number: number; readonly profile: number } | null;
}

/** Rapporteurs work in drafts and after the last stage too, but on no text that cannot be seen and in no archived topic. */
async function atTheDesk<T>(
	database: Database | Transaction,
	{ topicId, contributionId }: Drawing,
	actor: Actor,
	work: (transaction: Transaction, desk: TextOnTheDesk) => Promise<T>
): Promise<T> {
	if (!isRapporteur(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		if ((await topicOf(transaction, topicId)).archivedAt !== null) throw refusal('topic-archived');
		if (await concealmentOf(transaction, { topicId, kind: 'submission', thingId: contributionId })) throw refusal('not-found');
		return work(transaction, { accountId: actor.accountId, text: await authorOf(transaction, topicId, contributionId) });
	});
}

/** As the author is described until the end of the transaction: a correction of what their form says waits, or is seen. */
async function authorOf(transaction: Transaction, topicId: string, contributionId: string): Promise<AuthorOfText> {
	const { rows } = await transaction.query<{
		channel: Channel;
		attribution: Attribution;
		number: number | null;
		profile: number | null;
	}>(
		`
			select channel, attribution, participant_number as number, profile_number as profile
			from contributions
			where topic_id = $1 and contribution_id = $2
			for share`,
		[topicId, contributionId]
	);
	const found = rows[0];
	if (!found) throw refusal('not-found');
	const { channel, attribution, number, profile } = found;
	return { channel, attribution, participant: number === null || profile === null ? null : { number, profile } };
}

/** Null: this request is new; otherwise what its first time made. */
async function madeBefore(
	transaction: Transaction,
	{ topicId, requestKey }: Drawing,
	accountId: string,
	thingId: string
): Promise<string | null> {
	if (requestKey === null) return null;
	const requester = createHash('sha256').update(`account ${accountId}`).digest();
	return rememberRequest(transaction, { topicId, requester, requestKey, kind: 'drawing', thingId });
}

async function numberOf(queryable: Queryable, topicId: string, ideaId: string): Promise<number> {
	const { rows } = await queryable.query<{ number: number }>(
		`select idea_number as number from ideas where topic_id = $1 and idea_id = $2`,
		[topicId, ideaId]
	);
	if (!rows[0]) throw refusal('request-key-taken');
	return rows[0].number;
}
