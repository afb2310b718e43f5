import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { anEvent } from '#events/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { topicAt } from '#topics/reading.server.ts';
import { aPage, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const slug = 'internet-public-policy';
const { topicId } = await topicAt(product.database, slug);

/** A town hall that is on, with a projector, two phones and the desk. */
async function aHall(t: Parameters<typeof aPage>[0], language: Language = 'en', changes: Parameters<typeof anEvent>[1] = {}) {
	const say = speakerOf(language);
	const event = await anEvent(product.database, { topicId, kind: 'town-hall', ...changes });
	const room = pathInLanguage(`/topics/${slug}/events/${event.number}`, language);
	const desk = pathInLanguage(`/desk/topics/${slug}/events/${event.number}`, language);
	const wishes = { product, language, javaScript: false };
	const page = (more: object = {}) => aPage(t, { ...wishes, ...more });
	return { say, event, room, desk, page };
}

async function open(page: Page, path: string) {
	const answer = await page.goto(path);
	assert.equal(answer?.status(), 200, path);
	await reflows(page);
}

for (const language of ['en', 'ar'] as const)
	test(`a hall answers a poll on two phones while the projector shows it, in ${language} without JavaScript`, async (t) => {
		const { say, room, desk, page } = await aHall(t, language);
		const [staff, one, other, projector] = [
			await page({ as: 'moderator' }),
			await page({ phone: true }),
			await page({ phone: true }),
			await page()
		];
		await open(staff, `${desk}/polls`);
		const form = staff.locator('form[action="?/make"]');
		const main = language === 'ar' ? 'ar' : 'en';
		await form.locator(`[name="question.${main}"]`).fill('What first?');
		for (const [at, option] of ['Access', 'Trust', 'Rights'].entries())
			await form.locator(`[name="option-${at + 1}.${main}"]`).fill(option);
		await form.getByRole('button', { name: say('polls.save') }).click();
		await staff.getByRole('button', { name: say('polls.open') }).click();
		await staff.getByRole('button', { name: say('room.put-on-screen') }).click();

		await open(one, `${room}/here`);
		await one.getByLabel('Trust').check();
		await one.getByRole('button', { name: say('polls.answer') }).click();
		await one.getByText(say('polls.sent')).waitFor();
		await open(other, `${room}/here`);
		assert.equal(await other.locator('table.bars').count(), 0, 'who has not answered is not told what others think');
		await other.getByLabel('Access').check();
		await other.getByRole('button', { name: say('polls.answer') }).click();
		assert.equal(await other.locator('table.bars').count(), 1);
		await open(projector, `${room}/screen`);
		assert.deepEqual(
			await projector.locator('table.bars td').allTextContents(),
			['1', '1', '0'].map((figure) => say.number(Number(figure)))
		);
		assert.equal(await projector.getByText(say('polls.people', { people: 2 })).count(), 1);

		// the second changes her answer when it is too late
		await open(other, `${room}/here`);
		await other.getByLabel('Rights').check();
		await staff.getByRole('button', { name: say('polls.close') }).click();
		await other.getByRole('button', { name: say('polls.change') }).click();
		const late = other.locator('.notice.warn');
		assert.match((await late.textContent())!, new RegExp(`${say('polls.not-counted')}.*Rights`, 's'));
		await open(one, `${room}/here`);
		assert.deepEqual(
			await one.locator('table.bars td').allTextContents(),
			['1', '1', '0'].map((figure) => say.number(Number(figure)))
		);
	});

test('a blind poll tells nothing to anybody until it is closed, whatever is asked for', async (t) => {
	const { say, room, desk, page } = await aHall(t);
	const [staff, phone, projector] = [await page({ as: 'moderator' }), await page({ phone: true }), await page()];
	await open(staff, `${desk}/polls`);
	const form = staff.locator('form[action="?/make"]');
	await form.locator('[name="question.en"]').fill('Blind?');
	await form.getByLabel(say('polls.kind-ranking'), { exact: true }).check();
	for (const [at, option] of ['Apples', 'Pears'].entries()) await form.locator(`[name="option-${at + 1}.en"]`).fill(option);
	await form.getByLabel(say('polls.results-blind')).check();
	await form.getByRole('button', { name: say('polls.save') }).click();
	await staff.getByRole('button', { name: say('polls.open') }).click();
	await staff.getByRole('button', { name: say('room.put-on-screen') }).click();
	await open(phone, `${room}/here`);
	await phone.getByRole('button', { name: say('polls.answer') }).click();
	assert.match((await phone.locator('.mistakes').textContent())!, /Give at least one/);
	await phone.locator('[name="place-2"]').selectOption('1');
	await phone.getByRole('button', { name: say('polls.answer') }).click();
	await open(projector, `${room}/screen`);
	for (const page of [phone, projector, staff]) {
		if (page === staff) await open(staff, `${desk}/polls`);
		assert.equal(await page.locator('table.bars').count(), 0);
		assert.ok(await page.getByText(say('polls.blind')).count());
		assert.ok(await page.getByText(say('polls.people', { people: 1 })).count());
	}
	for (const path of [`${room}/screen/__data.json`, `${room}/here/__data.json`]) {
		const told = await (await phone.request.get(path)).text();
		assert.doesNotMatch(told, /"isTied"/, 'figures are not even in what the page is made of');
	}
	await staff.getByRole('button', { name: say('polls.close') }).click();
	await open(projector, `${room}/screen?now`);
	assert.deepEqual(await projector.locator('table.bars td').allTextContents(), ['1', '0']);
});

test('a question is asked from a phone, looked at, merged with another, supported and answered', async (t) => {
	const { say, room, desk, page } = await aHall(t);
	const [staff, one, other, projector] = [
		await page({ as: 'moderator' }),
		await page({ phone: true }),
		await page({ phone: true }),
		await page()
	];
	const ask = async (phone: Page, text: string, name: string) => {
		await open(phone, `${room}/here`);
		if ((await phone.locator('details[open] [name=text]').count()) === 0)
			await phone.getByText(say('floor-questions.ask')).click();
		await phone.locator('[name=text]').fill(text);
		await phone.locator('[name=name]').fill(name);
		await phone.getByRole('button', { name: say('floor-questions.send') }).click();
		await phone.getByText(say('floor-questions.sent-looked-at')).waitFor();
	};
	await ask(one, 'Who will pay for the new submarine cables?', 'Amina Diallo');
	await ask(other, 'Who pays for the new submarine cable?', '');
	assert.equal(await other.getByText('Who will pay').count(), 0, 'nobody sees what was not looked at');

	await open(staff, `${desk}/questions`);
	await staff.getByRole('button', { name: say('floor-questions.merge', { one: 2, other: 1 }) }).click();
	await staff
		.getByRole('button', { name: say('floor-questions.do-approved') })
		.first()
		.click();
	await staff.getByRole('button', { name: say('room.put-on-screen') }).click();
	await open(other, `${room}/here`);
	const entry = other.locator('#questions ~ ul').last().locator('.entry');
	assert.match((await entry.textContent())!, /Who will pay.*Amina Diallo.*2 people want to know/s);
	assert.equal(
		await entry.getByRole('button', { name: say('floor-questions.unsupport') }).count(),
		1,
		'asking the same is supporting it'
	);
	await open(projector, `${room}/screen`);
	assert.match((await projector.locator('.hall-questions').textContent())!, /Who will pay.*2 people want to know/s);
	assert.doesNotMatch((await projector.locator('.hall-screen').textContent())!, /Amina/, 'no name on the screen');

	await staff.getByRole('button', { name: say('floor-questions.part') }).click();
	const card = staff.locator('li.card', { hasText: 'Who will pay' });
	await card.getByText(say('floor-questions.words')).first().click();
	await card.locator('[name=words]').fill('A fund of the region');
	await card.getByRole('button', { name: say('floor-questions.do-answered') }).click();
	await open(one, `${room}/here`);
	assert.match((await one.locator('#questions ~ ul').first().textContent())!, /Answered.*A fund of the region/s);
	const refused = staff.locator('li.card', { hasText: 'Who pays for' });
	await refused.getByRole('button', { name: say('floor-questions.do-refused') }).click();
	assert.match((await staff.locator('.mistakes').textContent())!, new RegExp(say('refusals.reason-missing')));
});

test('an idea is drawn from a question, another is attached, and who asked sees what became of it', async (t) => {
	const { say, room, desk, page } = await aHall(t);
	const [staff, phone] = [await page({ as: 'rapporteur' }), await page({ phone: true })];
	await open(phone, `${room}/here`);
	if ((await phone.locator('details[open] [name=text]').count()) === 0) await phone.getByText(say('floor-questions.ask')).click();
	await phone.locator('[name=text]').fill('Who will pay for the new submarine cables?');
	await phone.getByRole('button', { name: say('floor-questions.send') }).click();
	await phone.getByText(say('floor-questions.sent-looked-at')).waitFor();
	await open(staff, `${desk}/questions`);
	assert.equal(await staff.getByText(say('floor-questions.draw')).count(), 0, 'nothing is drawn from what nobody may read');
	await staff.getByRole('button', { name: say('floor-questions.do-approved') }).click();
	const card = staff.locator('li.card');
	await card.locator('summary', { hasText: say('floor-questions.draw') }).click();
	await card.locator('[name=point]').fill('New cables are paid for by a fund of the region');
	await card.getByRole('button', { name: say('floor-questions.draw') }).click();
	const number = Number(/\d+/u.exec((await card.locator('a[href*="/ideas/"]').textContent())!)![0]);
	await card.locator('summary', { hasText: say('floor-questions.draw') }).click();
	await card.locator('[name=idea]').fill('none');
	await card.getByRole('button', { name: say('floor-questions.attach') }).click();
	await staff.getByText(say('floor-questions.idea-missing')).first().waitFor();
	await card.locator('[name=idea]').fill('1');
	await card.getByRole('button', { name: say('floor-questions.attach') }).click();
	assert.equal(await card.locator('a[href*="/ideas/"]').count(), 2);
	await reflows(staff);
	await phone.goto(`${room}/here`);
	await phone
		.getByRole('link', { name: say('floor-questions.became', { number }) })
		.first()
		.click();
	await phone.waitForURL(new RegExp(`/ideas/${number}$`));
	const text = await phone.locator('main').innerText();
	assert.ok(text.includes('Who will pay for the new submarine cables?') && text.includes(say('floor-questions.from-floor')));
});

test('captions come in while people speak, are searched, corrected and made a text', async (t) => {
	const { say, room, desk, page } = await aHall(t);
	const staff = await aPage(t, { product, as: 'secretariat', javaScript: false });
	const phone = await page({ phone: true });
	await open(staff, `${desk}/captions`);
	await staff.getByRole('button', { name: say('captions.make-address') }).click();
	const address = (await staff.locator('.notice code.fixed').textContent())!;
	for (const [sequence, words] of [
		[2, 'CHAIR: and nothing is lost'],
		[1, 'CHAIR: The caption came late'],
		[2, 'CHAIR: and nothing is lost']
	] as const) {
		const answer = await fetch(`${address}?seq=${sequence}`, {
			method: 'POST',
			body: words,
			headers: { 'content-type': 'text/plain' }
		});
		assert.equal(answer.status, 200);
	}
	assert.equal(
		(await fetch(`${address}x`, { method: 'POST', body: 'forged', headers: { 'content-type': 'text/plain' } })).status,
		401
	);
	await staff.locator('[name=file]').setInputFiles({
		name: 'bali.vtt',
		mimeType: 'text/vtt',
		buffer: Buffer.from('WEBVTT\n\n00:01.000 --> 00:04.000\n<v CHAIR>Good mornig.\n\n00:09.000 --> 00:08.000\nbroken\n')
	});
	await staff.getByRole('button', { name: say('captions.import'), exact: true }).click();
	await staff.getByText(say('captions.problems', { problems: 1 })).click();
	assert.equal(await staff.getByText(say('captions.problem-ends-before')).count(), 1);
	await open(phone, `${room}/captions`);
	assert.deepEqual(
		(await phone.locator('.caption-lines p').allTextContents()).map((text) =>
			text
				.replace(/^[\s\d:]+/, '')
				.replace(/\s+/g, ' ')
				.trim()
		),
		['CHAIR: Good mornig.', 'CHAIR: The caption came late', 'CHAIR: and nothing is lost']
	);
	await open(phone, `${room}/captions?q=LATE`);
	assert.equal(await phone.locator('.caption-lines p').count(), 1);
	await staff
		.getByRole('link', { name: say('captions.correct') })
		.first()
		.click();
	await staff.locator('#correct [name=text]').fill('Good morning.');
	await staff.locator('#correct').getByRole('button').click();
	await staff.locator('form[action="?/name"] [name=name]').fill('Ambassador Jones');
	await staff.locator('form[action="?/name"]').getByRole('button').click();
	await staff.getByRole('button', { name: say('captions.make-text') }).click();
	await staff.getByRole('link', { name: say('captions.as-text') }).click();
	assert.match(
		(await staff.locator('main').textContent())!,
		/Ambassador Jones: Good morning\. The caption came late and nothing is lost/
	);
});

test('minutes are drafted, corrected by who was there, answered and final', async (t) => {
	const { say, room, desk, page } = await aHall(t);
	const [staff, phone] = [await page({ as: 'rapporteur' }), await page({ phone: true })];
	await open(staff, `${desk}/minutes`);
	await staff.getByRole('button', { name: say('minutes.begin') }).click();
	await staff.locator('[name="text-1"]').fill('It was discussed.');
	await staff.locator('form[action="?/write"]').getByRole('button').click();
	await open(phone, `${room}/minutes`);
	assert.equal(await phone.getByText('It was discussed').count(), 0, 'a draft is the desk’s');
	await staff.getByRole('button', { name: say('minutes.open-window') }).click();
	await open(phone, `${room}/minutes?now`);
	await phone
		.getByRole('link', { name: say('minutes.suggest') })
		.first()
		.click();
	await phone.locator('[name=text]').fill('It was discussed at length.');
	await phone.locator('[name=reason]').fill('I was there');
	await phone.getByRole('button', { name: say('minutes.send') }).click();
	await phone.getByText(say('minutes.suggested')).waitFor();
	await open(staff, `${desk}/minutes`);
	assert.equal(await staff.locator('ins').count(), 1);
	await staff.getByRole('button', { name: say('minutes.accept') }).click();
	await staff.locator('[name=address]').fill('https://video.example.org/bali');
	await staff.locator('[name=chapters]').fill('0:30 Opening');
	await staff.locator('form[action="?/recording"]').getByRole('button').click();
	await staff.getByRole('button', { name: say('minutes.make-final') }).click();
	await open(phone, `${room}/minutes?final`);
	assert.match((await phone.locator('article').textContent())!, /It was discussed at length\./);
	assert.equal(await phone.getByRole('link', { name: say('minutes.suggest') }).count(), 0);
	assert.equal(await phone.getByRole('link', { name: /Opening/ }).getAttribute('href'), 'https://video.example.org/bali#t=30');
});

test('with script what is on comes by itself, and whoever types is not disturbed', async (t) => {
	const { say, event, room, desk, page } = await aHall(t);
	const [staff, phone, projector] = [
		await page({ as: 'moderator' }),
		await aPage(t, { product, phone: true }),
		await aPage(t, { product, reducedMotion: true })
	];
	assert.ok(event.number > 0);
	await open(phone, `${room}/here`);
	await open(projector, `${room}/screen`);
	await open(staff, `${desk}/polls`);
	const form = staff.locator('form[action="?/make"]');
	await form.locator('[name="question.en"]').fill('Does it come by itself?');
	for (const [at, option] of ['Yes', 'No'].entries()) await form.locator(`[name="option-${at + 1}.en"]`).fill(option);
	await form.getByRole('button', { name: say('polls.save') }).click();
	await staff.getByRole('button', { name: say('polls.open') }).click();
	await staff.getByRole('button', { name: say('room.put-on-screen') }).click();
	await phone.getByRole('group', { name: 'Does it come by itself?' }).waitFor();
	await projector.getByRole('heading', { name: 'Does it come by itself?' }).waitFor();
	await phone.getByLabel('Yes').check();
	await phone.getByRole('button', { name: say('polls.answer') }).click();
	await projector.getByText(say('polls.people', { people: 1 })).waitFor();
});
