import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import type { EventOfTopic } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import { aPage } from './browser.ts';
import { talk } from './reaching.ts';
import {
	asksAQuestion,
	asksForTheFloor,
	captions,
	click,
	deskOf,
	inTheRoom,
	joins,
	next,
	planTheAgenda,
	roomOf,
	sees,
	speaking
} from './town-hall-day.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { database } = product;

test('a town hall from its agenda to its final minutes: chair, projector, phones in the room, a remote speaker and a hub', async (t) => {
	const { topicId } = await topicAt(database, talk.split('/').at(-1)!);
	const event = await anEvent(database, { topicId, kind: 'town-hall', attribution: 'named' });
	const chair = await aPage(t, { product, as: 'moderator' });
	await planTheAgenda(chair, event);
	const projector = await aPage(t, { product, reducedMotion: true });
	await projector.goto(`${roomOf(event)}/screen`);
	await sees(projector, spaced(event.code));

	const ada = await joins(t, product, event.code);
	const ben = await joins(t, product, event.code);
	const day = { event, chair, projector, ada, ben };
	await theFloor(t, day);
	await theQuestions(t, day);
	await thePoll(t, day);
	await theCaptions(t, day);
	await theMinutes(t, day);
});

/** Six letters as they stand on a screen. */
const spaced = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;

interface Day {
	readonly event: EventOfTopic;
	readonly chair: Page;
	readonly projector: Page;
	readonly ada: Page;
	readonly ben: Page;
}

/** The room, somebody remote, a hub and a point of order on one floor; the chair once decides otherwise. */
async function theFloor(t: TestContext, { event, chair, ada, ben }: Day): Promise<void> {
	await chair.goto(`${deskOf(event)}/floor`);
	await click(chair, 'Take the chair');
	await sees(chair, 'You have the chair');
	await click(chair, 'Open the floor');
	await sees(chair, 'The floor is open');
	await click(chair, 'Begin Opening');

	await asksForTheFloor(ada, { name: 'Ada', group: 'Technical community' });
	await sees(ada, 'Next, as things stand.');
	await asksForTheFloor(ben, { name: 'Ben', group: 'Civil society', isRemote: true });
	await sees(ben, '1 before you, as things stand.');
	const remote = await aPage(t, { product, as: 'moderator' });
	await remote.goto(`${deskOf(event)}/remote`);
	await sees(remote, 'Ben');
	await remote.getByLabel('Who').fill('Hub of Nairobi');
	await remote.getByLabel('Hubs').check();
	await click(remote, 'Put down');
	await sees(remote, 'They are on the list.');

	const shown = await aPage(t, { product });
	await shown.goto(`${roomOf(event)}/floor`);
	await next(chair).getByText('Ada').waitFor();
	await click(chair, 'Give the floor');
	await speaking(chair).getByText('Ada').waitFor();
	await sees(ada, 'You have the floor.');
	await speaking(shown)
		.getByText(/^(2:00|1:5\d) left$/)
		.waitFor();
	assert.equal((await shown.locator('main').innerText()).includes('Ada'), false, 'no name on what everybody sees');

	// a point of order comes first; the chair gives the floor to somebody else, and says why
	const cem = await joins(t, product, event.code);
	await cem.getByRole('link', { name: 'Ask for the floor' }).click();
	await click(cem, 'Raise a point of order');
	await click(chair, 'End the speech');
	await sees(next(chair), 'A point of order comes before everything.');
	await sees(shown, 'Next, as things stand: Point of order');
	await click(next(chair), 'Give the floor');
	await sees(cem, 'You have the floor.');
	await click(chair, 'End the speech');
	await next(chair).getByText('Ben').waitFor();
	const hub = chair.getByRole('listitem').filter({ hasText: 'Hub of Nairobi' });
	await hub.getByText('Give the floor out of turn').click();
	await hub.getByLabel('Reason').fill('The line to Nairobi is about to be lost');
	await click(hub, 'Give the floor');
	await speaking(chair).getByText('Hub of Nairobi').waitFor();
	await sees(shown, 'The chair chose otherwise 1 time.');
	await click(chair, 'End the speech');
	await click(chair, 'Give the floor');
	await sees(ben, 'You have the floor.');
	await click(chair, 'End the speech');
	await speaking(chair).getByText('Nobody has the floor.').waitFor();
	await click(chair, 'Begin The floor is open to all');

	const rapporteur = await aPage(t, { product, as: 'rapporteur' });
	await rapporteur.goto(`${deskOf(event)}/record`);
	const ofAda = rapporteur.getByRole('listitem').filter({ has: rapporteur.getByRole('heading', { name: 'Ada' }) });
	await ofAda.getByLabel('What was said').fill('Exchange points cost less than the detour.');
	await click(ofAda, 'Put on record');
	await sees(rapporteur, 'It is on record.');
}

/** A question is asked from a phone, seen by nobody, let through, supported from another, shown to the hall and answered. */
async function theQuestions(t: TestContext, { event, projector, ada, ben }: Day): Promise<void> {
	await asksAQuestion(ada, event, 'Who pays for the exchange points?', 'Ada');
	await inTheRoom(ben, event);
	assert.equal(await ben.getByText('Who pays for the exchange points?').count(), 0);
	const moderator = await aPage(t, { product, as: 'moderator' });
	await moderator.goto(`${deskOf(event)}/questions`);
	await click(moderator, /^Let everybody see it/);
	await moderator.getByRole('heading', { name: 'Seen by everybody' }).waitFor();
	await click(moderator, 'Put on the screen');
	await sees(ben, 'Who pays for the exchange points?');
	await click(ben, /^I want to know, too/);
	await sees(projector.locator('.hall-questions'), '2 people want to know');
	assert.doesNotMatch(await projector.locator('.hall-screen').innerText(), /Ada/, 'no name on the screen');
	await click(moderator, /^Put to the podium/);
	await sees(projector, 'Put to the podium');
	const card = moderator.locator('li.card', { hasText: 'Who pays for the exchange points?' });
	await card.getByText('Reason, or what was answered').first().click();
	await card.locator('[name=words]').fill('A fund of the region');
	await click(card, /^Answered/);
	await inTheRoom(ada, event);
	assert.match(await ada.locator('#questions ~ ul').first().innerText(), /Answered[\s\S]*A fund of the region/);
}

async function thePoll(t: TestContext, { event, projector, ada, ben }: Day): Promise<void> {
	const desk = await aPage(t, { product, as: 'moderator' });
	await desk.goto(`${deskOf(event)}/polls`);
	const form = desk.locator('form[action="?/make"]');
	await form.locator('[name="question.en"]').fill('What comes first?');
	for (const [at, option] of ['Access', 'Trust'].entries()) await form.locator(`[name="option-${at + 1}.en"]`).fill(option);
	await click(form, 'Save the draft');
	await click(desk, 'Open the poll');
	await click(desk, 'Put on the screen');
	// both phones lie open in the room: the poll comes by itself
	for (const [phone, option] of [
		[ada, 'Access'],
		[ben, 'Access']
	] as const) {
		await phone.getByRole('group', { name: 'What comes first?' }).waitFor();
		await phone.getByLabel(option).check();
		await click(phone, 'Send my answer');
		await sees(phone, 'Your answer counts.');
	}
	await projector.getByRole('heading', { name: 'What comes first?' }).waitFor();
	await sees(projector, '2 people answered');
	assert.deepEqual(await projector.locator('table.bars td').allTextContents(), ['2', '0']);
	await click(desk, 'Close the poll');
	await sees(desk, 'Closed');
}

/** Captions come while people speak and scroll on the projector and a phone; the text of them becomes an idea at the rapporteur's desk. */
async function theCaptions(t: TestContext, { event, projector, ben }: Day): Promise<void> {
	const desk = await aPage(t, { product, as: 'secretariat' });
	await desk.goto(`${deskOf(event)}/captions`);
	await click(desk, 'Make an address');
	const address = (await desk.locator('.notice code.fixed').innerText()).trim();
	await click(desk, 'Put on the screen');
	await ben.goto(`${roomOf(event)}/captions`);
	for (let line = 1; line <= 30; line++) assert.equal(await captions(address, line, `CHAIR: Line ${line} of the opening.`), 200);
	assert.equal(await captions(address, 31, 'ADA: Share the cables that lie unused.'), 200);
	await sees(projector.locator('.hall-captions'), 'Share the cables that lie unused.');
	const last = ben.locator('.caption-lines p', { hasText: 'Share the cables that lie unused.' });
	await last.waitFor();
	await ben.waitForFunction(() => document.querySelector('.caption-lines')!.getBoundingClientRect().bottom <= innerHeight + 1);
	assert.ok((await ben.evaluate(() => scrollY)) > 0, 'the newest line scrolled into view');

	await desk.goto(`${deskOf(event)}/captions`);
	await click(desk, 'Make a text of it for the rapporteurs');
	await desk.getByRole('link', { name: 'The transcript as a text' }).waitFor();
	const rapporteur = await aPage(t, { product, as: 'rapporteur' });
	const { rows } = await database.query<{ number: number }>(
		`select max(submission_number)::int as number from submissions where topic_id = $1`,
		[event.topicId]
	);
	await rapporteur.goto(`/desk${talk}/texts/${rows[0]!.number}`);
	await rapporteur.locator('.flowing').first().waitFor();
	await rapporteur.getByText('Share the cables that lie unused.').click();
	await rapporteur.getByLabel('The point, in one sentence').fill('Cables that lie unused are shared');
	await click(rapporteur, 'Draw this idea');
	await rapporteur.getByRole('status').filter({ hasText: 'Noted' }).waitFor();
	await ben.goto(`${talk}/ideas?q=unused`);
	await ben.getByRole('link', { name: 'Cables that lie unused are shared' }).click();
	await sees(ben, 'Share the cables that lie unused.');
}

async function theMinutes(t: TestContext, { event, chair, ada }: Day): Promise<void> {
	await chair.goto(`${deskOf(event)}/floor`);
	await chair.getByText('End the floor for good').first().click();
	await click(chair, 'End the floor for good');
	await sees(chair, 'The floor is over');
	const secretariat = await aPage(t, { product, as: 'secretariat' });
	await secretariat.goto(deskOf(event));
	await click(secretariat, 'It took place');
	await sees(secretariat, 'The event is over');

	const rapporteur = await aPage(t, { product, as: 'rapporteur' });
	await rapporteur.goto(`${deskOf(event)}/minutes`);
	await click(rapporteur, 'Draft the minutes');
	await click(rapporteur, 'Open for corrections');
	await ada.goto(`${roomOf(event)}/minutes`);
	await ada.getByRole('heading', { name: 'Opening', exact: true }).waitFor();
	await sees(ada, 'Ada: Exchange points cost less than the detour.');
	await sees(ada, 'Question: Who pays for the exchange points? (2 people wanted to know)');
	await sees(ada, 'Poll: What comes first? (2 people answered)');
	await ada.getByRole('link', { name: 'Suggest a correction' }).first().click();
	const before = await ada.locator('[name=text]').inputValue();
	await ada.locator('[name=text]').fill(before.replace('the detour', 'a year of the detour'));
	await ada.locator('[name=reason]').fill('I said it');
	await click(ada, 'Send the suggestion');
	await sees(ada, 'Your suggestion was sent');
	await rapporteur.goto(`${deskOf(event)}/minutes`);
	await rapporteur.locator('ins', { hasText: 'a year of' }).waitFor();
	await click(rapporteur, 'Accept');
	await click(rapporteur, 'Make them final');
	await ada.goto(`${roomOf(event)}/minutes?final`);
	await sees(ada, 'Ada: Exchange points cost less than a year of the detour.');
	assert.equal(await ada.getByRole('link', { name: 'Suggest a correction' }).count(), 0);

	// the statistics, for everybody
	await ada.goto(roomOf(event));
	const figures = ada.locator('section[aria-labelledby=figures]');
	assert.deepEqual(await figures.locator('dt').allInnerTexts(), [
		...['Speeches', 'People who spoke', 'Left waiting at the end', 'Times the chair chose otherwise than proposed'],
		...['Questions asked', 'Questions put to the podium', 'Questions answered', 'Questions for the record, unread', 'Polls']
	]);
	assert.deepEqual(await figures.locator('dd').allInnerTexts(), ['3', '3', '0', '1', '1', '1', '1', '0', '1']);
	assert.deepEqual(await figures.locator('tbody th').allInnerTexts(), ['Room', 'Remote', 'Hubs']);
}
