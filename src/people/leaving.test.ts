import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { accountById, accountOfUser } from '#people/accounts.server.ts';
import { aVisitor, anAccountIn, holding } from '#people/examples.ts';
import { deleteAccount } from '#people/leaving.server.ts';
import { endRole, grantRole } from '#people/roles.server.ts';

const database = await testDatabase();
const refused = (code: string) => ({ name: 'Refusal', code });

test('whoever deletes their account is gone from it, with all by which they signed in', async () => {
	const leaving = await anAccountIn(database, 'Leaving');
	const staying = await anAccountIn(database, 'Staying');
	const { rows } = await database.query<{ id: string }>(
		`insert into sign_in."user" ("name", "email", "emailVerified") values ('Leaving', 'leaving@example.org', true) returning "id"`
	);
	const user = { id: rows[0]!.id, email: 'leaving@example.org', name: 'Leaving' };
	await inTransaction(database, (transaction) => accountOfUser(transaction, user, 'en'));
	await deleteAccount(database, leaving);
	assert.equal(await accountById(database, leaving.accountId), null);
	assert.equal((await database.query('select from sign_in."user"')).rowCount, 0);
	assert.equal((await accountById(database, staying.accountId))?.name, 'Staying');
	await assert.rejects(deleteAccount(database, leaving), refused('not-allowed'));
	await assert.rejects(deleteAccount(database, aVisitor), refused('not-allowed'));
});

test('an account that has or had a role stays: the record of who did what names it', async () => {
	const staff = await anAccountIn(database, 'Staff');
	const administrator = holding('administrator');
	const words = { accountId: staff.accountId, role: 'secretariat', topicId: nilTopic } as const;
	const roleId = await inTransaction(database, (transaction) => grantRole(transaction, words, administrator));
	await assert.rejects(deleteAccount(database, staff), refused('account-of-staff'));
	await endRole(database, nilTopic, roleId, administrator, 'Moved on');
	await assert.rejects(deleteAccount(database, staff), refused('account-of-staff'));
});
