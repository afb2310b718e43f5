import { isId } from '#cafes/notes/note.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

/** How it went, as somebody who hosted a table says it at the end. Neither who nor which table stands beside it. */
export interface Feedback {
	/** UUID v4, made on the phone: sent again it is the same */
	readonly id: string;
	/** 1 badly to 5 very well */
	readonly went: number;
	readonly words: string;
	readonly language: string;
}

export const longestFeedback = 2000;

export async function giveFeedback(
	database: Database | Transaction,
	{ topicId, eventId }: { readonly topicId: string; readonly eventId: string },
	{ id, went, words, language }: Feedback
): Promise<void> {
	if (!isId(id) || !Number.isInteger(went) || went < 1 || went > 5) throw refusal('unreadable');
	const usable = usableText(words, { max: longestFeedback, what: 'words', mayBeEmpty: true });
	const tag = languageTag(language);
	if (tag === null) throw refusal('unknown-language', { tag: language.slice(0, 60) });
	await inTransaction(database, async (transaction) => {
		await requireOpenTopic(transaction, topicId);
		await transaction.query(
			`insert into cafe_feedback (topic_id, feedback_id, event_id, went, words, language) values ($1, $2, $3, $4, $5, $6)
			on conflict (topic_id, feedback_id) do nothing`,
			[topicId, id, eventId, went, usable, tag]
		);
	});
}

/** All of it, in the order of random ids: which came first is not known. */
export async function feedbackOn(queryable: Queryable, topicId: string, eventId: string): Promise<Omit<Feedback, 'id'>[]> {
	const { rows } = await queryable.query<Omit<Feedback, 'id'>>(
		`select went, words, language from cafe_feedback where topic_id = $1 and event_id = $2 order by feedback_id`,
		[topicId, eventId]
	);
	return rows;
}
