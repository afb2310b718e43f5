import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isLanguage, pathInLanguage } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { lockRules } from '#moderation/locking.server.ts';
import { howManyWait } from '#moderation/queue.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';

export const queueNoticeJob = 'moderation.notice';
/** Of mails that tell moderators that their queue fills. */
export const queueNoticeMail = 'queue-fills';

const fiveMinutes = 300_000;
const aDay = 24 * 3_600_000;

/** From how many waiting things on the moderators are told; null: never. */
export async function thresholdOf(queryable: Queryable, topicId: string): Promise<number | null> {
	const { rows } = await queryable.query<{ things: number | null }>({
		name: 'queue-threshold',
		text: `
			select things
			from queue_thresholds
			where topic_id = $1
			order by version desc
			limit 1`,
		values: [topicId]
	});
	return rows[0]?.things ?? null;
}

export async function setThreshold(
	database: Database | Transaction,
	topicId: string,
	things: number | null,
	actor: Actor
): Promise<void> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockRules(transaction, topicId);
		const before = await thresholdOf(transaction, topicId);
		if (before === things) return;
		await transaction.query(
			`insert into queue_thresholds (topic_id, version, things, set_at, set_by)
			select $1, coalesce(max(version), 0) + 1, $2, $3, $4
			from queue_thresholds
			where topic_id = $1`,
			[topicId, things, transaction.at, accountOf(actor)]
		);
		const details = { before, things };
		await record(transaction, { topicId, actor, did: 'set', kind: 'queue-threshold', thingId: null, details });
		await noticeSoon(transaction, topicId);
	});
}

/** Looks in a few minutes whether the queue is fuller than the topic wants; once, however many things come meanwhile. */
export async function noticeSoon(transaction: Transaction, topicId: string): Promise<void> {
	if ((await thresholdOf(transaction, topicId)) === null) return;
	const runAt = new Date(transaction.at.getTime() + fiveMinutes);
	await addJob(transaction, queueNoticeJob, { topicId }, { jobKey: `${queueNoticeJob} ${topicId}`, runAt });
}

/**
 * Writes to the moderators of the topic (to the secretariat where it has none) when more waits than the topic wants: once until the queue
 * was shorter again, and at most once a day. For the jobs process.
 */
export async function noticeFullQueue(database: Database, topicId: string, { origin }: { origin: string }): Promise<number> {
	return inTransaction(database, async (transaction) => {
		await lockRules(transaction, topicId);
		const threshold = await thresholdOf(transaction, topicId);
		if (threshold === null) return 0;
		const { held, flagged } = await howManyWait(transaction, topicId);
		const waiting = held + flagged;
		const { rows } = await transaction.query<{ state: string; at: Date }>(
			`select state, noticed_at as at from queue_notices where topic_id = $1 order by noticed_at desc limit 1`,
			[topicId]
		);
		const latest = rows[0];
		const isFull = waiting >= threshold;
		if (isFull && latest?.state === 'full' && transaction.at.getTime() - latest.at.getTime() < aDay) return 0;
		if (!isFull && latest?.state !== 'full') return 0;
		await transaction.query(`insert into queue_notices (topic_id, noticed_at, state, waiting) values ($1, $2, $3, $4)`, [
			topicId,
			transaction.at,
			isFull ? 'full' : 'below',
			waiting
		]);
		return isFull ? tell(transaction, topicId, { waiting, threshold, origin }) : 0;
	});
}

async function tell(
	transaction: Transaction,
	topicId: string,
	{ waiting, threshold, origin }: { waiting: number; threshold: number; origin: string }
): Promise<number> {
	const topic = await topicOf(transaction, topicId);
	const { rows } = await transaction.query<{ email: string; language: string }>(
		`with holders as (
			select distinct a.email, a.language, r.role
			from roles r
			join accounts a using (account_id)
			where (r.topic_id = $1 and r.role = 'moderator' or r.role = 'secretariat')
				and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
		)
		select distinct email, language
		from holders
		where role = 'moderator' or not exists (select from holders where role = 'moderator')
		order by email`,
		[topicId]
	);
	for (const { email, language: own } of rows) {
		const language = isLanguage(own) ? own : 'en';
		const say = speakerOf(language);
		const title = inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text;
		const link = origin + pathInLanguage(`/desk/topics/${topic.slug}/moderation`, language);
		await queueMail(transaction, {
			topicId,
			to: email,
			language,
			kind: queueNoticeMail,
			subject: say('moderation.mail-full-subject', { title, count: waiting }),
			body: say('moderation.mail-full', { title, count: waiting, threshold, link })
		});
	}
	return rows.length;
}
