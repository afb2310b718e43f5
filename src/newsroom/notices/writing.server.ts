import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { textsOf, writeTexts, type TextsOfThing, type WrittenTexts } from '#languages/texts.server.ts';
import { usableText } from '#languages/usable.ts';
import { noticeLimits, type NoticeFor, type NoticeWay } from '#newsroom/notices/notice.ts';
import { refusal } from '#refusals/refusal.ts';

export interface WrittenNotice extends NoticeFor {
	readonly topicId: string;
	/** made by the form, so that a second click finds the first */
	readonly noticeId: string;
	readonly isPublic: boolean;
	/** title and text */
	readonly texts: WrittenTexts;
}

export interface NoticeOfTopic extends NoticeFor {
	readonly topicId: string;
	readonly noticeId: string;
	readonly number: number;
	readonly isPublic: boolean;
	readonly changedAt: Date;
	/** null: a draft */
	readonly way: NoticeWay | null;
	readonly sentAt: Date | null;
	/** everybody was looked at: what goes on is the delivery of mails */
	readonly isComplete: boolean;
	readonly takenBackAt: Date | null;
	/** title, text */
	readonly texts: TextsOfThing;
}

/** Keeps a notice, or changes one that was not sent. @returns its number */
export async function saveNotice(database: Database, notice: WrittenNotice, actor: Actor): Promise<number> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const { topicId, noticeId, audience, audienceKey, isPublic, texts } = notice;
	for (const [field, max] of Object.entries(noticeLimits))
		for (const text of Object.values(texts[field] ?? {})) usableText(text, { max, what: field, mayBeEmpty: true });
	return inTransaction(database, async (transaction) => {
		const known = await lockedNotice(transaction, topicId, noticeId);
		if (known && known.way !== null) throw refusal('notice-sent');
		const number = known?.number ?? (await nextNumber(transaction, topicId, 'notices'));
		await transaction.query(
			`insert into notices (topic_id, notice_id, notice_number, audience, audience_key, is_public, changed_at, changed_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict (topic_id, notice_id) do update
			set audience = excluded.audience, audience_key = excluded.audience_key, is_public = excluded.is_public,
				changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
			[topicId, noticeId, number, audience, audienceKey, isPublic, transaction.at, accountOf(actor)]
		);
		const changed = await writeTexts(transaction, { topicId, kind: 'notice', thingId: noticeId }, texts, accountOf(actor));
		const details = { audience, audienceKey, isPublic, texts: changed };
		const did = known ? 'changed' : 'drafted';
		await record(transaction, { topicId, actor, did, kind: 'notice', thingId: noticeId, details });
		return number;
	});
}

/** The notice, locked until the end of the transaction: what sends it and what takes it back come one after the other. */
export async function lockedNotice(transaction: Transaction, topicId: string, noticeId: string): Promise<NoticeOfTopic | null> {
	await transaction.query(`select from notices where topic_id = $1 and notice_id = $2 for update`, [topicId, noticeId]);
	const { rows } = await transaction.query<Omit<NoticeOfTopic, 'texts'>>(
		`${selectNotices} where n.topic_id = $1 and n.notice_id = $2`,
		[topicId, noticeId]
	);
	return rows[0] ? (await withTexts(transaction, topicId, rows))[0]! : null;
}

export async function noticeNumbered(queryable: Queryable, topicId: string, number: number): Promise<NoticeOfTopic> {
	const { rows } = await queryable.query<Omit<NoticeOfTopic, 'texts'>>(
		`${selectNotices} where n.topic_id = $1 and n.notice_number = $2`,
		[topicId, number]
	);
	if (!rows[0]) throw refusal('not-found');
	return (await withTexts(queryable, topicId, rows))[0]!;
}

export const noticesOnPage = 20;

/** The newest first, a page of 20 below a number. @param only `public`: what everybody may read */
export async function noticesOf(
	queryable: Queryable,
	topicId: string,
	{ before = null, only = 'all' }: { before?: number | null; only?: 'all' | 'public' } = {}
): Promise<NoticeOfTopic[]> {
	const { rows } = await queryable.query<Omit<NoticeOfTopic, 'texts'>>(
		`${selectNotices}
		where n.topic_id = $1 and ($2::int is null or n.notice_number < $2)
			and ($3 or n.is_public and s.sent_at is not null and e.ended_at is null)
		order by n.notice_number desc
		limit ${noticesOnPage}`,
		[topicId, before, only === 'all']
	);
	return withTexts(queryable, topicId, rows);
}

/** Whether a talk has a page of notices to link to. */
export async function hasPublicNotices(queryable: Queryable, topicId: string): Promise<boolean> {
	return (await noticesOf(queryable, topicId, { only: 'public' })).length > 0;
}

async function withTexts(
	queryable: Queryable,
	topicId: string,
	rows: readonly Omit<NoticeOfTopic, 'texts'>[]
): Promise<NoticeOfTopic[]> {
	const texts = await textsOf(
		queryable,
		topicId,
		rows.map(({ noticeId }) => ({ kind: 'notice', thingId: noticeId }))
	);
	return rows.map((row) => ({ ...row, texts: texts.get(row.noticeId) ?? {} }));
}

export const selectNotices = `
	select n.topic_id as "topicId", n.notice_id as "noticeId", n.notice_number as number, n.audience, n.audience_key as "audienceKey",
		n.is_public as "isPublic", n.changed_at as "changedAt", s.way, s.sent_at as "sentAt", e.ended_at as "takenBackAt",
		c.completed_at is not null as "isComplete"
	from notices n
	left join notice_sendings s using (topic_id, notice_id)
	left join notice_ends e using (topic_id, notice_id)
	left join notice_completions c using (topic_id, notice_id)`;
