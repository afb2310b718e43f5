import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { Actor, Role } from '#activity/actor.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

export interface Account {
	readonly accountId: string;
	readonly email: string;
	readonly name: string;
	readonly language: Language;
}

/** Who the sign-in library knows. */
export interface SignInUser {
	readonly id: string;
	readonly email: string;
	readonly name: string;
}

const accountColumns = `account_id as "accountId", email, name, language`;

/** Makes the account of a mail address before its owner signs in for the first time; the one that is there stays as it is. */
export async function makeAccount(
	transaction: Transaction,
	{ email, name, language }: { email: string; name: string; language: Language }
): Promise<Account> {
	await transaction.query(
		`
			insert into accounts (account_id, email, name, language, created_at)
			values ($1, $2, $3, $4, $5)
			on conflict do nothing`,
		[uuidv7(), email.trim().toLowerCase(), name.trim(), language, transaction.at]
	);
	return (await accountByEmail(transaction, email.trim()))!;
}

/** The account of a user of the sign-in library, found by the address, which the library has seen confirmed, or made. */
export async function accountOfUser(transaction: Transaction, user: SignInUser, language: Language): Promise<Account> {
	const { email } = await makeAccount(transaction, { ...user, language });
	await transaction.query('update accounts set sign_in_user = $2 where email = $1 and sign_in_user is distinct from $2', [
		email,
		user.id
	]);
	const { rows } = await transaction.query<Account>(`select ${accountColumns} from accounts where sign_in_user = $1`, [user.id]);
	return rows[0]!;
}

export async function accountById(queryable: Queryable, accountId: string): Promise<Account | null> {
	const { rows } = await queryable.query<Account>(`select ${accountColumns} from accounts where account_id = $1`, [accountId]);
	return rows[0] ?? null;
}

export async function accountByEmail(queryable: Queryable, email: string): Promise<Account | null> {
	const { rows } = await queryable.query<Account>(`select ${accountColumns} from accounts where lower(email) = lower($1)`, [
		email
	]);
	return rows[0] ?? null;
}

/** The account of who acts, which must have one. */
export async function ownAccount(queryable: Queryable, actor: Actor): Promise<Account> {
	const account = actor.kind === 'account' ? await accountById(queryable, actor.accountId) : null;
	if (!account) throw refusal('not-allowed');
	return account;
}

/** A person changes their own name and the language in which they are written to. */
export async function changeAccount(
	database: Database,
	actor: Actor,
	{ name, language }: { name: string; language: string }
): Promise<void> {
	if (actor.kind !== 'account') throw refusal('not-allowed');
	if (!isLanguage(language)) throw refusal('unknown-language', { tag: language });
	await inTransaction(database, (transaction) =>
		transaction.query(`update accounts set name = $2, language = $3 where account_id = $1`, [
			actor.accountId,
			usableText(name, { max: 200, what: 'name', mayBeEmpty: true }).trim(),
			language
		])
	);
}

/** The roles that an account holds now. */
export async function rolesOf(queryable: Queryable, accountId: string): Promise<Role[]> {
	const { rows } = await queryable.query<Role>({
		name: 'roles-of-account',
		text: `
			select r.role, r.topic_id as "topicId"
			from roles r
			where r.account_id = $1
				and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
			order by r.role_id`,
		values: [accountId]
	});
	return rows;
}
