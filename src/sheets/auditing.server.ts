import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { atOneInstant, inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { zip, type ZipEntry } from '#reports/export/zip.server.ts';
import { conversationOf } from '#sheets/polis/exporting.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';

/** For how long the two may take the bundle. */
export const hoursOfAudit = 24;

export interface AuditRequest {
	readonly requestId: string;
	readonly why: string;
	readonly askedAt: Date;
	readonly askedBy: string;
	readonly agreedAt: Date | null;
	readonly agreedBy: string | null;
	/** while the two may take it */
	readonly openUntil: Date | null;
	readonly mayAgree: boolean;
	readonly mayTake: boolean;
}

/** One of the secretariat asks for all rows with their times, and says why; nothing is given before another agrees. */
export async function askForAudit(
	database: Database,
	topicId: string,
	why: string,
	actor: Actor
): Promise<{ requestId: string }> {
	const accountId = secretary(actor);
	const reason = usableText(why, { max: 2000, what: 'reason' }).trim();
	return inTransaction(database, async (transaction) => {
		await topicOf(transaction, topicId);
		const requestId = uuidv7();
		await transaction.query(
			`insert into audit_requests (topic_id, request_id, why, asked_at, asked_by) values ($1, $2, $3, $4, $5)`,
			[topicId, requestId, reason, transaction.at, accountId]
		);
		await noted(transaction, topicId, requestId, actor, 'asked for');
		return { requestId };
	});
}

/** The second person agrees. Refuses who asked. */
export async function agreeToAudit(database: Database, topicId: string, requestId: string, actor: Actor): Promise<void> {
	const accountId = secretary(actor);
	await inTransaction(database, async (transaction) => {
		if ((await requestOf(transaction, topicId, requestId)).askedBy === accountId) throw refusal('audit-needs-another');
		const { rowCount } = await transaction.query(
			`insert into audit_agreements (topic_id, request_id, agreed_at, agreed_by)
			values ($1, $2, $3, $4)
			on conflict do nothing`,
			[topicId, requestId, transaction.at, accountId]
		);
		if (rowCount === 0) throw refusal('already-decided');
		await noted(transaction, topicId, requestId, actor, 'agreed to');
	});
}

/** What was asked for, the newest first; `askedBy` and `agreedBy` are accounts. */
export async function auditRequests(queryable: Queryable, topicId: string, actor: Actor, at: Date): Promise<AuditRequest[]> {
	const accountId = secretary(actor);
	const { rows } = await queryable.query<Asked>(`${asked} where topic_id = $1 order by request_id desc limit 50`, [topicId]);
	return rows.map((one) => {
		const openUntil = endOf(one);
		const isOpen = openUntil !== null && openUntil > at;
		return {
			...one,
			openUntil: isOpen ? openUntil : null,
			mayAgree: one.agreedAt === null && one.askedBy !== accountId,
			mayTake: isOpen && [one.askedBy, one.agreedBy].includes(accountId)
		};
	});
}

/** For who asked or agreed: every opinion and idea with its time, in the files of a Polis conversation, all of one instant. Each taking is recorded. */
export async function auditBundle(
	database: Database,
	topicId: string,
	requestId: string,
	{ origin, actor }: { origin: string; actor: Actor }
): Promise<{ fileName: string; pieces: AsyncIterable<Uint8Array> }> {
	const accountId = secretary(actor);
	const { slug, at } = await inTransaction(database, async (transaction) => {
		const request = await requestOf(transaction, topicId, requestId);
		const openUntil = endOf(request);
		if (openUntil === null) throw refusal('audit-needs-another');
		if (openUntil <= transaction.at) throw refusal('link-expired');
		if (![request.askedBy, request.agreedBy].includes(accountId)) throw refusal('not-allowed');
		const topic = await topicOf(transaction, topicId);
		if (!resultsVisibleTo(actor, topic, transaction.at)) throw refusal('results-blind');
		await noted(transaction, topicId, requestId, actor, 'downloaded');
		return { slug: topic.slug, at: transaction.at };
	});
	const pieces = new PassThrough();
	// a reader who goes ends the reading of the rows
	atOneInstant(database, `audit ${requestId}`, async (instant) => {
		const topic = await topicOf(instant, topicId);
		const files = conversationOf(instant, topic, `${origin}/topics/${slug}`, { showsTimes: true });
		await pipeline(Readable.from(zip(oneByOne(files), at)), pieces);
	}).catch((error: unknown) => pieces.destroy(error as Error));
	return { fileName: `${slug}-audit.zip`, pieces };
}

/**
 * A month after the last act on them requests go, with their words: those may name somebody who asked to be erased. The record of the
 * talk keeps who asked, agreed and took.
 */
export async function forgetAuditRequests(database: Database): Promise<void> {
	await inTransaction(database, (transaction) =>
		transaction.query(
			`delete from audit_requests r
			where asked_at < $1::timestamptz - interval '30 days' and not exists (
				select from audit_agreements a
				where a.topic_id = r.topic_id and a.request_id = r.request_id and a.agreed_at >= $1::timestamptz - interval '30 days')`,
			[transaction.at]
		)
	);
}

interface Asked {
	readonly requestId: string;
	readonly why: string;
	readonly askedAt: Date;
	readonly askedBy: string;
	readonly agreedAt: Date | null;
	readonly agreedBy: string | null;
}

const asked = `
	select request_id as "requestId", why, asked_at as "askedAt", asked_by as "askedBy", agreed_at as "agreedAt", agreed_by as "agreedBy"
	from audit_requests
	left join audit_agreements using (topic_id, request_id)`;

async function requestOf(queryable: Queryable, topicId: string, requestId: string): Promise<Asked> {
	const { rows } = await queryable.query<Asked>(`${asked} where topic_id = $1 and request_id = $2`, [topicId, requestId]);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

function endOf({ agreedAt }: Asked): Date | null {
	return agreedAt && new Date(agreedAt.getTime() + hoursOfAudit * 3_600_000);
}

/** A person, whom the record can name: a job is nobody. */
function secretary(actor: Actor): string {
	const accountId = accountOf(actor);
	if (accountId === null || !isSecretariat(actor)) throw refusal('not-allowed');
	return accountId;
}

function noted(transaction: Transaction, topicId: string, thingId: string, actor: Actor, did: string): Promise<void> {
	return record(transaction, { topicId, actor, did, kind: 'audit-bundle', thingId });
}

async function* oneByOne(entries: readonly ZipEntry[]): AsyncGenerator<ZipEntry> {
	for (const entry of entries) yield await Promise.resolve(entry);
}
