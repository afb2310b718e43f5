import { inTransaction, nilTopic, type Database, type Queryable } from '#database/connection.server.ts';
import type { Actor } from '#activity/actor.ts';
import { nextNumber } from '#activity/recording.server.ts';
import type { Language } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { makeAccount, type Account } from '#people/accounts.server.ts';
import { addRole } from '#people/roles.server.ts';

const firstRun: Actor = { kind: 'job', name: 'first run' };

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
		await addRole(transaction, { topicId: nilTopic, accountId: account.accountId, role: 'administrator' }, firstRun);
		return account;
	});
}
