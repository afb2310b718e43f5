import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { ContributionKind } from '#contributions/receiving.server.ts';
import type { Receipt } from '#contributions/receipts/receipts.server.ts';
import { refusal } from '#refusals/refusal.ts';

export type RequestKind = 'appeal' | 'erasure';
/** of an erasure: this text, or all that its author sent in the talk */
export type ErasureScope = 'text' | 'all';

/** An appeal against a decision, or the wish that words be erased: staff answer it. One of a kind is open at a time. */
export async function askOfStaff(
	transaction: Transaction,
	{ topicId, contributionId }: Pick<Receipt, 'topicId' | 'contributionId'>,
	{ kind, words, scope = 'text' }: { kind: RequestKind; words: string; scope?: ErasureScope }
): Promise<void> {
	// who asked for one text and now for all asked for more
	if (scope === 'all')
		await transaction.query(
			`update receipt_requests r
			set scope = 'all'
			where topic_id = $1 and contribution_id = $2 and kind = $3
				and not exists (select from receipt_answers a where a.topic_id = r.topic_id and a.request_id = r.request_id)`,
			[topicId, contributionId, kind]
		);
	await transaction.query(
		`insert into receipt_requests (topic_id, request_id, contribution_id, kind, words, scope, requested_at)
		select $1, $2, $3, $4, $5, $6, $7
		where not exists (
			select from receipt_requests r
			where r.topic_id = $1 and r.contribution_id = $3 and r.kind = $4
				and not exists (select from receipt_answers a where a.topic_id = r.topic_id and a.request_id = r.request_id))`,
		[topicId, uuidv7(), contributionId, kind, words, scope, transaction.at]
	);
}

export interface Asked {
	readonly kind: RequestKind;
	readonly scope: ErasureScope;
	readonly words: string;
	readonly requestedAt: Date;
	readonly answer: 'done' | 'refused' | null;
	readonly answerWords: string | null;
	readonly answeredAt: Date | null;
}

/** What was asked about a contribution, and the answers: for its author. */
export async function askedOfStaff(queryable: Queryable, topicId: string, contributionId: string): Promise<Asked[]> {
	const { rows } = await queryable.query<Asked>(
		`select r.kind, r.scope, r.words, r.requested_at as "requestedAt", a.answer, a.words as "answerWords",
			a.answered_at as "answeredAt"
		from receipt_requests r
		left join receipt_answers a using (topic_id, request_id)
		where r.topic_id = $1 and r.contribution_id = $2
		order by r.request_id`,
		[topicId, contributionId]
	);
	return rows;
}

export interface OpenRequest {
	readonly requestId: string;
	readonly kind: RequestKind;
	readonly scope: ErasureScope;
	readonly words: string;
	readonly requestedAt: Date;
	readonly contributionId: string;
	readonly contributionKind: ContributionKind;
	readonly participantNumber: number | null;
}

export const requestsOnAPage = 50;

/** What waits for an answer, the oldest first. */
export async function openRequests(
	queryable: Queryable,
	topicId: string,
	kinds: readonly RequestKind[],
	after: string | null = null
): Promise<OpenRequest[]> {
	const { rows } = await queryable.query<OpenRequest>(
		`${selectOpen} and r.kind = any ($2::text[]) and ($3::uuid is null or r.request_id > $3)
		order by r.request_id
		limit ${requestsOnAPage}`,
		[topicId, kinds, after]
	);
	return rows;
}

/** Refuses what was never asked, and what was answered meanwhile. The row is locked: one of two who answer at once is told. */
export async function openRequest(transaction: Transaction, topicId: string, requestId: string): Promise<OpenRequest> {
	await transaction.query(`select from receipt_requests where topic_id = $1 and request_id = $2 for update`, [
		topicId,
		requestId
	]);
	const { rows } = await transaction.query<OpenRequest>(`${selectOpen} and r.request_id = $2`, [topicId, requestId]);
	if (rows[0]) return rows[0];
	const { rowCount } = await transaction.query(`select from receipt_requests where topic_id = $1 and request_id = $2`, [
		topicId,
		requestId
	]);
	throw refusal(rowCount > 0 ? 'already-decided' : 'not-found');
}

/** The wish to erase a contribution that is open now; refuses `not-found` where there is nothing to erase. */
export async function openErasureOf(transaction: Transaction, topicId: string, contributionId: string): Promise<string> {
	const { rows } = await transaction.query<OpenRequest>(`${selectOpen} and r.contribution_id = $2 and r.kind = 'erasure'`, [
		topicId,
		contributionId
	]);
	if (!rows[0]) throw refusal('not-found');
	return rows[0].requestId;
}

// with its words gone there is nothing to show again
const isOpen = `
	not exists (select from receipt_answers a where a.topic_id = r.topic_id and a.request_id = r.request_id)
	and not exists (select from erasures e where e.topic_id = r.topic_id and e.contribution_id = r.contribution_id)`;

const selectOpen = `
	select r.request_id as "requestId", r.kind, r.scope, r.words, r.requested_at as "requestedAt",
		r.contribution_id as "contributionId", c.kind as "contributionKind", c.participant_number as "participantNumber"
	from receipt_requests r
	join contributions c using (topic_id, contribution_id)
	where r.topic_id = $1
		and ${isOpen}`;

export interface Asking {
	readonly appeals: number;
	readonly erasures: number;
}

/** How much waits for an answer, for many topics in one query; a topic in which nothing does is absent. */
export async function askingIn(queryable: Queryable, topicIds: readonly string[]): Promise<Map<string, Asking>> {
	const { rows } = await queryable.query<Asking & { topicId: string }>(
		`select topic_id as "topicId", count(*) filter (where kind = 'appeal')::int as appeals,
			count(*) filter (where kind = 'erasure')::int as erasures
		from receipt_requests r
		where topic_id = any ($1::uuid[])
			and ${isOpen}
		group by topic_id`,
		[topicIds]
	);
	return new Map(rows.map(({ topicId, appeals, erasures }) => [topicId, { appeals, erasures }]));
}

export async function writeAnswer(
	transaction: Transaction,
	{ topicId, requestId }: { topicId: string; requestId: string },
	{ answer, words, accountId }: { answer: 'done' | 'refused'; words: string; accountId: string | null }
): Promise<void> {
	await transaction.query(
		`insert into receipt_answers (topic_id, request_id, answer, words, answered_at, answered_by)
		values ($1, $2, $3, $4, $5, $6)`,
		[topicId, requestId, answer, words, transaction.at, accountId]
	);
}

/** An erasure answers every wish to erase that is still open, also those of the author's other receipts. */
export async function answerErasures(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[],
	accountId: string | null
): Promise<void> {
	await transaction.query(
		`insert into receipt_answers (topic_id, request_id, answer, answered_at, answered_by)
		select topic_id, request_id, 'done', $3, $4
		from receipt_requests
		where topic_id = $1 and contribution_id = any ($2::uuid[]) and kind = 'erasure'
		on conflict (topic_id, request_id) do nothing`,
		[topicId, contributionIds, transaction.at, accountId]
	);
}
