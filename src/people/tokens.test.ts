import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedIn } from '#activity/actor.ts';
import { inTransaction, type Transaction } from '#database/connection.server.ts';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { makeToken, mostTokens, revokeToken, tokenHolder, tokensOf } from '#people/tokens.server.ts';
import { isRefusal } from '#refusals/refusal.ts';

const database = await testDatabase();
let made = 0;

async function anAccount(): Promise<SignedIn> {
	const { accountId } = await inTransaction(database, (transaction) =>
		makeAccount(transaction, { email: `person-${made++}@example.org`, name: '', language: 'en' })
	);
	return { kind: 'account', accountId, visitorId: null, roles: [{ role: 'administrator', topicId: '' }], secondFactor: true };
}

const given = { name: 'My program', scopes: ['ideas:write', 'everything'], days: 30 };
const refusedWith = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;

test('a token opens what it was allowed, in the name of its person, without the roles that they hold', async () => {
	const actor = await anAccount();
	const { token, tokenId } = await makeToken(database, given, actor);
	const holder = await tokenHolder(database, token);
	assert.deepEqual(
		[holder!.scopes, holder!.actor],
		[['ideas:write'], { kind: 'account', accountId: actor.accountId, visitorId: null, roles: [], secondFactor: false }]
	);
	const [shown] = await tokensOf(database, actor.accountId);
	assert.deepEqual([shown!.tokenId, shown!.name, shown!.lastUsedAt instanceof Date], [tokenId, 'My program', true]);
	assert.equal(await tokenHolder(database, `${token}x`), null);
	assert.equal(await tokenHolder(database, ''), null);
});

test('the database keeps no token, only its hash', async () => {
	const actor = await anAccount();
	const { token } = await makeToken(database, given, actor);
	const { rows } = await database.query<{ row: string }>(
		`select t::text || coalesce((select string_agg(details::text, '') from activity where thing_id = t.token_id), '') as row from account_tokens t`
	);
	assert.ok(rows.every(({ row }) => !row.includes(token) && !row.includes(token.slice(4))));
});

test('a token that was revoked or is out of time opens nothing; nobody revokes that of another', async () => {
	const [actor, other] = [await anAccount(), await anAccount()];
	const first = await makeToken(database, given, actor);
	await assert.rejects(revokeToken(database, first.tokenId, other), refusedWith('not-found'));
	assert.ok(await tokenHolder(database, first.token));
	await revokeToken(database, first.tokenId, actor);
	assert.equal(await tokenHolder(database, first.token), null);
	const second = await makeToken(database, given, actor);
	await database.query(`update account_tokens set expires_at = now() - interval '1 second' where token_id = $1`, [
		second.tokenId
	]);
	assert.equal(await tokenHolder(database, second.token), null);
});

test('only an account makes tokens, with a scope at least, for a time that is offered, and not without end', async () => {
	const actor = await anAccount();
	await assert.rejects(makeToken(database, given, { kind: 'visitor', visitorId: 'x' }), refusedWith('not-allowed'));
	await assert.rejects(makeToken(database, { ...given, scopes: [] }, actor), refusedWith('invalid-request'));
	await assert.rejects(makeToken(database, { ...given, days: 10_000 }, actor), refusedWith('invalid-request'));
	for (let number = 1; number < mostTokens; number++) await makeToken(database, given, actor);
	const make = (transaction: Transaction) => makeToken(transaction, given, actor);
	assert.deepEqual(await atOnce(database, [make, make]), ['done', 'tokens-too-many']);
});
