import { nilTopic, type Queryable } from '#database/connection.server.ts';
import type { Role } from '#activity/actor.ts';

export interface RoleHolder {
	readonly accountId: string;
	readonly name: string;
}

/** Who holds the role in the topic now, by name. */
export async function holdersOf(queryable: Queryable, topicId: string, role: Role['role']): Promise<RoleHolder[]> {
	const { rows } = await queryable.query<RoleHolder>(
		`
			select distinct a.account_id as "accountId", coalesce(nullif(a.name, ''), a.email) as name
			from roles r
			join accounts a using (account_id)
			where r.topic_id in ($1, '${nilTopic}') and r.role = $2
				and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
			order by name, "accountId"`,
		[topicId, role]
	);
	return rows;
}

/** The names of accounts, for pages of staff. */
export async function namesOfAccounts(queryable: Queryable, accountIds: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await queryable.query<RoleHolder>(
		`
			select account_id as "accountId", coalesce(nullif(name, ''), email) as name
			from accounts
			where account_id = any ($1::uuid[])`,
		[[...new Set(accountIds)]]
	);
	return new Map(rows.map(({ accountId, name }) => [accountId, name]));
}

/** Everybody who ever held a role (that counts in the topic, where one is named), by name: whose acts stand in the record. */
export async function staffEver(queryable: Queryable, topicId: string | null = null): Promise<RoleHolder[]> {
	const { rows } = await queryable.query<RoleHolder>(
		`
			select distinct a.account_id as "accountId", coalesce(nullif(a.name, ''), a.email) as name
			from roles r
			join accounts a using (account_id)
			where $1::uuid is null or r.topic_id in ($1, '${nilTopic}')
			order by name, "accountId"`,
		[topicId]
	);
	return rows;
}
