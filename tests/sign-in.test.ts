import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { runJobs, type RunningJobs } from '#jobs/running.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { accountByEmail, makeAccount } from '#people/accounts.server.ts';
import { codeOf, stepAt } from '#people/sign-in/authenticator.ts';
import { demoLinks, firstRunLink } from '#cli/links.ts';
import { tasksOf } from '#cli/tasks.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aProduct } from './product.ts';
import { aProvider } from './provider.ts';

// first: what is registered first ends first, and the jobs must have ended before their database closes
let jobs: RunningJobs | undefined; // eslint-disable-line prefer-const -- named by the line below before it can be made
after(() => jobs?.stop());

const provider = await aProvider({ sub: '7', email: 'olga@institution.example.org', name: 'Olga Ivanova', email_verified: true });
const { address, database, settings } = await aProduct({
	environment: {
		OIDC_ISSUER: provider.issuer,
		OIDC_CLIENT_ID: provider.clientId,
		OIDC_CLIENT_SECRET: provider.clientSecret,
		OIDC_NAME: 'the institution'
	}
});
const outbox = join(settings.data, 'outbox');
const mailer = mailerFor({ smtpUrl: null, outbox, from: settings.mailFrom });
jobs = await runJobs(database, tasksOf({ settings, mailer }));

/** The newest mail to the address in the outbox, once it is there. */
async function mailTo(email: string, not?: string): Promise<string> {
	for (let looks = 0; looks < 200; looks++) {
		const names = (await readdir(outbox).catch(() => []))
			// one that begins with a dot is still being written
			.filter((name) => /^[^.].*\.eml$/.test(name))
			.sort()
			.reverse();
		for (const name of names) {
			const text = await readFile(join(outbox, name), 'utf8');
			if (text.includes(`To: ${email}`) && text !== not) return text;
		}
		await pause(25);
	}
	throw new Error(`no mail to ${email}`);
}

async function signInByCode(
	page: Page,
	email: string,
	words = { email: 'E-mail address', send: 'Send me a code', code: 'Code', sign: 'Sign in' }
) {
	await page.getByLabel(words.email).fill(email);
	await page.getByRole('button', { name: words.send }).click();
	await page.getByLabel(words.code, { exact: true }).waitFor();
	const code = /\d{4} \d{4}/.exec(await mailTo(email))![0];
	await page.getByLabel(words.code, { exact: true }).fill(code);
	await page.getByRole('button', { name: words.sign }).click();
}

async function withAuthenticator(page: Page) {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
}

test('a person signs in with a code by e-mail, without script, and is led on to where they wanted to be', async (t) => {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto('/account');
	assert.equal(new URL(page.url()).pathname, '/sign-in');
	await page.getByLabel('E-mail address').fill('not an address');
	await page.getByRole('button', { name: 'Send me a code' }).click();
	await page.getByText('Enter an e-mail address such as name@example.org.').first().waitFor();
	assert.equal(await page.getByLabel('E-mail address').inputValue(), 'not an address');
	await signInByCode(page, 'amina@example.org');
	await page.getByText('You are signed in as amina@example.org.').waitFor();
	assert.equal(new URL(page.url()).pathname, '/account');
	await page.getByLabel('Name').fill('Amina Njoroge');
	await page.getByRole('combobox', { name: 'Language' }).selectOption('fr');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor();
	assert.deepEqual(await accountByEmail(database, 'amina@example.org').then((found) => [found?.name, found?.language]), [
		'Amina Njoroge',
		'fr'
	]);
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.goto('/account');
	assert.equal(new URL(page.url()).pathname, '/sign-in');
});

test('a wrong code is said to be wrong, the typed code is kept, and another is sent on request', async (t) => {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto('/sign-in');
	await page.getByLabel('E-mail address').fill('bo@example.org');
	await page.getByRole('button', { name: 'Send me a code' }).click();
	await page.getByLabel('Code', { exact: true }).fill('1234 5678');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('alert').getByText('This code is not right').waitFor();
	assert.equal(await page.getByLabel('Code', { exact: true }).inputValue(), '1234 5678');
	const first = await mailTo('bo@example.org');
	await page.getByRole('button', { name: 'Send another code' }).click();
	await page.getByText('Another code is on its way.').waitFor();
	await mailTo('bo@example.org', first);
});

test('a passkey is added and then signs in, as both factors at once', async (t) => {
	const page = await aPage(t, { address });
	await withAuthenticator(page);
	await page.goto('/sign-in');
	await accessible(page);
	await signInByCode(page, 'carla@example.org');
	await page.goto('/account/passkey');
	await accessible(page);
	await page.getByLabel('Name').fill('blue key');
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	await page.getByText('blue key').waitFor();
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();

	await page.goto('/sign-in');
	await page.getByRole('button', { name: 'Use a passkey' }).click();
	await page.getByText('You are signed in as carla@example.org.').waitFor();
	await accessible(page);
	await reflows(page);
	const { rows } = await database.query<{ shown: boolean }>(
		`select second_factor_at is not null as shown from sign_ins where account_id = $1`,
		[(await accountByEmail(database, 'carla@example.org'))!.accountId]
	);
	assert.deepEqual(rows, [{ shown: true }]);
});

test('a browser whose device has no passkey says so and shows the other ways', async (t) => {
	const page = await aPage(t, { address });
	await withAuthenticator(page);
	await page.goto('/sign-in');
	await page.getByRole('button', { name: 'Use a passkey' }).click();
	await page.getByText('That did not work.').waitFor();
	await accessible(page);
	await page.getByLabel('E-mail address').fill('finn@example.org');
	await page.getByRole('button', { name: 'Send me a code' }).click();
	await page.getByLabel('Code', { exact: true }).fill('1');
	await accessible(page);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('alert').getByText('This code is not right').waitFor();
	await accessible(page);
});

test('a person signs in at the provider of the institution, and with the same address finds the same account', async (t) => {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto('/sign-in?then=/account');
	await page.getByRole('link', { name: 'Sign in with the institution' }).click();
	await page.getByText('You are signed in as olga@institution.example.org.').waitFor();
	const account = await accountByEmail(database, 'olga@institution.example.org');
	assert.equal(account?.name, 'Olga Ivanova');
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.goto('/sign-in');
	await signInByCode(page, 'olga@institution.example.org');
	await page.getByText('You are signed in as olga@institution.example.org.').waitFor();
	assert.deepEqual(await accountByEmail(database, 'olga@institution.example.org'), account);
});

test('an address that the provider does not vouch for signs nobody in', async (t) => {
	provider.person = { sub: '8', email: 'amina@example.org', name: 'Mallory', email_verified: false };
	const page = await aPage(t, { address, javaScript: false });
	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'Sign in with the institution' }).click();
	await page.getByText('The sign-in elsewhere did not work.').waitFor();
	await page.goto('/account');
	assert.equal(new URL(page.url()).pathname, '/sign-in');
});

test('the link on the console makes the first administrator once, who sets up a second factor; staff without one are asked for it', async (t) => {
	const page = await aPage(t, { address, expected: [/status of 4/] });
	const link = (await firstRunLink(settings, database, address))!;
	await page.goto(link);
	assert.equal(new URL(page.url()).search, '');
	await accessible(page);
	await page.getByLabel('Your name').fill('Hamadoun');
	await page.getByLabel('E-mail address').fill('hamadoun@example.org');
	await page.getByRole('button', { name: 'Begin' }).click();
	await page.getByText('You have no second factor yet.').waitFor();
	await page.getByRole('link', { name: 'Set up an app' }).click();
	await accessible(page);
	const secret = fromBase32((await page.locator('code').innerText()).replaceAll(' ', ''));
	await page.getByLabel('Code of your authenticator app').fill(codeOf(secret, stepAt(new Date())));
	await page.getByRole('button', { name: 'Confirm' }).click();
	await page.getByText('They are shown now and never again.').waitFor();
	await accessible(page);
	assert.equal(await page.locator('main li code').count(), 10);
	const [recovery] = await page.locator('main li code').allInnerTexts();
	await page.goto('/account');
	await page.getByText('Administrator', { exact: true }).waitFor();
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();

	const second = await page.goto(link);
	assert.equal(second?.status(), 410);

	await page.goto('/sign-in');
	await signInByCode(page, 'hamadoun@example.org');
	await page.getByRole('heading', { name: 'Show your second factor' }).waitFor();
	await accessible(page);
	await page.getByLabel('Code of your authenticator app').fill(recovery!);
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.waitForURL('**/desk');
});

test('a demo link signs a role in on this machine; a changed one does not', async (t) => {
	await inTransaction(database, async (transaction) => {
		const { accountId } = await makeAccount(transaction, { email: 'moderator@example.org', name: 'Mona', language: 'en' });
		await transaction.query(`insert into roles values ($1, $2, $3, 'moderator', $4)`, [
			nilTopic,
			uuidv7(),
			accountId,
			transaction.at
		]);
	});
	const page = await aPage(t, { address, expected: [/status of 4/] });
	const staff = [{ role: 'moderator', email: 'moderator@example.org' }];
	const { link } = (await demoLinks(settings, address, staff))[0]!;
	assert.equal((await page.goto(link.slice(0, -1)))?.status(), 410);
	await accessible(page);
	await page.goto(link);
	await page.goto('/account');
	await page.getByText('You are signed in as moderator@example.org.').waitFor();
	assert.equal(await page.getByText('Your roles count once').count(), 0);
});

function fromBase32(text: string): Buffer {
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}
