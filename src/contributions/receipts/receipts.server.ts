import { createHash, timingSafeEqual } from 'node:crypto';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/**
 * Who sends something gets an address and a code: the address says which receipt, the code proves that one is its holder. The code follows
 * from the topic's key, so that the page after a double click shows the same one; the database holds its hash alone, which goes on working
 * when the key is destroyed.
 */
export interface Receipt {
	readonly topicId: string;
	readonly receiptId: string;
	readonly contributionId: string;
	readonly givenAt: Date;
}

/** @returns the receipt of the contribution; it has one from its first request on. */
export async function giveReceipt(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	contributionId: string
): Promise<Receipt> {
	const receipt = { topicId, receiptId: uuidv7(), contributionId, givenAt: transaction.at };
	await transaction.query(
		`insert into receipts (topic_id, receipt_id, contribution_id, code_hash, given_at)
		values ($1, $2, $3, $4, $5)`,
		[topicId, receipt.receiptId, contributionId, hashOf(await codeOf(keys, receipt)), transaction.at]
	);
	return receipt;
}

export async function receiptOfContribution(
	queryable: Queryable,
	topicId: string,
	contributionId: string
): Promise<Receipt | null> {
	const { rows } = await queryable.query<Receipt>(
		`select topic_id as "topicId", receipt_id as "receiptId", contribution_id as "contributionId", given_at as "givenAt"
		from receipts
		where topic_id = $1 and contribution_id = $2
		order by receipt_id
		limit 1`,
		[topicId, contributionId]
	);
	return rows[0] ?? null;
}

/** The receipt at an address; null where there is none. It tells nothing without its code. */
export async function receiptAt(queryable: Queryable, address: string): Promise<Receipt | null> {
	const named = idsIn(address);
	if (!named) return null;
	const { rows } = await queryable.query<Receipt>(
		`select topic_id as "topicId", receipt_id as "receiptId", contribution_id as "contributionId", given_at as "givenAt"
		from receipts
		where topic_id = $1 and receipt_id = $2`,
		[named.topicId, named.receiptId]
	);
	return rows[0] ?? null;
}

export async function opens(queryable: Queryable, receipt: Receipt, code: string): Promise<boolean> {
	const { rows } = await queryable.query<{ hash: Buffer }>(
		`select code_hash as hash
		from receipts
		where topic_id = $1 and receipt_id = $2`,
		[receipt.topicId, receipt.receiptId]
	);
	return rows[0] !== undefined && timingSafeEqual(rows[0].hash, hashOf(code));
}

/** The receipt of this code in one of the topics; null where there is none. */
export async function receiptWithCode(queryable: Queryable, topicIds: readonly string[], code: string): Promise<Receipt | null> {
	const { rows } = await queryable.query<Receipt>(
		`select topic_id as "topicId", receipt_id as "receiptId", contribution_id as "contributionId", given_at as "givenAt"
		from receipts
		where topic_id = any ($1::uuid[]) and code_hash = $2`,
		[topicIds, hashOf(code)]
	);
	return rows[0] ?? null;
}

/** Sixteen signs in fours, without those that are taken for each other (I, L, O, U). */
export async function codeOf(keys: TopicKeys, receipt: Pick<Receipt, 'topicId' | 'receiptId'>): Promise<string> {
	const digest = await keys.hash(receipt.topicId, `receipt ${receipt.receiptId}`);
	const signs = Array.from({ length: 16 }, (_, at) => alphabet[digest[at]! & 31]!).join('');
	return inFours(signs);
}

/** A code as it was given, however it was typed. */
export function codeTyped(typed: string): string {
	return inFours(signsOf(typed));
}

function inFours(signs: string): string {
	return signs.replace(/.{4}(?=.)/g, '$&-');
}

/** What stands in the link: topic and receipt, 43 signs. The code never stands there. */
export function addressOf({ topicId, receiptId }: Pick<Receipt, 'topicId' | 'receiptId'>): string {
	return Buffer.from((topicId + receiptId).replaceAll('-', ''), 'hex').toString('base64url');
}

function idsIn(address: string): { topicId: string; receiptId: string } | null {
	if (!/^[A-Za-z0-9_-]{43}$/.test(address)) return null;
	const hex = Buffer.from(address, 'base64url').toString('hex');
	return { topicId: uuidOf(hex.slice(0, 32)), receiptId: uuidOf(hex.slice(32)) };
}

function uuidOf(hex: string): string {
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function hashOf(code: string): Buffer {
	return createHash('sha256').update(signsOf(code)).digest();
}

/** People type small letters, leave out the dashes, and write O for 0 and I or L for 1. */
function signsOf(code: string): string {
	return code
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}
