import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { accessible, aPage, reflows, type PageWishes } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address, database } = product;
const talk = '/topics/internet-public-policy';

const journeys: [string, PageWishes & { language: Language }][] = [
	['in English', { language: 'en' }],
	['in English without JavaScript', { language: 'en', javaScript: false }],
	['in Arabic', { language: 'ar' }],
	['in Arabic without JavaScript, on a phone', { language: 'ar', javaScript: false, phone: true }]
];

for (const [name, wishes] of journeys) {
	test(`a visitor gives opinions, adds an idea, keeps its receipt, comments and withdraws, ${name}`, async (t) => {
		const page = await aPage(t, { address, ...wishes });
		const { language } = wishes;
		const say = speakerOf(language);
		const at = (path: string) => pathInLanguage(`${talk}${path}`, language);
		const button = (label: string) => page.getByRole('button', { name: label });

		await page.goto(at('/opinions'));
		const said = (opinion: 'agree' | 'disagree', number: string) => page.getByText(say(`opinions.you-${opinion}`, { number }));
		const shownNow = () => page.locator('input[name="idea"]').inputValue();
		// axe runs in the page
		const isAccessible = async () => wishes.javaScript === false || accessible(page);
		const first = await shownNow();
		await isAccessible();
		await button(say('web.agree')).first().click();
		await said('agree', first).waitFor();
		const second = await shownNow();
		assert.notEqual(second, first);
		if (wishes.javaScript !== false) {
			await page.keyboard.press('d');
			await said('disagree', second).waitFor();
		}
		assert.match((await page.locator('progress').first().getAttribute('value'))!, /^[12]$/);

		// nothing typed is lost by a mistake
		await page.goto(at('/ideas/new'));
		await page.getByLabel(say('ideas.point'), { exact: true }).fill('x'.repeat(201));
		await page.getByLabel(say('ideas.explanation')).fill('**Because** it matters');
		await button(say('ideas.send')).click();
		await page.locator('.mistakes').waitFor();
		assert.equal(await page.getByLabel(say('ideas.point'), { exact: true }).inputValue(), 'x'.repeat(201));
		await isAccessible();
		const point = `Open the fibre registers ${name}`;
		await page.getByLabel(say('ideas.point'), { exact: true }).fill(point);
		assert.equal(await page.getByLabel(say('ideas.attribution-group')).isChecked(), true);
		await button(say('ideas.preview')).click();
		assert.equal(await page.locator('.card .point').textContent(), point);
		await page.locator('.card strong').waitFor();
		await button(say('ideas.send')).click();

		// the receipt: text, code, what next
		await page.getByText(say('receipts.thanks')).waitFor();
		await isAccessible();
		await reflows(page);
		const code = (await page.locator('.code').textContent())!;
		assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
		const receipt = new URL(page.url()).pathname;
		await page.getByRole('link', { name: say('receipts.where') }).click();
		assert.equal(await page.locator('h1').textContent(), point);
		await isAccessible();
		await reflows(page);

		await page.getByRole('link', { name: say('ideas.comment'), exact: true }).click();
		await page.getByLabel(say('ideas.side-for'), { exact: true }).check();
		await page.getByLabel(say('ideas.comment-text')).fill('It halved our costs.');
		await isAccessible();
		await button(say('ideas.send-comment')).click();
		await page.getByRole('link', { name: say('receipts.where') }).click();
		await page.waitForURL(/#comment-\d+$/);
		await page.locator('.comment:target').getByText('It halved our costs.').waitFor();

		await page.goto(receipt);
		await page.getByText(say('receipts.withdraw'), { exact: true }).first().click();
		await button(say('receipts.withdraw')).click();
		await page.getByText(say('receipts.done-withdrawn')).waitFor();
		await onAnotherDevice(t, wishes, receipt, code);
	});
}

/** The code and the address open the receipt anywhere; a wrong code opens nothing. */
async function onAnotherDevice(t: TestContext, wishes: PageWishes & { language: Language }, receipt: string, code: string) {
	const say = speakerOf(wishes.language);
	const page = await aPage(t, { address, ...wishes });
	const open = async (typed: string) => {
		await page.getByLabel(say('web.receipt-code')).fill(typed);
		await page.getByRole('button', { name: say('receipts.open') }).click();
	};
	await page.goto(receipt);
	assert.equal((await page.content()).includes('Open the fibre registers'), false);
	await open('AAAA-AAAA-AAAA-AAAA');
	await page.locator('.mistakes').waitFor();
	await open(code.toLowerCase());
	await page.getByText('Open the fibre registers').first().waitFor();
	assert.equal(await page.locator('.code').textContent(), code);
}

test('without script who one is is said within a half-typed form, and nothing typed is lost', async (t) => {
	const page = await aPage(t, { address, javaScript: false, expected: [/status of 422/] });
	await page.goto(`${talk}/ideas/new`);
	const point = 'Say who you are while you write';
	await page.locator('#point').fill(point);
	await page.getByText('Say which group you belong to').click();
	await page.getByLabel('Academia').check();
	await page.locator('#organisation').fill('University of Exampleton');
	await page.getByRole('button', { name: 'Preview' }).click();
	assert.match(await page.locator('section[aria-labelledby=preview]').innerText(), /University of Exampleton[^]*Academia/);
	// what came back is in sight, and still there after a mistake
	assert.equal(await page.getByLabel('Academia').isVisible(), true);
	await page.locator('#point').fill('x'.repeat(201));
	await page.getByRole('button', { name: 'Send' }).first().click();
	await page.locator('.mistakes').waitFor();
	assert.deepEqual(
		[await page.getByLabel('Academia').isChecked(), await page.locator('#organisation').inputValue()],
		[true, 'University of Exampleton']
	);
	await page.locator('#point').fill(point);
	await page.getByRole('button', { name: 'Send' }).first().click();
	await page.waitForURL(/receipts/);
	const { rows } = await database.query(
		`select i.stakeholder_groups as groups from ideas i join idea_versions v using (topic_id, idea_number) where v.point = $1`,
		[point]
	);
	assert.deepEqual(rows, [{ groups: ['academia'] }]);
	// the next form knows it, and changes nothing by itself
	await page.goto(`${talk}/ideas/new`);
	assert.equal(await page.getByLabel('Academia').isChecked(), true);
	await page.getByText('Change what you said about yourself').waitFor();
});

test('the back button and a second click after sending add nothing twice', async (t) => {
	const page = await aPage(t, { address });
	const say = speakerOf('en');
	const point = 'Sent by a hasty hand';
	await page.goto(`${talk}/ideas/new`);
	await page.getByLabel(say('ideas.point'), { exact: true }).fill(point);
	await page.getByRole('button', { name: say('ideas.send') }).dblclick();
	await page.getByText(say('receipts.thanks')).waitFor();
	const receipt = new URL(page.url()).pathname;
	await page.goBack();
	await page.goForward();
	await page.reload();
	assert.equal(new URL(page.url()).pathname, receipt);
	const { rows } = await database.query<{ ideas: number }>(`select count(*) as ideas from idea_versions where point = $1`, [
		point
	]);
	assert.deepEqual(rows, [{ ideas: 1 }]);
});

test('two tabs with the same form are two ideas, the same tab twice is one', async (t) => {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto(`${talk}/ideas/new`);
	const body = (requestKey: string) => ({ requestKey, point: 'From one of two tabs', attribution: 'anonymous' });
	const keys = ['tab-1', 'tab-2', 'tab-1'];
	const answers = [];
	for (const key of keys) {
		answers.push(
			await page.request.post(`${talk}/ideas/new?/send`, {
				form: body(key),
				headers: { origin: address, accept: 'text/html' },
				maxRedirects: 0
			})
		);
	}
	assert.deepEqual(
		answers.map((answer) => answer.status()),
		[303, 303, 303]
	);
	const places = answers.map((answer) => answer.headers()['location']);
	assert.equal(places[0], places[2]);
	assert.notEqual(places[0], places[1]);
});

test('lists filter, search and page, and every page of them is accessible', async (t) => {
	const page = await aPage(t, { address });
	const say = speakerOf('en');
	await page.goto('/topics/connecting-the-unconnected/ideas');
	await accessible(page);
	await reflows(page);
	const [before] = await page.locator('.entry h2').allTextContents();
	await page.getByRole('link', { name: say('web.more') }).click();
	assert.notEqual((await page.locator('.entry h2').allTextContents())[0], before);
	await page.getByRole('link', { name: say('ideas.sort-supported') }).click();
	assert.equal(
		await page
			.locator('.tabs [aria-current]')
			.textContent()
			.then((text) => text?.trim()),
		say('ideas.sort-supported')
	);
	await page.getByLabel(say('ideas.search')).fill('zzzz');
	await page.getByRole('button', { name: say('ideas.find') }).click();
	await page.getByText(say('ideas.none-found')).waitFor();
	await accessible(page);
	await page.goto('/topics/connecting-the-unconnected/ideas?question=1&region=african');
	await page.locator('.entry').first().waitFor();
});

test('while results are blind no page of the talk tells them', async (t) => {
	const { rows } = await database.query<{ topicId: string }>(
		`select topic_id as "topicId" from addresses where slug = 'connecting-the-unconnected'`
	);
	await database.query(`update stages set takes_opinions = 'blind' where topic_id = $1`, [rows[0]!.topicId]);
	const page = await aPage(t, { address, javaScript: false });
	await new Promise((resolve) => setTimeout(resolve, 1200));
	for (const path of ['/ideas', '/ideas?sort=supported', '/ideas/1', '/opinions', '/agreement', '/agreement?level=consensus']) {
		await page.goto(`/topics/connecting-the-unconnected${path}`);
		assert.equal(await page.locator('.shares, .level, .intervals, .levels-in-brief').count(), 0, path);
		assert.equal(await page.getByRole('link', { name: 'Most supported' }).count(), 0, path);
	}
});
