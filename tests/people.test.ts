import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { runJobs, type RunningJobs } from '#jobs/running.server.ts';
import { join } from 'node:path';
import { mailerFor } from '#mail/delivering.server.ts';
import { mails } from '#mail/mail.server.ts';
import { rolesOf } from '#people/accounts.server.ts';
import { anAccountIn, aJob } from '#people/examples.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { grantRole } from '#people/roles.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { aSecretary, someWords } from '#topics/examples.ts';
import { demoLinks } from '#cli/links.ts';
import { tasksOf } from '#cli/tasks.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aProduct } from './product.ts';

// first: what is registered first ends first, and the jobs must have ended before their database closes
let jobs: RunningJobs | undefined; // eslint-disable-line prefer-const -- named by the line below before it can be made
after(() => jobs?.stop());

const { address, database, settings } = await aProduct();
const mailer = mailerFor({ smtpUrl: null, outbox: join(settings.data, 'outbox'), from: settings.mailFrom });
jobs = await runJobs(database, tasksOf({ settings, mailer }));

const { topicId, slug } = await openTopic(database, someWords(), aSecretary);
await database.query('insert into topic_publications (topic_id, published_at) values ($1, now())', [topicId]);
for (const role of ['administrator', 'secretariat'] as const) {
	const { accountId } = await anAccountIn(database, role);
	await grantRole(database, { topicId: nilTopic, accountId, role }, aJob);
}

async function aPageOf(t: TestContext, role: 'administrator' | 'secretariat', wishes = {}) {
	const page = await aPage(t, { address, ...wishes });
	const [signIn] = await demoLinks(settings, address, [{ role, email: `${role}@example.org` }]);
	await page.goto(signIn!.link);
	return page;
}

const linkIn = (text: string) => /http:\S+\/invitations\/\S+/.exec(text)![0];

test('the secretariat invites by mail, and a visitor accepts without an account and without script', async (t) => {
	const page = await aPageOf(t, 'secretariat');
	await page.goto(`/desk/topics/${slug}/invitations`);
	await accessible(page);
	await reflows(page);
	await page.getByLabel('E-mail addresses').fill('amina@example.org, not an address');
	await page.getByRole('button', { name: 'Send the invitations' }).click();
	await page.getByRole('alert').getByText('These are not e-mail addresses: not an address.').waitFor();
	await accessible(page);
	await page.getByLabel('E-mail addresses').fill('amina@example.org\nBo <bo@example.org>');
	await page.locator('#mail-group').selectOption('academia');
	await page.getByLabel('A few words of your own').fill('Dear colleague,');
	await page.getByRole('button', { name: 'Send the invitations' }).click();
	await page.getByText('2 people are invited').waitFor();
	await accessible(page);

	const sent = (await mails(database)).find(({ to }) => to === 'amina@example.org')!;
	const visitor = await aPage(t, { address, javaScript: false, expected: [/status of 4/] });
	await visitor.goto(linkIn(sent.body));
	assert.equal(new URL(visitor.url()).search, '');
	await visitor.getByRole('heading', { name: 'You are invited' }).waitFor();
	await visitor.getByText('International Internet-related public policy').waitFor();
	await visitor.getByRole('button', { name: 'Accept' }).click();
	const { rows } = await database.query(
		'select stakeholder_groups as groups, assurance from participant_profiles where topic_id = $1 order by profile_number desc limit 1',
		[topicId]
	);
	assert.deepEqual(rows, [{ groups: ['academia'], assurance: 'invited' }]);

	const again = await aPage(t, { address });
	await again.goto(linkIn(sent.body));
	await again.getByText('You have accepted this invitation.').waitFor();
	await accessible(again);
	assert.equal(await again.getByRole('button', { name: 'Accept' }).count(), 0);

	await page.goto(`/desk/topics/${slug}/invitations`);
	await page.getByRole('button', { name: /Take back.*bo@example.org/ }).click();
	await page.getByText('The invitation was taken back').waitFor();
	const other = (await mails(database)).find(({ to }) => to === 'bo@example.org')!;
	await again.goto(linkIn(other.body));
	await again.getByText('This invitation was taken back.').waitFor();
});

test('a link for a group is shown once, can be typed as a code, and is declined by not using it', async (t) => {
	const page = await aPageOf(t, 'secretariat');
	await page.goto(`/desk/topics/${slug}/invitations`);
	await page.getByText('Invite by a link').click();
	await page.getByLabel('How many people').fill('2');
	await page.getByRole('button', { name: 'Make the link' }).click();
	const link = await page.locator('.notice code').innerText();
	await accessible(page);
	const visitor = await aPage(t, { address });
	await visitor.goto(new URL(link).pathname);
	await accessible(visitor);
	await visitor.getByLabel('Code of the invitation').fill(new URL(link).searchParams.get('token')!);
	await visitor.getByRole('button', { name: 'Open the invitation' }).click();
	await visitor.getByRole('button', { name: 'Accept' }).waitFor();
	await accessible(visitor);
	assert.equal(await visitor.getByRole('button', { name: 'Decline' }).count(), 0);
});

test('of two forms with the same fields the one that was sent comes back with its mistake', async (t) => {
	const page = await aPageOf(t, 'secretariat', { javaScript: false, expected: [/status of 4/] });
	await page.goto(`/desk/topics/${slug}/invitations`);
	await page.getByText('Invite by a link').click();
	await page.locator('#link-days').fill('900');
	await page.locator('#link-region').selectOption('african');
	await page.getByRole('button', { name: 'Make the link' }).click();
	const mistake = page.getByRole('alert').getByRole('link', { name: 'Enter a number of days from 1 to 365.' });
	assert.equal(await mistake.getAttribute('href'), '#link-days');
	assert.deepEqual(
		[await page.locator('#link-days').inputValue(), await page.locator('#link-region').inputValue()],
		['900', 'african']
	);
	assert.deepEqual([await page.locator('#mail-days').inputValue(), await page.locator('#mail-region').inputValue()], ['30', '']);
	assert.equal(await page.locator('.mistake').count(), 1);
});

test('a colleague is asked to join the secretariat, accepts, and sets up a second factor before the role counts', async (t) => {
	const page = await aPageOf(t, 'administrator');
	await page.goto('/desk/staff');
	await accessible(page);
	await reflows(page);
	await page.getByLabel('E-mail addresses').fill('olga@example.org');
	await page.getByRole('button', { name: 'Send the invitations' }).click();
	await page.getByText('The invitation is on its way').waitFor();

	const sent = (await mails(database)).find(({ to }) => to === 'olga@example.org')!;
	const colleague = await aPage(t, { address });
	await colleague.goto(linkIn(sent.body));
	await colleague.getByRole('heading', { name: 'You are asked to be Secretariat' }).waitFor();
	await accessible(colleague);
	await colleague.getByRole('button', { name: 'Accept' }).click();
	await colleague.getByText('You have no second factor yet.').waitFor();
	const { rows } = await database.query<{ accountId: string }>(
		`select account_id as "accountId" from accounts where email = 'olga@example.org'`
	);
	assert.deepEqual(await rolesOf(database, rows[0]!.accountId), [{ role: 'secretariat', topicId: nilTopic }]);
	await colleague.goto('/desk');
	await colleague.getByRole('heading', { name: 'Show your second factor' }).waitFor();
});

test('a role is given and taken back at the desk, with its reason', async (t) => {
	const page = await aPageOf(t, 'administrator');
	await page.goto('/desk/staff');
	await page.getByLabel('To whom').selectOption({ label: 'secretariat · secretariat@example.org' });
	await page.locator('#grant-role').selectOption('moderator');
	await page.getByRole('button', { name: 'Give the role' }).click();
	await page.getByText('A moderator or rapporteur needs a talk: choose one.').waitFor();
	await page.getByLabel('Talk').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Give the role' }).click();
	await page.getByText('The role was given').waitFor();
	const held = page.getByRole('listitem').filter({ hasText: 'Moderator' }).last();
	await held.getByText('Take back').click();
	await held.getByLabel('Reason').fill('Has moved on');
	await accessible(page);
	await held.getByRole('button', { name: 'Take the role back' }).click();
	await page.getByText('The role was taken back').waitFor();
	const { rows } = await database.query(`select reason from activity where topic_id = $1 and did = 'ended'`, [topicId]);
	assert.deepEqual(rows, [{ reason: 'Has moved on' }]);
});

test('mails are seen with what became of them; their words by administrators only, where there is no mail server', async (t) => {
	const page = await aPageOf(t, 'administrator');
	await page.goto('/desk/mail');
	await accessible(page);
	await reflows(page);
	await page.getByRole('link', { name: 'You are invited' }).first().click();
	await page.getByRole('link', { name: /\/invitations\// }).waitFor();
	await accessible(page);
	const address = new URL(page.url());
	const secretariat = await aPageOf(t, 'secretariat', { expected: [/status of 4/] });
	await secretariat.goto('/desk/mail');
	assert.equal(await secretariat.getByRole('link', { name: 'You are invited' }).count(), 0);
	assert.equal((await secretariat.goto(address.pathname + address.search))?.status(), 403);
});

test('organisations are found, named, placed, confirmed, joined into another and split again', async (t) => {
	const [, small] = await inTransaction(database, (transaction) =>
		organisationsNamed(transaction, [
			{ name: 'Internet Society', country: null },
			{ name: 'Internet Socety', country: null }
		])
	);
	const page = await aPageOf(t, 'secretariat', { expected: [/status of 4/] });
	await page.goto('/desk/organisations');
	await accessible(page);
	await reflows(page);
	await page.getByRole('link', { name: 'Probable doubles' }).click();
	await page.getByText('one letter apart').waitFor();
	await accessible(page);
	await page.getByRole('button', { name: 'Join into Internet Society' }).click();
	await page.getByText('No doubles are left').waitFor();

	await page.goto('/desk/organisations?words=socety');
	await page.getByRole('link', { name: 'Internet Society' }).click();
	await accessible(page);
	await reflows(page);
	await page.getByLabel('Another name').fill('ISOC');
	await page.getByRole('button', { name: 'Add' }).click();
	await page.getByText('Saved', { exact: true }).waitFor();
	await page.getByLabel('Part of').fill('Nobody knows it');
	await page.locator('#kind').selectOption('association');
	await page.locator('form[action="?/details"]').getByRole('button', { name: 'Save' }).click();
	await page.getByRole('alert').getByText('There is no such organisation.').waitFor();
	assert.equal(await page.locator('#kind').inputValue(), 'association');
	await accessible(page);
	await page.getByLabel('Domain', { exact: true }).fill('isoc.example');
	await page.getByRole('button', { name: 'Confirm' }).click();
	await page.locator('code', { hasText: 'isoc.example' }).waitFor();
	await accessible(page);
	await page.getByRole('button', { name: /Take the join back/ }).click();
	await page.goto(`/desk/organisations/${small}`);
	await page.getByRole('heading', { name: 'Internet Socety' }).waitFor();
});
