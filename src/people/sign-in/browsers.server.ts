import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { Standing } from '#people/sign-in/standing.ts';

/** A browser in which an account is signed in. */
export interface Browser {
	readonly signInId: string;
	readonly beganAt: Date;
	readonly seenAt: Date;
	/** What it says of itself. */
	readonly description: string;
}

export async function browsersOf(queryable: Queryable, accountId: string): Promise<Browser[]> {
	const { rows } = await queryable.query<Browser>(
		`
			select s.sign_in_id as "signInId", s.began_at as "beganAt", s.seen_at as "seenAt", coalesce(b."userAgent", '') as description
			from sign_ins s
			join sign_in."session" b on b."id" = s.sign_in_id
			where s.account_id = $1
			order by s.seen_at desc, s.sign_in_id`,
		[accountId]
	);
	return rows;
}

/** Signs one browser of the account out, or all of them. */
export async function endSignIns(transaction: Transaction, accountId: string, signInId?: string): Promise<void> {
	await transaction.query(
		`
			delete from sign_in."session"
			where "id" in (select sign_in_id from sign_ins where account_id = $1 and ($2::uuid is null or sign_in_id = $2))`,
		[accountId, signInId ?? null]
	);
}

/** What holds for a browser that is signed in, by the clock of the database. */
export interface KnownSignIn extends Standing {
	readonly accountId: string;
	readonly roles: { readonly role: string; readonly topicId: string }[];
	readonly at: Date;
}

export async function knownSignIn(database: Database, signInId: string): Promise<KnownSignIn | null> {
	const { rows } = await database.query<Omit<KnownSignIn, 'isStaff'>>({
		name: 'known-sign-in',
		text: `
			select s.account_id as "accountId", s.began_at as "beganAt", s.seen_at as "seenAt", s.second_factor_at as "secondFactorAt",
				clock_timestamp() as at,
				coalesce((
					select json_agg(json_build_object('role', r.role, 'topicId', r.topic_id) order by r.role_id)
					from roles r
					where r.account_id = s.account_id
						and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
				), '[]') as roles
			from sign_ins s
			where s.sign_in_id = $1`,
		values: [signInId]
	});
	const found = rows[0];
	if (!found) return null;
	return { ...found, isStaff: found.roles.length > 0, at: new Date(found.at.getTime() + database.clockShift) };
}

export async function beginSignIn(transaction: Transaction, signInId: string, accountId: string): Promise<void> {
	await transaction.query(
		`
			insert into sign_ins (sign_in_id, account_id, began_at, seen_at)
			values ($1, $2, $3, $3)
			on conflict (sign_in_id) do nothing`,
		[signInId, accountId, transaction.at]
	);
}

/** Once a minute at most, so that reading pages writes little. A second factor that fell silent is gone, and must be shown again. */
export async function noteSeen(database: Database, signInId: string, secondFactor: boolean): Promise<void> {
	await inTransaction(database, (transaction) =>
		transaction.query({
			name: 'note-seen',
			text: `
				update sign_ins
				set seen_at = greatest(seen_at, $2), second_factor_at = case when $3 then second_factor_at end
				where sign_in_id = $1`,
			values: [signInId, transaction.at, secondFactor]
		})
	);
}

export async function noteSecondFactor(transaction: Transaction, signInId: string): Promise<void> {
	await transaction.query('update sign_ins set second_factor_at = $2, seen_at = $2 where sign_in_id = $1', [
		signInId,
		transaction.at
	]);
}
