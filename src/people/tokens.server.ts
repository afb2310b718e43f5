import { createHash, randomBytes } from 'node:crypto';
import type { Actor, SignedIn } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { tokenDays, tokenPrefix, tokenScopes, type TokenScope } from '#people/tokens.ts';

export const mostTokens = 20;
const aDay = 24 * 3_600_000;

/** Makes a token of one's own; it is told here and never again. */
export async function makeToken(
	database: Database | Transaction,
	{ name, scopes, days }: { readonly name: string; readonly scopes: readonly string[]; readonly days: number },
	actor: Actor
): Promise<{ token: string; tokenId: string }> {
	if (actor.kind !== 'account') throw refusal('not-allowed');
	const allowed = tokenScopes.filter((scope) => scopes.includes(scope));
	if (allowed.length === 0 || !tokenDays.some((one) => one === days)) throw refusal('invalid-request');
	const named = usableText(name, { max: 100, what: 'name' }).trim();
	const token = tokenPrefix + randomBytes(32).toString('base64url');
	const tokenId = uuidv7();
	await inTransaction(database, async (transaction) => {
		// of two at once the second waits here, and counts the first
		await transaction.query(`select from accounts where account_id = $1 for no key update`, [actor.accountId]);
		const { rows } = await transaction.query<{ count: number }>(
			`select count(*) as count from account_tokens where account_id = $1 and expires_at > $2`,
			[actor.accountId, transaction.at]
		);
		if (rows[0]!.count >= mostTokens) throw refusal('tokens-too-many', { most: mostTokens });
		await transaction.query(
			`insert into account_tokens (token_id, account_id, name, scopes, token_hash, made_at, expires_at)
			values ($1, $2, $3, $4, $5, $6, $7)`,
			[
				...[tokenId, actor.accountId, named, allowed, hashOf(token), transaction.at],
				new Date(transaction.at.getTime() + days * aDay)
			]
		);
		await record(transaction, {
			topicId: nilTopic,
			actor,
			did: 'made',
			kind: 'token',
			thingId: tokenId,
			details: { scopes: allowed, days }
		});
	});
	return { token, tokenId };
}

/** It opens nothing more, from this moment on. */
export async function revokeToken(database: Database, tokenId: string, actor: Actor): Promise<void> {
	if (actor.kind !== 'account') throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(`delete from account_tokens where token_id = $1 and account_id = $2`, [
			tokenId,
			actor.accountId
		]);
		if (rowCount === 0) throw refusal('not-found');
		await record(transaction, { topicId: nilTopic, actor, did: 'revoked', kind: 'token', thingId: tokenId });
	});
}

export interface ShownToken {
	readonly tokenId: string;
	readonly name: string;
	readonly scopes: readonly TokenScope[];
	readonly madeAt: Date;
	readonly expiresAt: Date;
	readonly lastUsedAt: Date | null;
}

export async function tokensOf(queryable: Queryable, accountId: string): Promise<ShownToken[]> {
	const { rows } = await queryable.query<ShownToken>(
		`select token_id as "tokenId", name, scopes, made_at as "madeAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"
		from account_tokens
		where account_id = $1
		order by token_id desc`,
		[accountId]
	);
	return rows;
}

export interface TokenHolder {
	/** without roles: a token never does what staff may */
	readonly actor: SignedIn;
	readonly scopes: readonly TokenScope[];
	readonly expiresAt: Date;
}

/** Whose token it is; null for one that never was, was revoked, or is out of time. */
export async function tokenHolder(database: Database, token: string): Promise<TokenHolder | null> {
	if (!token.startsWith(tokenPrefix) || token.length > 100) return null;
	const at = new Date(Date.now() + database.clockShift);
	const { rows } = await database.query<{
		tokenId: string;
		accountId: string;
		scopes: TokenScope[];
		expiresAt: Date;
		isStale: boolean;
	}>({
		name: 'token-holder',
		text: `
			select token_id as "tokenId", account_id as "accountId", scopes, expires_at as "expiresAt",
				coalesce(last_used_at < $2::timestamptz - interval '1 minute', true) as "isStale"
			from account_tokens
			where token_hash = $1 and expires_at > $2`,
		values: [hashOf(token), at]
	});
	const [found] = rows;
	if (!found) return null;
	if (found.isStale) await database.query(`update account_tokens set last_used_at = $2 where token_id = $1`, [found.tokenId, at]);
	const actor = { kind: 'account', accountId: found.accountId, visitorId: null, roles: [], secondFactor: false } as const;
	return { actor, scopes: found.scopes, expiresAt: found.expiresAt };
}

function hashOf(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}
