import { createCipheriv, createDecipheriv, createHash, randomBytes, randomInt } from 'node:crypto';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { addressForApp, base32, newSecret, stepOf } from '#people/sign-in/authenticator.ts';
import { noteSecondFactor } from '#people/sign-in/browsers.server.ts';
import type { CurrentSignIn } from '#people/sign-in/current.server.ts';

export interface SecondFactors {
	readonly authenticator: boolean;
	readonly passkeys: readonly { readonly passkeyId: string; readonly name: string; readonly addedAt: Date }[];
	readonly recoveryCodesLeft: number;
}

export async function secondFactorsOf(queryable: Queryable, accountId: string): Promise<SecondFactors> {
	const { rows } = await queryable.query<SecondFactors>(
		`
			select
				exists (select from authenticators where account_id = a.account_id and confirmed_at is not null) as authenticator,
				(select count(*)::int from recovery_codes where account_id = a.account_id and used_at is null) as "recoveryCodesLeft",
				coalesce((
					select json_agg(json_build_object('passkeyId', p."id", 'name', coalesce(p."name", ''), 'addedAt', p."createdAt")
						order by p."createdAt")
					from sign_in."passkey" p
					where p."userId" = a.sign_in_user
				), '[]') as passkeys
			from accounts a
			where a.account_id = $1`,
		[accountId]
	);
	return rows[0] ?? { authenticator: false, passkeys: [], recoveryCodesLeft: 0 };
}

export async function hasAnySecondFactor(queryable: Queryable, accountId: string): Promise<boolean> {
	const { authenticator, passkeys } = await secondFactorsOf(queryable, accountId);
	return authenticator || passkeys.length > 0;
}

/** Begins to set up an app: what it scans, or has typed in. Asked again before it is confirmed, the same secret is shown. */
export async function beginAuthenticator(
	database: Database,
	key: Buffer,
	signIn: CurrentSignIn,
	email: string
): Promise<{ address: string; secret: string }> {
	return inTransaction(database, async (transaction) => {
		await refuseWithoutShown(transaction, signIn);
		const known = await authenticatorOf(transaction, key, signIn.accountId);
		if (known?.isConfirmed) throw refusal('second-factor-there');
		const secret = known?.secret ?? newSecret();
		await transaction.query(
			`
				insert into authenticators (account_id, secret_sealed, begun_at)
				values ($1, $2, $3)
				on conflict (account_id) do nothing`,
			[signIn.accountId, sealed(key, secret), transaction.at]
		);
		return { address: addressForApp(secret, 'Open Talks', email), secret: base32(secret) };
	});
}

/** Shows a code of the app, or a recovery code: from now on the sign-in counts as that of staff. The first code confirms the app. */
export async function showCode(
	database: Database,
	key: Buffer,
	signIn: CurrentSignIn,
	code: string
): Promise<{ recoveryCodes: string[] }> {
	// a wrong try is a row of its own, which must stay when the code is refused
	const shown = await inTransaction(database, async (transaction) => {
		const known = await authenticatorOf(transaction, key, signIn.accountId);
		if (!known) return 'none' as const;
		const minutesOfTries = known.wrongSince ? (transaction.at.getTime() - known.wrongSince.getTime()) / 60_000 : Infinity;
		const tries = minutesOfTries < 15 ? known.wrongTries : 0;
		if (tries >= 5) return 'too-many' as const;
		const step = stepOf(known.secret, code, transaction.at, known.lastStep);
		const isRight = step !== null || (known.isConfirmed && (await useRecoveryCode(transaction, signIn.accountId, code)));
		if (!isRight) {
			await transaction.query(
				'update authenticators set wrong_tries = $2, wrong_since = case when $2 = 1 then $3 else wrong_since end where account_id = $1',
				[signIn.accountId, tries + 1, transaction.at]
			);
			return 'wrong' as const;
		}
		await transaction.query(
			`
				update authenticators
				set confirmed_at = coalesce(confirmed_at, $2), last_step = coalesce($3, last_step), wrong_tries = 0, wrong_since = null
				where account_id = $1`,
			[signIn.accountId, transaction.at, step]
		);
		await noteSecondFactor(transaction, signIn.signInId);
		if (!known.isConfirmed) await recordOwn(transaction, signIn, 'set up');
		return { recoveryCodes: known.isConfirmed ? [] : await newRecoveryCodes(transaction, signIn.accountId) };
	});
	if (shown === 'too-many') throw refusal('too-many-codes');
	if (shown === 'none' || shown === 'wrong') throw refusal('wrong-code');
	return shown;
}

/** Takes the app away; who has it must have shown a second factor in this sign-in. */
export async function removeAuthenticator(database: Database, signIn: CurrentSignIn): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await refuseWithoutShown(transaction, signIn);
		await removeApp(transaction, signIn.accountId);
		await recordOwn(transaction, signIn, 'removed');
	});
}

export async function removePasskey(database: Database, signIn: CurrentSignIn, passkeyId: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await refuseWithoutShown(transaction, signIn);
		await transaction.query(
			`delete from sign_in."passkey" where "id" = $2 and "userId" = (select sign_in_user from accounts where account_id = $1)`,
			[signIn.accountId, passkeyId]
		);
		await recordOwn(transaction, signIn, 'removed', { passkey: passkeyId });
	});
}

/** For a colleague who lost everything: an administrator takes all second factors away, and a new one is set up at the next sign-in. */
export async function resetSecondFactors(
	transaction: Transaction,
	accountId: string,
	actor: Actor,
	reason: string
): Promise<void> {
	await removeApp(transaction, accountId);
	await transaction.query(
		`delete from sign_in."passkey" where "userId" = (select sign_in_user from accounts where account_id = $1)`,
		[accountId]
	);
	await record(transaction, { topicId: nilTopic, actor, did: 'reset', kind: 'second-factor', thingId: accountId, reason });
}

/** What a person changed of their own second factors. */
export async function recordOwn(
	transaction: Transaction,
	{ accountId, roles, secondFactor }: CurrentSignIn,
	did: string,
	details: Record<string, unknown> = {}
): Promise<void> {
	const actor: Actor = { kind: 'account', accountId, visitorId: null, roles, secondFactor };
	await record(transaction, { topicId: nilTopic, actor, did, kind: 'second-factor', thingId: accountId, details });
}

async function removeApp(transaction: Transaction, accountId: string): Promise<void> {
	await transaction.query('delete from authenticators where account_id = $1', [accountId]);
	await transaction.query('delete from recovery_codes where account_id = $1', [accountId]);
}

async function refuseWithoutShown(transaction: Transaction, signIn: CurrentSignIn): Promise<void> {
	if (!signIn.secondFactor && (await hasAnySecondFactor(transaction, signIn.accountId))) throw refusal('second-factor-needed');
}

async function authenticatorOf(transaction: Transaction, key: Buffer, accountId: string) {
	const { rows } = await transaction.query<{
		sealed: Buffer;
		isConfirmed: boolean;
		lastStep: number;
		wrongTries: number;
		wrongSince: Date | null;
	}>(
		`
			select secret_sealed as sealed, confirmed_at is not null as "isConfirmed", last_step as "lastStep",
				wrong_tries as "wrongTries", wrong_since as "wrongSince"
			from authenticators
			where account_id = $1
			for update`,
		[accountId]
	);
	return rows[0] ? { ...rows[0], secret: opened(key, rows[0].sealed) } : null;
}

/** Ten codes of fifty bits, shown once. */
async function newRecoveryCodes(transaction: Transaction, accountId: string): Promise<string[]> {
	const codes = Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join(''));
	await transaction.query('delete from recovery_codes where account_id = $1', [accountId]);
	await transaction.query(`insert into recovery_codes (account_id, code_hash, made_at) select $1, unnest($2::bytea[]), $3`, [
		accountId,
		codes.map(hashOf),
		transaction.at
	]);
	return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

// no letters that are taken for digits
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

async function useRecoveryCode(transaction: Transaction, accountId: string, code: string): Promise<boolean> {
	const { rowCount } = await transaction.query(
		'update recovery_codes set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null',
		[accountId, hashOf(code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')), transaction.at]
	);
	return rowCount === 1;
}

function hashOf(code: string): Buffer {
	return createHash('sha256').update(code).digest();
}

function sealed(key: Buffer, secret: Buffer): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

function opened(key: Buffer, box: Buffer): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12));
	decipher.setAuthTag(box.subarray(-16));
	return Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()]);
}
