import type { Queryable } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import type { Automatic } from './automatic.ts';
import type { MailPiece } from './quoting.ts';

export const mailInStates = ['held', 'confirmed', 'accepted', 'refused', 'disowned', 'automatic'] as const;
export type MailInState = (typeof mailInStates)[number];

/** A mail that came to a talk, as far as it was read. */
export interface MailIn {
	readonly topicId: string;
	readonly mailInId: string;
	readonly receivedAt: Date;
	readonly way: 'smtp' | 'lmtp' | 'file';
	/** null: forgotten */
	readonly sha256: string | null;
	readonly size: number;
	readonly isRead: boolean;
	readonly fromAddress: string;
	readonly fromName: string;
	readonly subject: string;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly pieces: readonly MailPiece[];
	readonly automatic: Automatic | null;
	readonly isAsked: boolean;
	readonly state: MailInState;
	readonly reason: string;
	readonly decidedAt: Date | null;
	readonly contributionId: string | null;
	readonly submissionNumber: number | null;
	readonly files: readonly MailInFile[];
}

export interface MailInFile {
	readonly part: number;
	readonly name: string;
	readonly size: number;
	readonly sha256: string | null;
	readonly refusal: RefusalCode | null;
}

/** Refuses `not-found` where there is none. */
export async function mailInOf(
	queryable: Queryable,
	{ topicId, mailInId }: { topicId: string; mailInId: string }
): Promise<MailIn> {
	const { rows } = await queryable.query<MailIn>(`${selectMails} and m.mail_in_id = $2`, [topicId, mailInId]);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

export const mailsOnPage = 20;

/** The newest first; `before` is the id of the last one seen. */
export async function mailsInTopic(
	queryable: Queryable,
	topicId: string,
	{ states, before }: { states: readonly MailInState[]; before?: string | undefined }
): Promise<MailIn[]> {
	const { rows } = await queryable.query<MailIn>(
		`
			select * from (${selectMails}) as mail
			where state = any ($2) and ($3::uuid is null or "mailInId" < $3)
			order by "mailInId" desc
			limit ${mailsOnPage}`,
		[topicId, states, before ?? null]
	);
	return rows;
}

export async function mailInCounts(queryable: Queryable, topicId: string): Promise<Record<MailInState, number>> {
	const { rows } = await queryable.query<{ state: MailInState; count: number }>(
		`
			select coalesce(d.decision, 'held') as state, count(*)::int as count
			from mails_in m
			${lastDecision}
			where m.topic_id = $1
			group by 1`,
		[topicId]
	);
	const none = Object.fromEntries(mailInStates.map((state) => [state, 0])) as Record<MailInState, number>;
	return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

/** How mail comes in at all: for whoever looks after this instance. Three facts, one query. */
export async function mailInHealth(queryable: Queryable): Promise<{ lastCameAt: Date | null; unread: number; held: number }> {
	const { rows } = await queryable.query<{ lastCameAt: Date | null; unread: number; held: number }>(`
		select max(m.received_at) as "lastCameAt", count(*) filter (where r.read_at is null)::int as unread,
			count(*) filter (where r.read_at is not null and d.decision is null)::int as held
		from mails_in m
		left join mail_in_readings r using (topic_id, mail_in_id)
		${lastDecision}`);
	return rows[0]!;
}

const lastDecision = `
	left join lateral (
		select decision, reason, decided_at, contribution_id
		from mail_in_decisions
		where topic_id = m.topic_id and mail_in_id = m.mail_in_id
		order by version desc
		limit 1
	) d on true`;

const selectMails = `
	select m.topic_id as "topicId", m.mail_in_id as "mailInId", m.received_at as "receivedAt", m.way,
		encode(m.file_sha256, 'hex') as sha256, m.size, r.read_at is not null as "isRead", coalesce(r.from_address, '') as "fromAddress",
		coalesce(r.from_name, '') as "fromName", coalesce(r.subject, '') as subject, coalesce(r.language, 'und') as language,
		coalesce(r.pieces, '[]'::jsonb) as pieces, r.automatic, r.asked_mail_id is not null as "isAsked",
		coalesce(d.decision, 'held') as state, coalesce(d.reason, '') as reason, d.decided_at as "decidedAt",
		d.contribution_id as "contributionId", s.submission_number as "submissionNumber",
		coalesce((
			select json_agg(json_build_object('part', f.part, 'name', f.file_name, 'size', f.size,
				'sha256', encode(f.file_sha256, 'hex'), 'refusal', f.refusal) order by f.part)
			from mail_in_files f
			where f.topic_id = m.topic_id and f.mail_in_id = m.mail_in_id), '[]'::json) as files
	from mails_in m
	left join mail_in_readings r using (topic_id, mail_in_id)
	${lastDecision}
	left join submissions s on s.topic_id = m.topic_id and s.contribution_id = d.contribution_id
	where m.topic_id = $1`;
