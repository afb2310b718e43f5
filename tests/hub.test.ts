import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attendanceOf } from '#events/attendance.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { talk } from './reaching.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { database } = product;
const topicId = (await topicIdAtAddress(database, talk.split('/').at(-1)!))!;
const say = speakerOf('en');
const staff = { kind: 'job', name: 'test' } as const;

for (const javaScript of [false, true])
	test(`the desk gives a hub its link, and its coordinator counts heads, asks for the floor and asks questions by phone, ${javaScript ? 'with' : 'without'} script`, async (t) => {
		const event = await anEvent(database, { topicId, kind: 'town-hall', attribution: 'named' });
		await turnFloor(database, event, 'open', staff);
		const desk = await aPage(t, { product, as: 'secretariat', javaScript });
		await desk.goto(`/desk${talk}/events/${event.number}/hubs`);
		await desk.getByLabel(say('events.hub-place'), { exact: true }).fill('Nairobi');
		await desk.getByLabel(say('events.coordinator')).fill('Njeri');
		await desk.getByLabel(say('events.email')).fill('njeri@example.org');
		await desk.getByLabel(say('events.hub-zone')).selectOption('Africa/Nairobi');
		await desk.locator('form[action="?/add"] button').click();
		await desk.getByText(say('events.hub-added')).waitFor();
		await desk.getByRole('button', { name: say('events.hub-link-mail') }).click();
		await desk.getByText(say('events.hub-link-sent')).waitFor();
		const link = (await desk.locator('.notice.good a').getAttribute('href'))!;
		const { rows } = await database.query<{ body: string }>(
			`select body from mails where to_address = 'njeri@example.org' order by mail_id desc limit 1`
		);
		assert.ok(rows[0]!.body.includes(link));

		const phone = await aPage(t, { product, phone: true, javaScript, expected: [/status of 401/] });
		await phone.goto(new URL(link).pathname);
		assert.equal(new URL(phone.url()).pathname, '/hub');
		await phone.getByLabel(say('hub.heads')).fill('17');
		await phone.getByRole('button', { name: say('events.hub-count') }).click();
		await phone.getByText(say('hub.done-counted')).waitFor();
		assert.equal((await attendanceOf(database, event)).heads, 17);
		await phone.locator('#ask-name').fill('Wanjiru');
		await phone.getByRole('button', { name: say('floor.ask'), exact: true }).click();
		await phone.getByText(say('hub.done-asked')).waitFor();
		await phone.getByText('Wanjiru').waitFor();
		const [asked] = (await floorOf(database, event)).asked;
		assert.equal(asked!.channel, 'hub');
		await desk.goto(`/desk${talk}/events/${event.number}/floor`);
		await desk
			.locator('.facts', { hasText: `${say('floor.channel-hub')}: Nairobi` })
			.first()
			.waitFor();
		await phone.getByLabel(say('hub.question-text')).fill('Who pays for the last mile?');
		await phone.getByRole('button', { name: say('hub.question-send') }).click();
		await phone.getByText(say('hub.done-questioned')).waitFor();
		const [waiting] = await questionsOfEvent(database, event);
		await decideQuestion(database, { ...event, questionId: waiting!.questionId }, { state: 'approved', words: '' }, staff);
		const [question] = await questionsOfEvent(database, event);
		assert.deepEqual([question!.text, question!.name], ['Who pays for the last mile?', 'Nairobi']);
		if (javaScript) {
			await accessible(phone);
			await reflows(phone);
		}
		await phone.getByRole('button', { name: say('floor.withdraw') }).click();
		await phone.getByText(say('hub.done-withdrawn')).waitFor();

		await desk.goto(`/desk${talk}/events/${event.number}/hubs`);
		await desk.getByRole('button', { name: say('events.hub-link-end') }).click();
		await desk.getByText(say('events.hub-revoked')).waitFor();
		assert.equal((await phone.goto('/hub'))?.status(), 401);
	});
