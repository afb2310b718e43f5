import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { wallTime } from '#topics/stages/zones.ts';
import { aPage } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();

const inDays = (days: number) => wallTime(new Date(Date.now() + days * 86_400_000), 'Europe/Zurich');

for (const language of ['en', 'ar'] satisfies Language[]) {
	test(`the secretariat opens a talk in five steps, without JavaScript (${language})`, async (t) => {
		const say = speakerOf(language);
		const page = await aPage(t, { product, as: 'secretariat', javaScript: false, language });
		const field = (name: string) => page.locator(`[name="${name}"]`);
		const title = language === 'en' ? 'Rights of people online' : 'حقوق الناس على الإنترنت';
		const goOn = () => page.getByRole('button', { name: say('desk.save-and-go-on'), exact: true }).click();

		await page.goto(pathInLanguage('/desk', language));
		await page.getByRole('link', { name: say('desk.open-talk') }).click();
		await goOn();
		assert.equal(await page.getByRole('alert').getByText(say('desk.title-missing')).count(), 1);
		await field(`title.${language}`).fill(title);
		await goOn();
		await page.getByRole('heading', { level: 1, name: say('desk.step-questions') }).waitFor();

		await field(`question-0.text.${language}`).fill('Why? لماذا؟');
		await field(`question-1.text.${language}`).fill('How? كيف؟');
		await goOn();

		await page.getByRole('heading', { level: 1, name: say('desk.step-stages') }).waitFor();
		await field(`stage-0.name.${language}`).fill('Stage one');
		await field('stage-0.opens').fill(inDays(5));
		await field('stage-0.closes').fill(inDays(2));
		await field('stage-0.zone').selectOption('Europe/Zurich');
		await goOn();
		assert.equal(await page.getByRole('alert').getByText(say('refusals.stage-ends-before-it-opens')).count(), 1);
		assert.equal(await field(`stage-0.name.${language}`).inputValue(), 'Stage one');
		assert.equal(await field('stage-0.opens').inputValue(), inDays(5));
		await field('stage-0.opens').fill(inDays(-1));
		await field('stage-0.closes').fill(inDays(20));
		await goOn();

		await page.getByRole('heading', { level: 1, name: say('desk.step-promises') }).waitFor();
		await field(`document.title.${language}`).fill('Background paper');
		await field('file').setInputFiles({ name: 'paper.txt', mimeType: 'text/plain', buffer: Buffer.from('Words.') });
		await page.getByRole('button', { name: say('desk.add-document') }).click();
		await page.getByText(say('desk.saved')).waitFor();
		await field(`new.title.${language}`).fill('Information Document');
		await field('promised').fill('2027-01-15');
		await page.getByRole('button', { name: say('desk.add-deliverable') }).click();
		await page.getByText(say('desk.saved')).waitFor();
		await field(`convenor.${language}`).fill('The Secretary-General');
		await field(`statement.${language}`).fill('I **invite** you.');
		await goOn();

		// the summary was left out: the last step says so, and leads there
		await page.getByRole('heading', { level: 1, name: say('desk.step-publish') }).waitFor();
		assert.equal(await page.getByRole('button', { name: say('desk.publish'), exact: true }).isDisabled(), true);
		await page.getByRole('link', { name: say('desk.lacks-summary') }).click();
		await field(`summary.${language}`).fill('What may nobody take away?');
		await page.getByRole('button', { name: say('desk.save'), exact: true }).click();
		await page.getByText(say('desk.saved')).waitFor();
		await page.getByRole('link', { name: `5. ${say('desk.step-publish')}` }).click();
		await page.getByRole('radio', { name: say('desk.rule-first-held'), exact: true }).check();
		await field('group.academia').fill('20');
		await page.getByRole('button', { name: say('desk.save'), exact: true }).click();
		await page.getByText(say('desk.saved')).waitFor();
		assert.equal(await field('group.academia').inputValue(), '20');

		await page.getByRole('link', { name: say('desk.preview') }).click();
		await page.getByRole('heading', { level: 1, name: title }).waitFor();
		const address = page.url().replace('/desk', '').replace('/preview', '');
		assert.equal((await fetch(address)).status, 404, 'a draft is not public');
		await page.getByRole('link', { name: say('desk.preview-back') }).click();
		await page.getByRole('button', { name: say('desk.publish'), exact: true }).click();

		await page.getByRole('heading', { level: 1, name: title }).waitFor();
		assert.equal(page.url(), address);
		assert.deepEqual(
			await page
				.locator('.guiding h3')
				.allInnerTexts()
				.then((texts) => texts.map((text) => text.split('\n').at(-1)!.trim())),
			['Why? لماذا؟', 'How? كيف؟']
		);
		assert.equal(await page.locator('.statement strong').innerText(), 'invite');
		const file = await fetch(
			new URL((await page.getByRole('link', { name: 'Background paper' }).getAttribute('href'))!, page.url())
		);
		assert.equal(await file.text(), 'Words.');
		assert.equal(file.headers.get('content-disposition'), `attachment; filename*=UTF-8''paper.txt`);
		await page.goto(pathInLanguage('/', language));
		assert.equal(await page.getByRole('link', { name: title }).count(), 1);
	});
}

test('a stage of a public talk is extended with a note that everybody reads', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await page.goto('/desk/topics/internet-public-policy/setup/stages');
	await page.getByRole('link', { name: 'Move or extend' }).first().click();
	await page.getByRole('button', { name: 'Publish the new dates' }).click();
	assert.equal(await page.getByRole('alert').count(), 1);
	await page.locator('[name="closes"]').fill(inDays(40));
	await page.locator('[name="note.en"]').fill('Asked for by many delegations.');
	await page.getByRole('button', { name: 'Publish the new dates' }).click();
	await page.getByText('Saved.').waitFor();
	await page.goto('/topics/internet-public-policy');
	assert.equal(await page.locator('.stage-line .moved').innerText(), 'Asked for by many delegations.');
});

test('a talk is copied into a draft, and its old address leads to the new one', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await page.goto('/desk/topics/connecting-the-unconnected/setup/publish');
	await page.getByRole('button', { name: 'Copy this talk' }).click();
	const copied = /topics\/([^/]+)\/setup/.exec(page.url())![1]!;
	await page.locator('[name="address"]').fill('a-second-round');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByText('Saved.').waitFor();
	await page.goto(`/desk/topics/${copied}/setup/questions`);
	assert.equal(new URL(page.url()).pathname, '/desk/topics/a-second-round/setup/questions');
});

test('documents and promises are put into another order by two buttons, and the public page follows', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', javaScript: false });
	const setup = '/desk/topics/internet-public-policy/setup/promises';
	const add = async (title: string) => {
		await page.goto(setup);
		await page.getByText('Add a document').first().click();
		await page.locator('[name="document.title.en"]').fill(title);
		await page.locator('[name="address"]').fill('https://example.org/paper');
		await page.getByRole('button', { name: 'Add a document' }).click();
		await page.getByText('Saved.').waitFor();
	};
	await add('First paper');
	await add('Second paper');
	const titles = async () =>
		(await page.locator('#documents .entries li > span > :first-child').allInnerTexts()).map((text) => text.trim());
	const before = await titles();
	assert.deepEqual(before.slice(-2), ['First paper', 'Second paper']);
	assert.equal(await page.getByRole('button', { name: 'Move down: Second paper' }).count(), 0, 'it is the last');
	await page.getByRole('button', { name: 'Move up: Second paper' }).focus();
	await page.keyboard.press('Enter');
	await page.getByText('Saved.').waitFor();
	assert.deepEqual((await titles()).slice(-2), ['Second paper', 'First paper']);
	assert.match(page.url(), /#document-/);

	// nothing is lost by a mistake, and the form with the mistake is the one that comes back
	await page.getByText('Add a promise').first().click();
	await page.locator('[name="new.addressee.en"]').fill('The Council');
	await page.getByRole('button', { name: 'Add a promise' }).click();
	await page.getByRole('alert').waitFor();
	assert.equal(await page.locator('[name="new.addressee.en"]').inputValue(), 'The Council');
	await page.locator('[name="new.title.en"]').fill('A later paper');
	await page.getByRole('button', { name: 'Add a promise' }).click();
	await page.getByText('Saved.').waitFor();
	await page.getByRole('button', { name: 'Move up: A later paper' }).click();
	await page.getByText('Saved.').waitFor();
	await page.goto('/topics/internet-public-policy');
	assert.equal((await page.locator('.promises h3').allInnerTexts()).at(-2), 'A later paper');
});

test('a moderator sees the desk without the work of the secretariat, and small numbers are withheld', async (t) => {
	const page = await aPage(t, { product, as: 'moderator', javaScript: false, expected: [/40[34]/] });
	await page.goto('/desk');
	assert.equal(await page.getByRole('link', { name: 'Open a talk' }).count(), 0);
	assert.equal(await page.getByRole('link', { name: /^Set up/ }).count(), 0);
	assert.equal((await page.goto('/desk/topics/new'))?.status(), 403);
	assert.equal((await page.goto('/desk/topics/internet-public-policy/setup'))?.status(), 403);
	await page.goto('/desk/topics/internet-public-policy/people');
	const figures = await page.locator('td.number').allInnerTexts();
	assert.equal(
		figures.some((figure) => /^[1-4]$/.test(figure)),
		false
	);
});

test('the institution changes its name and colour, and every page bears them', async (t) => {
	const page = await aPage(t, { product, as: 'administrator', javaScript: false });
	await page.goto('/desk/institution');
	await page.locator('[name="name.en"]').fill('The Union');
	await page.locator('[name="accent"]').selectOption('teal');
	await page.locator('[name="logo"]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: onePixel });
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByText('Saved.').waitFor();
	await page.goto('/terms');
	assert.equal(await page.locator('.institution span').innerText(), 'The Union');
	assert.match((await page.locator('.institution img').getAttribute('src')) ?? '', /^\/logo\/[0-9a-f]{12}$/);
});

test('groups are put into another order; one that people have stated keeps its name', async (t) => {
	const page = await aPage(t, { product, as: 'administrator', javaScript: false });
	await page.goto('/desk/institution');
	const groups = async () =>
		(await page.locator('[aria-labelledby="groups-heading"] li strong').allInnerTexts()).map((name) => name.trim());
	const before = await groups();
	await page.getByRole('button', { name: `Move up: ${before[1]!}` }).click();
	await page.getByText('Saved.').waitFor();
	assert.deepEqual((await groups()).slice(0, 2), [before[1], before[0]]);
	assert.equal(await page.getByText('Change the name').count(), 0, 'everybody of the six is in the example world');
	await page.locator('[name="group.en"]').fill('Young people');
	await page.getByRole('button', { name: 'Add a group' }).click();
	await page.getByText('Saved.').waitFor();
	await page.getByText('Change the name').click();
	await page.locator('[name="young-people.name.en"]').fill('Youth');
	await page.locator('[name="young-people.name.fr"]').fill('Jeunes');
	await page.locator('#group-young-people').getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor();
	assert.equal((await groups()).at(-1), 'Youth');
	await page.goto('/fr/desk/institution');
	assert.equal((await groups()).at(-1), 'Jeunes');
});

test('a kind of membership is named in several languages', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await page.goto('/desk/organisations');
	await page.getByText('Another kind').click();
	await page.getByRole('button', { name: 'Add' }).click();
	await page.getByRole('alert').getByText('Please give the kind a name.').waitFor();
	await page.locator('[name="new.name.en"]').fill('Observer');
	await page.locator('[name="new.name.ar"]').fill('مراقب');
	await page.getByRole('button', { name: 'Add' }).click();
	await page.getByText('The kind of membership is saved').waitFor();
	await page.goto('/ar/desk/organisations');
	assert.equal((await page.locator('[aria-labelledby="kinds"] li strong').last().innerText()).trim(), 'مراقب');
});

const onePixel = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
