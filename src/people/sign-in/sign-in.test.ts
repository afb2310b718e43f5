import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { getMigrations } from 'better-auth/db/migration';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { readSettings } from '#database/settings.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { mails } from '#mail/mail.server.ts';
import { accountByEmail, makeAccount } from '#people/accounts.server.ts';
import { codeOf, stepAt } from '#people/sign-in/authenticator.ts';
import { browserName } from '#people/sign-in/browser-name.ts';
import { browsersOf, endSignIns } from '#people/sign-in/browsers.server.ts';
import { optionsOf, poolOf } from '#people/sign-in/library.server.ts';
import { beginAuthenticator, removeAuthenticator, secondFactorsOf, showCode } from '#people/sign-in/second-factor.server.ts';
import type { CookieToSet } from '#people/sign-in/proving.server.ts';
import { openSignIn, type SignIn } from '#people/sign-in/sign-in.server.ts';

const database = await testDatabase();
const secret = 's'.repeat(40);
const settings = readSettings({ PORT: '4501' });
const signIn = openSignIn(database, settings, secret);
const { key } = signIn;
after(() => signIn.close());

const visitor = { kind: 'visitor', visitorId: 'v' } as const;
const refused = (code: string) => ({ name: 'Refusal', code });

function headersWith(cookies: readonly CookieToSet[]): Headers {
	return new Headers({ cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ') });
}

async function codeSentTo(email: string): Promise<string> {
	await signIn.sendCode(email, 'fr');
	const [mail] = await mails(database);
	assert.equal(mail?.to, email);
	return /\d{4} \d{4}/.exec(mail.body)![0];
}

async function signedIn(email: string, on: SignIn = signIn): Promise<Headers> {
	return headersWith(
		(
			await on.signInAs(
				{ email, name: '', language: 'en' },
				'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
			)
		).cookies
	);
}

/** The same instance, some time later. */
function later(milliseconds: number): SignIn {
	const moved: Database = { ...database, clockShift: milliseconds };
	const opened = openSignIn(moved, settings, secret);
	after(() => opened.close());
	return opened;
}

async function grant(email: string, role: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { accountId } = await makeAccount(transaction, { email, name: '', language: 'en' });
		await transaction.query(`insert into roles values ($1, $2, $3, $4, $5)`, [
			nilTopic,
			uuidv7(),
			accountId,
			role,
			transaction.at
		]);
	});
}

test('the tables of the library are those that it wants with our settings', async () => {
	const pool = poolOf(database);
	const { oidc } = { oidc: { issuer: 'http://localhost:1', clientId: 'a', clientSecret: 'b', name: 'c' } };
	const options = optionsOf({ database, secret, origin: 'http://localhost:4501', otherOrigins: [], oidc }, pool);
	const { toBeAdded, toBeCreated } = await getMigrations(options);
	await pool.end();
	assert.deepEqual([toBeAdded, toBeCreated], [[], []]);
});

test('without the cookie of a sign-in nobody is asked', async () => {
	const asked = openSignIn(
		new Proxy(database, { get: (_, name) => (name === 'pool' ? database.pool : undefined) }),
		settings,
		secret
	);
	after(() => asked.close());
	assert.deepEqual(await asked.actorOf(new Headers(), 'v'), visitor);
	assert.deepEqual(await asked.actorOf(new Headers({ cookie: 'visitor=abc; theme=dark' }), 'v'), visitor);
});

test('a code by mail signs in once; the account keeps the language of the page', async () => {
	const code = await codeSentTo('amina@example.org');
	const cookies = await signIn.useCode('amina@example.org', code, 'fr');
	const actor = await signIn.actorOf(headersWith(cookies), 'v');
	const account = await accountByEmail(database, 'Amina@example.org');
	assert.deepEqual(actor, { kind: 'account', accountId: account?.accountId, visitorId: 'v', roles: [], secondFactor: false });
	assert.equal(account?.language, 'fr');
	await assert.rejects(signIn.useCode('amina@example.org', code, 'fr'), refused('wrong-code'));
});

test('a code dies after three wrong tries, and an address that nobody knows is answered alike', async () => {
	const code = await codeSentTo('bo@example.org');
	for (const wrong of ['00000000', '', '1'])
		await assert.rejects(signIn.useCode('bo@example.org', wrong, 'en'), refused('wrong-code'));
	await assert.rejects(signIn.useCode('bo@example.org', code, 'en'), refused('wrong-code'));
	await assert.rejects(signIn.useCode('nobody@example.org', code, 'en'), refused('wrong-code'));
});

test('an address is sent five codes in a quarter of an hour, then no more for a while', async () => {
	for (let sent = 0; sent < 5; sent++) await signIn.sendCode('flood@example.org', 'en');
	await assert.rejects(signIn.sendCode('Flood@example.org', 'en'), refused('too-many-codes'));
	await signIn.sendCode('other@example.org', 'en');
	await later(16 * 60_000).sendCode('flood@example.org', 'en');
});

test('a forged, foreign or ended sign-in is a visitor', async () => {
	const headers = await signedIn('carla@example.org');
	assert.equal((await signIn.actorOf(headers, 'v')).kind, 'account');
	const foreign = openSignIn(database, settings, 'x'.repeat(40));
	after(() => foreign.close());
	assert.deepEqual(await foreign.actorOf(headers, 'v'), visitor);
	assert.deepEqual(await signIn.actorOf(new Headers({ cookie: `${headers.get('cookie')}x` }), 'v'), visitor);
	assert.deepEqual((await signIn.signOut(headers)).map(({ name, value, maxAge }) => [name, value, maxAge]).slice(0, 1), [
		['sign-in', '', 0]
	]);
	assert.deepEqual(await signIn.actorOf(headers, 'v'), visitor);
});

test('a person sees the browsers in which they are signed in, and signs out of all', async () => {
	const [one, other] = [await signedIn('dana@example.org'), await signedIn('dana@example.org')];
	const account = (await accountByEmail(database, 'dana@example.org'))!;
	const browsers = await browsersOf(database, account.accountId);
	assert.deepEqual(
		browsers.map(({ description }) => browserName(description)),
		['Firefox · Linux', 'Firefox · Linux']
	);
	await inTransaction(database, (transaction) => endSignIns(transaction, account.accountId, browsers[0]!.signInId));
	const kinds = [(await signIn.actorOf(one, null)).kind, (await signIn.actorOf(other, null)).kind];
	assert.deepEqual(kinds.sort(), ['account', 'visitor']);
	await inTransaction(database, (transaction) => endSignIns(transaction, account.accountId));
	assert.deepEqual([await signIn.actorOf(one, 'v'), await signIn.actorOf(other, 'v')], [visitor, visitor]);
});

test('staff roles count with a second factor only, which fades after half an hour of silence; after half a day staff are signed out', async () => {
	await grant('eve@example.org', 'secretariat');
	const headers = await signedIn('eve@example.org');
	const current = (await signIn.current(headers))!;
	assert.deepEqual([current.roles, current.secondFactor], [[{ role: 'secretariat', topicId: nilTopic }], false]);

	const { address } = await beginAuthenticator(database, key, current, 'eve@example.org');
	const appSecret = secretIn(address);
	const code = codeOf(appSecret, stepAt(new Date()));
	const { recoveryCodes } = await showCode(database, key, current, code);
	assert.equal(recoveryCodes.length, 10);
	assert.equal((await signIn.current(headers))?.secondFactor, true);
	await assert.rejects(showCode(database, key, current, code), refused('wrong-code'));

	assert.equal((await later(29 * 60_000).current(headers))?.secondFactor, true);
	assert.equal((await later(70 * 60_000).current(headers))?.secondFactor, false);
	assert.equal((await signIn.current(headers))?.secondFactor, false);
	await showCode(database, key, current, recoveryCodes[3]!.toUpperCase());
	assert.equal((await signIn.current(headers))?.secondFactor, true);
	await assert.rejects(showCode(database, key, current, recoveryCodes[3]!), refused('wrong-code'));

	assert.equal(await later(12.1 * 3_600_000).current(headers), null);
	assert.deepEqual(await signIn.actorOf(headers, 'v'), visitor);
});

test('a second factor cannot be taken away or doubled by who does not show it, and five wrong codes end the trying', async () => {
	const first = (await signIn.current(await signedIn('finn@example.org')))!;
	const { address } = await beginAuthenticator(database, key, first, 'finn@example.org');
	await showCode(database, key, first, codeOf(secretIn(address), stepAt(new Date())));

	const stranger = (await signIn.current(await signedIn('finn@example.org')))!;
	await assert.rejects(beginAuthenticator(database, key, stranger, 'finn@example.org'), refused('second-factor-needed'));
	await assert.rejects(removeAuthenticator(database, stranger), refused('second-factor-needed'));
	for (let tries = 0; tries < 5; tries++)
		await assert.rejects(showCode(database, key, stranger, '000000'), refused('wrong-code'));
	await assert.rejects(
		showCode(database, key, stranger, codeOf(secretIn(address), stepAt(new Date()) + 1)),
		refused('too-many-codes')
	);
	assert.equal((await secondFactorsOf(database, first.accountId)).authenticator, true);
	const own = { ...first, secondFactor: true };
	await removeAuthenticator(database, own);
	assert.deepEqual(await secondFactorsOf(database, first.accountId), {
		authenticator: false,
		passkeys: [],
		recoveryCodesLeft: 0
	});
});

test('of the library itself only what a page needs can be reached', async () => {
	const headers = await signedIn('gil@example.org');
	headers.set('origin', 'http://localhost:4501');
	headers.set('content-type', 'application/json');
	const ask = async (method: string, path: string) => {
		const body = method === 'POST' ? JSON.stringify({}) : null;
		return (await signIn.answer(new Request(`http://localhost:4501/sign-in/api${path}`, { method, headers, body }))).status;
	};
	for (const [method, path] of [
		['GET', '/get-session'],
		['POST', '/update-user'],
		['POST', '/change-email'],
		['POST', '/delete-user'],
		['POST', '/sign-in/email-otp'],
		['POST', '/email-otp/send-verification-otp'],
		['POST', '/passkey/delete-passkey'],
		['GET', '/error'],
		['GET', '']
	] as const)
		assert.equal(await ask(method, path), 404, path);
	assert.equal(await ask('GET', '/passkey/generate-authenticate-options'), 200);
	assert.equal(await ask('GET', '/passkey/generate-register-options'), 200);
	assert.equal(await ask('POST', '/passkey/verify-authentication'), 400);
});

function secretIn(address: string): Buffer {
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	const bits = [...new URL(address).searchParams.get('secret')!].map((letter) =>
		letters.indexOf(letter).toString(2).padStart(5, '0')
	);
	return Buffer.from(
		bits
			.join('')
			.match(/.{8}/g)!
			.map((byte) => Number.parseInt(byte, 2))
	);
}
