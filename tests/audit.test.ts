import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { grantRole } from '#people/roles.server.ts';
import { agreeToAudit } from '#sheets/auditing.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { accessible, aPage, keyboardWalk, reflows } from './browser.ts';
import { signedInAs, theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address, database } = product;
const slug = 'internet-public-policy';
const topicId = (await topicIdAtAddress(database, slug))!;
const path = `/desk/topics/${slug}/audit`;
const say = speakerOf('en');
const patience = { timeout: 20_000 };

/** Another of the secretariat than whoever a browser of these tests is signed in as. */
async function another() {
	const { accountId } = await inTransaction(database, (transaction) =>
		makeAccount(transaction, { email: 'second@example.org', name: 'Second Secretary', language: 'en' })
	);
	const grant = { topicId: nilTopic, accountId, role: 'secretariat' } as const;
	await grantRole(database, grant, { kind: 'job', name: 'test' });
	const roles = [{ role: 'secretariat', topicId: nilTopic }] as const;
	return { kind: 'account', accountId, visitorId: null, roles, secondFactor: true } as const;
}

test('one asks for the audit bundle and says why, by keyboard alone; nothing is given before another agrees, and then to both', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await page.goto(path);
	await page.getByText(say('audit.none'), { exact: true }).waitFor(patience);
	await page.locator('form[action="?/ask"] button').press('Enter');
	await page.getByText(say('audit.why-missing')).first().waitFor(patience);
	await page.locator('[name=why]').press('T');
	await page.locator('[name=why]').fill('The figures of the second question are disputed');
	await page.locator('form[action="?/ask"] button').press('Enter');
	await page.getByText(say('audit.asked')).waitFor(patience);
	await page.getByText(say('audit.waits')).waitFor(patience);
	assert.equal(await page.getByRole('link', { name: say('audit.take') }).count(), 0);
	assert.equal(await page.getByRole('button', { name: say('audit.agree') }).count(), 0);

	const { rows } = await database.query<{ id: string }>(`select request_id as id from audit_requests where topic_id = $1`, [
		topicId
	]);
	const cookie = await signedInAs(product, 'secretariat');
	const early = await fetch(`${address}${path}/${rows[0]!.id}`, { headers: { cookie } });
	assert.equal(early.status, 409);
	await agreeToAudit(database, topicId, rows[0]!.id, await another());
	await page.reload();
	await page.getByText('Second Secretary').waitFor(patience);
	const taken = page.waitForEvent('download');
	await page.getByRole('link', { name: say('audit.take') }).press('Enter');
	assert.equal((await taken).suggestedFilename(), `${slug}-audit.zip`);

	const answer = await fetch(`${address}${path}/${rows[0]!.id}`, { headers: { cookie } });
	const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
	assert.ok(Object.keys(files).some((name) => name.endsWith('votes.csv')));
	for (const as of ['moderator', 'rapporteur'] as const) {
		const headers = { cookie: await signedInAs(product, as), accept: 'text/html' };
		for (const place of [path, `${path}/${rows[0]!.id}`])
			assert.equal((await fetch(address + place, { headers })).status, 403, `${as} at ${place}`);
	}
});

for (const [mode, wishes] of Object.entries({
	light: {},
	dark: { dark: true },
	arabic: { language: 'ar' },
	phone: { phone: true }
} as const))
	test(`the page of the audit bundle is for everybody who works there (${mode})`, async (t) => {
		const page = await aPage(t, { product, as: 'secretariat', ...wishes });
		await page.goto(mode === 'arabic' ? `/ar${path}` : path);
		await page.locator('[name=why]').waitFor(patience);
		await accessible(page);
		await reflows(page);
		await keyboardWalk(page);
	});
