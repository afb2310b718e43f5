import type { Transaction } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { accountsOfParticipants } from '#topics/participants/reaching.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** One mail to each author who has an account, in their language: no words of theirs, and nothing that leads from a mailbox to who wrote what. */
export async function tellOfSamePoint(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	numbers: readonly number[]
): Promise<void> {
	const { rows } = await transaction.query<{ author: number }>(
		`select distinct participant_number as author
		from ideas
		where topic_id = $1 and idea_number = any ($2::int[]) and participant_number is not null`,
		[topicId, numbers]
	);
	const accounts = await accountsOfParticipants(
		transaction,
		keys,
		topicId,
		rows.map(({ author }) => author)
	);
	if (accounts.size === 0) return;
	const topic = await topicOf(transaction, topicId);
	const letters = new Map([...accounts.values()].map((to) => [to.accountId, to]));
	for (const { email, language } of letters.values()) {
		const say = speakerOf(language);
		const title = inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text;
		await queueMail(transaction, {
			...{ topicId, to: email, language, kind: 'same-point' },
			subject: say('same-points.mail-subject', { title }),
			body: say('same-points.mail', { title })
		});
	}
}
