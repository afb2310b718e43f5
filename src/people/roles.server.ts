import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { accountOf, type Actor, type Role } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import type { Language } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { isInstitutional, mayGrant } from '#people/may.ts';

export interface Grant {
	/** nilTopic for a role in the institution */
	readonly topicId: string;
	readonly accountId: string;
	readonly role: Role['role'];
}

/** Gives the account the role. It holds it already: refused, so that nobody thinks to have given two. */
export async function grantRole(database: Database | Transaction, grant: Grant, actor: Actor): Promise<string> {
	if (!mayGrant(actor, grant.role)) throw refusal('not-allowed');
	return inTransaction(database, (transaction) => addRole(transaction, grant, actor));
}

/** The same for verbs that have found out by other means that it may be given: an invitation that was accepted. */
export async function addRole(transaction: Transaction, { topicId, accountId, role }: Grant, actor: Actor): Promise<string> {
	if (isInstitutional(role) !== (topicId === nilTopic)) throw new Error(`${role} cannot be held in ${topicId}`);
	await oneAtATime(transaction, accountId);
	const held = await transaction.query(`${heldRoles} and r.account_id = $2 and r.role = $3`, [topicId, accountId, role]);
	if (held.rowCount > 0) throw refusal('already-member');
	const roleId = uuidv7();
	await transaction.query(
		`
			insert into roles (topic_id, role_id, account_id, role, granted_at, granted_by)
			values ($1, $2, $3, $4, $5, $6)`,
		[topicId, roleId, accountId, role, transaction.at, accountOf(actor)]
	);
	await record(transaction, {
		topicId,
		actor,
		did: 'granted',
		kind: 'role',
		thingId: roleId,
		details: { role, account: accountId }
	});
	return roleId;
}

/** Takes the role back, or gives it up. An institution keeps one administrator at least. */
export async function endRole(database: Database, topicId: string, roleId: string, actor: Actor, reason: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ role: Role['role']; accountId: string }>(
			`select r.role, r.account_id as "accountId" from roles r where r.topic_id = $1 and r.role_id = $2`,
			[topicId, roleId]
		);
		const found = rows[0];
		if (!found) throw refusal('not-found');
		const isOwn = actor.kind === 'account' && actor.accountId === found.accountId;
		if (!isOwn && !mayGrant(actor, found.role)) throw refusal('not-allowed');
		if (found.role === 'administrator') await refuseLast(transaction, roleId);
		const ended = await transaction.query(
			`
				insert into role_ends (topic_id, role_id, ended_at, ended_by, reason)
				values ($1, $2, $3, $4, $5)
				on conflict do nothing`,
			[topicId, roleId, transaction.at, accountOf(actor), reason || null]
		);
		if (ended.rowCount === 0) return;
		const details = { role: found.role, account: found.accountId };
		await record(transaction, { topicId, actor, did: 'ended', kind: 'role', thingId: roleId, details, reason: reason || null });
	});
}

export interface HeldRole {
	readonly roleId: string;
	readonly role: Role['role'];
	readonly grantedAt: Date;
	readonly topicId: string;
	/** Null for a role in the institution. */
	readonly topic: { readonly title: string; readonly language: string } | null;
}

/** The roles that an account holds now, with the titles of their topics as a reader of the language sees them. */
export async function rolesWithTopics(queryable: Queryable, accountId: string, language: Language): Promise<HeldRole[]> {
	return (await staff(queryable, language, accountId))[0]?.roles ?? [];
}

export interface StaffMember {
	readonly accountId: string;
	readonly email: string;
	readonly name: string;
	readonly hasSecondFactor: boolean;
	readonly lastSeenAt: Date | null;
	readonly roles: HeldRole[];
}

/** Everybody who holds a role now (or only one of them), by name. */
export async function staff(queryable: Queryable, language: Language, accountId?: string): Promise<StaffMember[]> {
	const { rows } = await queryable.query<RoleRow>(
		`
			select a.account_id as "accountId", a.email, a.name, r.role_id as "roleId", r.role, r.granted_at as "grantedAt",
				r.topic_id as "topicId", t.text as title, t.language as "titleLanguage",
				exists (select from authenticators where account_id = a.account_id and confirmed_at is not null)
					or exists (select from sign_in."passkey" p where p."userId" = a.sign_in_user) as "hasSecondFactor",
				(select max(seen_at) from sign_ins where account_id = a.account_id) as "lastSeenAt"
			from roles r
			join accounts a on a.account_id = r.account_id
			left join lateral (
				select text, language
				from texts
				where topic_id = r.topic_id and kind = 'topic' and field = 'title'
				order by language = $1 desc, language = 'en' desc, language, version desc
				limit 1
			) t on true
			where ($2::uuid is null or r.account_id = $2)
				and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
			order by lower(a.name), a.account_id, r.role_id`,
		[language, accountId ?? null]
	);
	const members = new Map<string, StaffMember>();
	for (const { accountId: id, email, name, hasSecondFactor, lastSeenAt, title, titleLanguage, ...role } of rows) {
		const member = members.get(id) ?? { accountId: id, email, name, hasSecondFactor, lastSeenAt, roles: [] };
		const topic = role.topicId === nilTopic ? null : { title: title ?? '', language: titleLanguage ?? 'und' };
		member.roles.push({ ...role, topic });
		members.set(id, member);
	}
	return [...members.values()];
}

interface RoleRow extends Omit<StaffMember, 'roles'>, Omit<HeldRole, 'topic'> {
	readonly title: string | null;
	readonly titleLanguage: string | null;
}

const heldRoles = `
	select from roles r
	where r.topic_id = $1
		and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)`;

async function oneAtATime(transaction: Transaction, accountId: string): Promise<void> {
	const { rowCount } = await transaction.query('select from accounts where account_id = $1 for update', [accountId]);
	if (rowCount === 0) throw refusal('not-found');
}

async function refuseLast(transaction: Transaction, roleId: string): Promise<void> {
	// the lock of the counter: two administrators who take each other's role at once come one after the other
	await nextNumber(transaction, nilTopic, 'administrator-ends');
	const others = await transaction.query(`${heldRoles} and r.role = 'administrator' and r.role_id <> $2`, [nilTopic, roleId]);
	if (others.rowCount === 0) throw refusal('last-administrator');
}
