import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { Moderated, ModeratedKind } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

export type ThirdPersonAnswer = 'hidden' | 'redacted' | 'declined';

export interface ThirdPersonRequest {
	readonly requestId: string;
	readonly kind: ModeratedKind;
	readonly thingId: string;
	/** who they are in the text, and what they want gone */
	readonly words: string;
	/** to which the answer goes; null where they left none */
	readonly email: string | null;
	/** in which they want to be answered */
	readonly language: string;
	readonly requestedAt: Date;
}

/** Somebody whom a text is about asks for its removal. Nothing happens to the text before a moderator has answered. */
export async function askForRemoval(
	transaction: Transaction,
	{ topicId, kind, thingId }: Moderated,
	{ words, email, language }: Pick<ThirdPersonRequest, 'words' | 'email' | 'language'>
): Promise<string> {
	const requestId = uuidv7();
	await transaction.query(
		`insert into third_person_requests (topic_id, request_id, kind, thing_id, words, email, language, requested_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[topicId, requestId, kind, thingId, words, email, language, transaction.at]
	);
	return requestId;
}

/** What waits for an answer, the oldest first. */
export async function openThirdPersonRequests(queryable: Queryable, topicId: string): Promise<ThirdPersonRequest[]> {
	const { rows } = await queryable.query<ThirdPersonRequest>(
		`${select} and ${isOpen}
		order by r.request_id
		limit 50`,
		[topicId]
	);
	return rows;
}

/** Of many topics in one query; a topic in which nobody waits is absent. */
export async function thirdPersonsIn(queryable: Queryable, topicIds: readonly string[]): Promise<Map<string, number>> {
	const { rows } = await queryable.query<{ topicId: string; count: number }>(
		`select topic_id as "topicId", count(*)::int as count
		from third_person_requests r
		where topic_id = any ($1::uuid[]) and ${isOpen}
		group by topic_id`,
		[topicIds]
	);
	return new Map(rows.map(({ topicId, count }) => [topicId, count]));
}

/** Refuses what was never asked, and what somebody answered meanwhile: of two moderators the second is told. */
export async function thirdPersonRequest(
	transaction: Transaction,
	topicId: string,
	requestId: string
): Promise<ThirdPersonRequest> {
	await transaction.query(`select from third_person_requests where topic_id = $1 and request_id = $2 for update`, [
		topicId,
		requestId
	]);
	const { rows } = await transaction.query<ThirdPersonRequest & { isOpen: boolean }>(
		`${select.replace('select ', `select ${isOpen} as "isOpen", `)} and r.request_id = $2`,
		[topicId, requestId]
	);
	if (!rows[0]) throw refusal('not-found');
	const { isOpen: isAsked, ...request } = rows[0];
	if (!isAsked) throw refusal('already-decided', { decision: 'other', by: 'nobody', name: '' });
	return request;
}

/** Notes the answer; the address to which it went is forgotten. */
export async function writeThirdPersonAnswer(
	transaction: Transaction,
	{ topicId, requestId }: { topicId: string; requestId: string },
	{ answer, words }: { answer: ThirdPersonAnswer; words: string },
	actor: Actor
): Promise<void> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await transaction.query(
		`insert into third_person_answers (topic_id, request_id, answer, words, answered_at, answered_by)
		values ($1, $2, $3, $4, $5, $6)`,
		[topicId, requestId, answer, words, transaction.at, accountOf(actor)]
	);
	await transaction.query(`update third_person_requests set email = null where topic_id = $1 and request_id = $2`, [
		topicId,
		requestId
	]);
	await record(transaction, {
		topicId,
		actor,
		did: answer === 'declined' ? 'refused' : 'granted',
		kind: 'third-person-request',
		thingId: requestId,
		details: { answer }
	});
}

/** How long after the answer it is known what was asked: a moderator may have to explain it. */
const daysKept = 30;

/** What was asked and answered names the person whom it is about: forgotten some time after the answer. For the jobs process. */
export async function forgetThirdPersons(database: Database): Promise<void> {
	await database.query(
		`with old as (
			update third_person_answers
			set words = ''
			where answered_at < $1
			returning topic_id, request_id
		)
		update third_person_requests r
		set words = ''
		from old
		where r.topic_id = old.topic_id and r.request_id = old.request_id and r.words <> ''`,
		[new Date(Date.now() + database.clockShift - daysKept * 24 * 3_600_000)]
	);
}

/** Who had this address wants to be known no more: what they asked for is still to be answered, but not to them. */
export async function forgetAskingAddress(transaction: Transaction, address: string): Promise<void> {
	await transaction.query(`update third_person_requests set email = null where lower(email) = lower($1)`, [address]);
}

const isOpen = `not exists (
	select from third_person_answers a where a.topic_id = r.topic_id and a.request_id = r.request_id
)`;

const select = `
	select r.request_id as "requestId", r.kind, r.thing_id as "thingId", r.words, r.email, r.language, r.requested_at as "requestedAt"
	from third_person_requests r
	where r.topic_id = $1`;
