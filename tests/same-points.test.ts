import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { aPage, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
await product.startJobs();
const talk = '/topics/internet-public-policy';

for (const language of ['en', 'ar'] as const) {
	test(`a rapporteur has same points found, confirms one, and takes it out again, in ${language} without JavaScript`, async (t) => {
		const say = speakerOf(language);
		const wishes = { product, language, javaScript: false };
		const [staff, visitor] = [await aPage(t, { ...wishes, as: 'rapporteur' as const }), await aPage(t, wishes)];
		const receipts: string[] = [];
		for (const point of [`Lend bicycles to each student, ${language}`, `Please lend bicycles to each student, ${language}`]) {
			await visitor.goto(pathInLanguage(`${talk}/ideas/new`, language));
			await visitor.locator('[name=point]').fill(point);
			await visitor.locator('main form button:not([formaction])').click();
			receipts.push(new URL(visitor.url()).pathname);
		}
		const grouped = visitor.getByText(say('receipts.same-point'));
		const desk = pathInLanguage(`/desk${talk}/same-points`, language);
		await staff.goto(desk);
		await staff.getByRole('button', { name: say('same-points.find') }).click();
		const pair = staff.locator('.card', { hasText: `student, ${language}` }).first();
		for (const until = Date.now() + 30_000; Date.now() < until && (await pair.count()) === 0;) await staff.goto(desk);
		await reflows(staff);
		assert.equal(await pair.locator('input[type=checkbox]').isChecked(), true, 'only an empty word differs');
		const key = (await pair.locator('input').getAttribute('value'))!;
		const [one, other] = key.split('-').map(Number);
		const waiting = staff.locator(`input[name=pair][value="${key}"]`);
		const told = staff.getByRole('status');
		const confirm = staff.getByRole('button', { name: say('same-points.confirm') });
		await staff.getByRole('button', { name: say('same-points.apart', { one: one!, other: other! }) }).click();
		assert.match((await told.textContent())!, new RegExp(say('same-points.done-told-apart')));
		assert.equal(await waiting.count(), 0, 'it is decided on, and waits no longer');
		await told.getByRole('button', { name: say('same-points.undo') }).click();
		assert.match((await told.textContent())!, new RegExp(say('same-points.done-taken-back')));
		for (const tick of await staff.locator('input[name=pair]').all()) await tick.uncheck();
		await confirm.click();
		assert.equal(await staff.locator('.mistakes').getByText(say('same-points.tick-first')).count(), 1);
		await waiting.check();
		await confirm.click();
		assert.ok((await told.textContent())!.includes(say('same-points.two', { one: one!, other: other! })));
		await reflows(staff);

		await visitor.goto(receipts[1]!);
		assert.equal(await grouped.count(), 1, 'who has no account is told by the page of the receipt');
		assert.equal(await visitor.locator('main a', { hasText: say('ideas.number', { number: one! }) }).count(), 1);
		await reflows(visitor);
		const idea = pathInLanguage(`${talk}/ideas/${other}`, language);
		await visitor.goto(idea);
		assert.equal(await visitor.locator('main a', { hasText: say('ideas.number', { number: one! }) }).count(), 1);
		await staff.getByRole('button', { name: say('same-points.part', { number: other! }) }).click();
		await visitor.goto(`${idea}?again`);
		assert.equal(await visitor.locator('main a', { hasText: say('ideas.number', { number: one! }) }).count(), 0);
		await visitor.goto(receipts[1]!);
		assert.equal(await grouped.count(), 0);
		const decision = staff.locator('#decided ~ form', { hasText: `student, ${language}` });
		assert.deepEqual(await decision.locator('.tag').allTextContents(), [say('same-points.parted')]);
		await decision.getByRole('button').click();
		assert.match((await told.textContent())!, new RegExp(say('same-points.done-taken-back')));
		assert.deepEqual(await decision.locator('.tag').allTextContents(), [say('same-points.joined')]);
		await decision.getByRole('button').click();
		assert.equal(await decision.count(), 0, 'everything was taken back');
	});
}
