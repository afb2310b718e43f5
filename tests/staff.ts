import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { instanceSecret } from '#database/secret.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { openSignIn } from '#people/sign-in/sign-in.server.ts';
import { aPage, type PageWishes } from './browser.ts';
import type { Product } from './product.ts';

export interface StaffWishes extends PageWishes {
	readonly name: string;
	readonly role: 'administrator' | 'secretariat' | 'moderator' | 'rapporteur';
	/** absent: of the institution */
	readonly topicId?: string;
}

/** A page of somebody new who is signed in with this role, second factor shown. */
export async function aStaffPage(
	t: TestContext,
	product: Product,
	{ name, role, topicId, ...wishes }: StaffWishes
): Promise<Page> {
	const { database, settings, address } = product;
	const email = `${name.toLowerCase()}@example.org`;
	const { accountId } = await inTransaction(database, (transaction) => makeAccount(transaction, { email, name, language: 'en' }));
	await database.query(`insert into roles (topic_id, role_id, account_id, role, granted_at) values ($1, $2, $3, $4, now())`, [
		topicId ?? nilTopic,
		uuidv7(),
		accountId,
		role
	]);
	const secret = await instanceSecret({ folder: settings.data, secret: settings.secret ?? undefined });
	const signIn = openSignIn(database, settings, secret);
	t.after(() => signIn.close());
	const { cookies } = await signIn.signInAs({ email, name, language: 'en' }, '', true);
	const page = await aPage(t, { address, ...wishes });
	await page
		.context()
		.addCookies(cookies.map((cookie) => ({ name: cookie.name, value: encodeURIComponent(cookie.value), url: address })));
	return page;
}
