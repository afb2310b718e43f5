import type { Actor } from '#activity/actor.ts';
import { nilTopic, type Queryable, type Transaction } from '#database/connection.server.ts';
import { takenBack } from '#mail/stopping-mails.server.ts';
import { stopsNotices } from '#newsroom/notices/spreading.server.ts';
import { seesSmallNumbers } from '#topics/results.ts';
import { fewest } from '#topics/participation/small-numbers.ts';

/** What became of a notice: people and their mails. */
export interface Outcome {
	/** left out, because they want no such mail */
	readonly unwanted: number;
	readonly waiting: number;
	readonly sent: number;
	readonly failed: number;
	/** taken back before they left */
	readonly stopped: number;
	/** who wanted no more of them after this one */
	readonly unsubscribed: number;
}

/** A month later nothing leads from a notice to the addresses any more. */
const aMonth = 30 * 24 * 3_600_000;

/** Of many notices of a topic in one query; null where it reached so few that the figures would speak of single people. */
export async function outcomesOf(
	queryable: Queryable,
	topicId: string,
	noticeIds: readonly string[],
	actor: Actor
): Promise<Map<string, Outcome | null>> {
	const { rows } = await queryable.query<Outcome & { noticeId: string }>(outcomes(`and r.notice_id = any ($2::uuid[])`), [
		topicId,
		noticeIds
	]);
	return new Map(
		rows.map(({ noticeId, ...outcome }) => {
			const { unwanted, waiting, sent, failed, stopped } = outcome;
			const people = unwanted + waiting + sent + failed + stopped;
			return [noticeId, people > 0 && people < fewest && !seesSmallNumbers(actor) ? null : outcome];
		})
	);
}

/** Keeps the figures of old notices, and forgets which mail, and so which address, was told of which talk. */
export async function forgetReceivers(transaction: Transaction): Promise<void> {
	const { rows } = await transaction.query<{ topicId: string; noticeId: string }>(
		`select topic_id as "topicId", notice_id as "noticeId"
		from notice_sendings s
		where sent_at < $1 and not exists (select from notice_outcomes o where o.topic_id = s.topic_id and o.notice_id = s.notice_id)`,
		[new Date(transaction.at.getTime() - aMonth)]
	);
	for (const { topicId, noticeId } of rows) {
		await transaction.query(
			`insert into notice_outcomes (topic_id, notice_id, sent, failed, stopped, unsubscribed, noted_at)
			select $1, $2::uuid, coalesce(sum(sent), 0), coalesce(sum(failed + waiting), 0), coalesce(sum(stopped), 0),
				coalesce(sum(unsubscribed), 0), $3
			from (${outcomes(`and r.notice_id = $2::uuid`)}) as outcome`,
			[topicId, noticeId, transaction.at]
		);
		await transaction.query(
			`update notice_receivers set mail_id = null where topic_id = $1 and notice_id = $2 and mail_id is not null`,
			[topicId, noticeId]
		);
	}
}

// each table is read once, and not once for each receiver. The index on addresses has the collation of the column, and is used with it only
function outcomes(which: string): string {
	return `
		with receiver as (
			select r.notice_id, r.mail_id from notice_receivers r where r.topic_id = $1 ${which}
		), counted as (
			select r.notice_id as "noticeId",
				count(*) filter (where r.mail_id is null)::int as unwanted,
				count(*) filter (where m.mail_id is not null and d.outcome is null)::int as waiting,
				count(*) filter (where d.outcome in ('sent', 'outbox'))::int as sent,
				count(*) filter (where d.outcome in ('failed', 'refused') and d.explanation is distinct from '${takenBack}')::int as failed,
				count(*) filter (where d.explanation = '${takenBack}')::int as stopped
			from receiver r
			left join mails m on m.topic_id = '${nilTopic}' and m.mail_id = r.mail_id
			left join (
				select distinct on (mail_id) mail_id, outcome, explanation
				from mail_deliveries
				where topic_id = '${nilTopic}' and mail_id in (select mail_id from receiver)
				order by mail_id, attempt desc
			) d on d.mail_id = m.mail_id
			group by r.notice_id
		), unsubscribed as (
			select r.notice_id as "noticeId", count(distinct m.mail_id)::int as people
			from mail_stops s
			join mails m on m.topic_id = '${nilTopic}' and lower(m.to_address) = s.address collate "default"
				and m.queued_at <= s.stopped_at
			join notice_receivers r on r.topic_id = $1 and r.mail_id = m.mail_id ${which}
			where s.topic_id = '${nilTopic}' and s.kind in (${stopsNotices.map((kind) => `'${kind}'`).join(', ')})
			group by r.notice_id
		)
		select counted."noticeId",
			greatest(0, counted.unwanted - coalesce(kept.sent + kept.failed + kept.stopped, 0)) as unwanted,
			case when kept.noted_at is null then counted.waiting else 0 end as waiting,
			coalesce(kept.sent, counted.sent) as sent, coalesce(kept.failed, counted.failed) as failed,
			coalesce(kept.stopped, counted.stopped) as stopped, coalesce(kept.unsubscribed, unsubscribed.people, 0) as unsubscribed
		from counted
		left join unsubscribed using ("noticeId")
		left join notice_outcomes kept on kept.topic_id = $1 and kept.notice_id = counted."noticeId"`;
}
