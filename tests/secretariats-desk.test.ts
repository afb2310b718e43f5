import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { jobsStanding } from '#jobs/looking-after.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { accessible, aPage, reflows, type PageWishes } from './browser.ts';
import { signedInAs, theExampleWorld, type StaffRole } from './world.ts';

const product = await theExampleWorld();
const { address, database } = product;
const talk = '/topics/internet-public-policy';
const say = speakerOf('en');

async function signedIn(t: TestContext, role: StaffRole, wishes: PageWishes = {}) {
	const page = await aPage(t, { address, javaScript: false, ...wishes });
	const cookies = (await signedInAs(product, role)).split('; ').map((pair) => {
		const [name = '', ...value] = pair.split('=');
		return { name, value: value.join('='), url: address };
	});
	await page.context().addCookies(cookies);
	return page;
}

for (const language of ['en', 'ar'] as Language[])
	test(`the overview tells what waits, what is due and who came, in pictures with their table (${language})`, async (t) => {
		const page = await signedIn(t, 'secretariat', { language, javaScript: true, phone: language === 'ar' });
		for (const by of ['group', 'region', 'language', 'assurance', 'channel']) {
			await page.goto(pathInLanguage(`/desk${talk}?by=${by}`, language));
			assert.equal(await page.locator('.growth svg').count(), await page.locator('.growth li').count());
			assert.ok((await page.locator('.growth li').count()) > 0, by);
		}
		await page.locator('main details summary').click();
		await accessible(page);
		await reflows(page);
		const columns = await page.locator('main details thead th').count();
		assert.equal(await page.locator('main details tbody tr').first().locator('th, td').count(), columns);
	});

test('what a moderator hid stands in the record with its reason, and nowhere its words', async (t) => {
	const moderator = await signedIn(t, 'moderator');
	const { rows } = await database.query<{ point: string; number: number; ideaId: string; topicId: string }>(
		`select v.point, v.idea_number as number, i.idea_id as "ideaId", i.topic_id as "topicId"
		from addresses a
		join ideas i using (topic_id)
		join idea_versions v using (topic_id, idea_number)
		where a.slug = 'internet-public-policy'
			and not exists (select from concealments c where c.topic_id = i.topic_id and c.thing_id = i.idea_id)
		order by idea_number, version desc
		limit 1`
	);
	const { point, number, ideaId, topicId } = rows[0]!;
	await decideOn(
		database,
		{ topicId, kind: 'idea', thingId: ideaId },
		{ decision: 'hidden', reason: 'spam', words: '' },
		{ kind: 'job', name: 'test' }
	);
	for (const path of [`/desk${talk}/activity`, `/desk${talk}/activity?kind=idea&who=job`]) {
		await moderator.goto(path);
		const row = moderator.locator('tbody tr').first();
		const cells = (await row.locator('th, td').allInnerTexts()).map((cell) => cell.trim());
		assert.deepEqual(cells.slice(1), [
			say('activity.by-itself'),
			say('activity.did-hidden'),
			say('ideas.number', { number }),
			say('moderation.reason-spam')
		]);
		assert.equal((await moderator.content()).includes(point), false);
	}
	await moderator.goto(`/desk${talk}/activity?kind=webhook`);
	await moderator.getByText(say('activity.none')).waitFor();
	const file = await fetch(`${address}/desk/activity.csv?kind=idea`, {
		headers: { cookie: await signedInAs(product, 'secretariat') }
	});
	const lines = (await file.text()).split('\r\n');
	const [, who, did, , about, , reason] = lines[1]!.split(',');
	assert.deepEqual(
		[who, did, about, reason],
		[say('activity.by-itself'), say('activity.did-hidden'), say('ideas.number', { number }), say('moderation.reason-spam')]
	);
	assert.equal(lines.join('').includes(point), false);
});

test('the secretariat finds work that was put aside from the page of mail and tries it again, an administrator gives it up, and both are recorded', async (t) => {
	await inTransaction(database, (transaction) =>
		addJob(transaction, 'mails.deliver', { topicId: nilTopic }, { jobKey: 'broken', maxAttempts: 1 })
	);
	const park = () =>
		database.query(
			`update graphile_worker._private_jobs set attempts = 1, last_error = 'no such server', run_at = now() + interval '1 day' where key = 'broken'`
		);
	await park();
	const secretary = await signedIn(t, 'secretariat');
	await secretary.goto('/desk/mail');
	await secretary.getByText(say('mail.parked', { count: 1 })).waitFor();
	await secretary.getByRole('link', { name: say('mail.parked-see') }).click();
	await secretary.getByText('no such server').waitFor();
	assert.equal(await secretary.getByRole('button', { name: say('jobs.give-up') }).count(), 0);
	await secretary.getByRole('button', { name: say('mail.try-again') }).click();
	await secretary.getByText(say('jobs.done')).waitFor();
	assert.deepEqual(await jobsStanding(database, { state: 'parked' }), []);
	await secretary.goto('/desk/mail');
	assert.equal(await secretary.getByRole('link', { name: say('mail.parked-see') }).count(), 0);
	await park();
	const page = await signedIn(t, 'administrator');
	await page.goto('/desk/jobs?state=parked');
	await page.getByRole('button', { name: say('jobs.give-up') }).click();
	await page.getByText(say('jobs.done')).waitFor();
	await page.goto('/desk/activity?kind=job');
	const deeds = await page.locator('tbody tr td:nth-child(3)').allInnerTexts();
	assert.deepEqual(deeds.slice(0, 2), [say('activity.did-gave-up'), say('activity.did-sent-again')]);
});
