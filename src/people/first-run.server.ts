import { inTransaction, nilTopic, type Database, type Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import type { Language } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { makeAccount, type Account } from '#people/accounts.server.ts';

/** Whether nobody can administer this instance yet. */
export async function lacksAdministrator(queryable: Queryable): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`
			select from roles r
			where r.topic_id = $1 and r.role = 'administrator'
				and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
			limit 1`,
		[nilTopic]
	);
	return rowCount === 0;
}

/** Makes the first administrator; a second one who comes with the same link is refused. */
export async function makeFirstAdministrator(
	database: Database,
	person: { email: string; name: string; language: Language }
): Promise<Account> {
	return inTransaction(database, async (transaction) => {
		// the lock of the counter: two windows that come at once come one after the other
		await nextNumber(transaction, nilTopic, 'first-administrators');
		if (!(await lacksAdministrator(transaction))) throw refusal('link-expired');
		const account = await makeAccount(transaction, person);
		const roleId = uuidv7();
		await transaction.query(
			`insert into roles (topic_id, role_id, account_id, role, granted_at) values ($1, $2, $3, 'administrator', $4)`,
			[nilTopic, roleId, account.accountId, transaction.at]
		);
		await record(transaction, {
			topicId: nilTopic,
			actor: { kind: 'job', name: 'first run' },
			did: 'granted',
			kind: 'role',
			thingId: roleId,
			details: { role: 'administrator', account: account.accountId }
		});
		return account;
	});
}
