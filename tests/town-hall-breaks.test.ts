// A hall whose network breaks: what happens meanwhile is there afterwards, once and in the order of the event, whichever process answers.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { lastMove, movesAfter } from '#events/moving.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { addItem, stepAgenda } from '#townhalls/agenda.server.ts';
import { makeStream, takeCaptions } from '#townhalls/captions/taking.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { showOnScreen } from '#townhalls/screen.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { aPage, type PageWishes } from './browser.ts';
import { twoProcesses } from './processes.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const { address } = await twoProcesses(database);
const say = speakerOf('en');

const kinds = [
	'screen',
	'agenda',
	'captions',
	'poll-open',
	'poll-closed',
	'question-came',
	'question-approved',
	'question-asked'
];

/** A town hall and what its desk does, by another process than those that answer the pages. */
async function aHall() {
	const { event, topicId, slug, staff } = await aTownHall(database);
	const items: string[] = [];
	for (const title of ['Opening', 'Access', 'Trust', 'Closing'])
		items.push(
			await addItem(database, event, { minutes: 10, speakers: '', documents: [], texts: { title: { en: title } } }, aSecretary)
		);
	const { token } = await makeStream(database, event, 'en', staff);
	return {
		...{ event, topicId, room: `/topics/${slug}/events/${event.number}` },
		begin: (place: number) =>
			inTransaction(database, (transaction) =>
				stepAgenda(transaction, event, { itemId: items[place]!, step: 'begun', at: transaction.at })
			),
		shows: (shows: 'agenda' | 'questions' | 'captions') => showOnScreen(database, event, { shows, pollId: null }, staff),
		says: (sequence: number, words: string) => takeCaptions(database, token, { body: words, sequence, language: null }),
		async asks(text: string) {
			const questionId = uuidv4();
			await askQuestion(database, keys, event, { questionId, text, language: 'en', name: '' }, aVisitor(`who asks ${text}`));
			await decideQuestion(database, { ...event, questionId }, { state: 'approved', words: '' }, staff);
			return questionId;
		},
		async support(questionId: string, people: number) {
			for (let who = 1; who <= people; who++)
				await supportQuestion(database, keys, { ...event, questionId }, true, aVisitor(`supporter ${who}`));
		},
		async opensAPoll(question: string) {
			const { pollId } = await makePoll(database, event, aWrittenPoll({ question: { en: question } }), staff);
			await turnPoll(database, { topicId, pollId }, 'open', staff);
		}
	};
}

/** A page that writes down each number that it hears, from all its streams. */
async function aListeningPage(t: TestContext, wishes: PageWishes = {}) {
	const page = await aPage(t, { address, ...wishes });
	await page.addInitScript((all) => {
		const heard: number[] = [];
		Object.assign(window, { heard });
		window.EventSource = class extends EventSource {
			constructor(url: string | URL, init?: EventSourceInit) {
				super(url, init);
				for (const kind of all) this.addEventListener(kind, (told) => heard.push(Number(told.lastEventId)));
			}
		};
	}, kinds);
	return page;
}

const heardBy = (page: Page) => page.evaluate(() => (window as unknown as { heard: number[] }).heard);
const texts = (page: Page, selector: string) => page.locator(selector).allTextContents();
const listening = (page: Page, room: string) => page.waitForRequest((request) => request.url().includes(`${room}/live`));

/** Opens it, and waits until it listens. */
async function opens(page: Page, room: string, path: string) {
	const begun = listening(page, room);
	await page.goto(room + path);
	await begun;
}

/** The network of these pages is gone while something happens. */
async function withoutNetwork(pages: readonly Page[], happens: () => Promise<void>) {
	for (const page of pages) await page.context().setOffline(true);
	await happens();
	for (const page of pages) await page.context().setOffline(false);
}

test('a phone and the projector break three times: each thing is there once, in the order of the event, and each move was heard once', async (t) => {
	const hall = await aHall();
	const { event, room } = hall;
	const [phone, projector] = [await aListeningPage(t, { phone: true }), await aListeningPage(t)];
	await hall.shows('agenda');
	await hall.begin(0);
	const before = await lastMove(database, event.topicId, event.eventId);
	await opens(phone, room, '/here?order=newest');
	await opens(projector, room, '/screen');
	await projector.locator('.hall-now h3', { hasText: 'Opening' }).waitFor();

	const ids: string[] = [];
	await withoutNetwork([phone, projector], async () => {
		ids.push(await hall.asks('Who pays for the cable?'));
		await hall.begin(1);
		await hall.opensAPoll('What first?');
		await hall.begin(2);
		ids.push(await hall.asks('Who owns the landing station?'));
	});
	await projector.locator('.hall-now h3', { hasText: 'Trust' }).waitFor();
	assert.deepEqual(await texts(projector, '.hall-now h3'), ['Trust']);
	assert.deepEqual(
		(await texts(projector, '.hall-next li span')).map((text) => text.trim()),
		['Closing']
	);
	await phone.getByText('Who owns the landing station?').waitFor();
	const questions = async () => (await texts(phone, '[id^=question-] .reading-words')).map((text) => text.trim());
	assert.deepEqual(await questions(), ['Who owns the landing station?', 'Who pays for the cable?']);
	assert.equal(await phone.locator('fieldset legend', { hasText: 'What first?' }).count(), 1);

	await withoutNetwork([phone, projector], async () => {
		await hall.shows('questions');
		await hall.support(ids[0]!, 3);
	});
	const supported = say('floor-questions.supporters', { people: 4 });
	await projector.getByText(supported).waitFor();
	assert.deepEqual(
		(await texts(projector, '.hall-questions li > p:first-child')).map((text) => text.trim()),
		['Who pays for the cable?', 'Who owns the landing station?']
	);
	await phone.getByText(supported).waitFor();

	await hall.shows('captions');
	await hall.says(1, 'We begin.');
	await projector.getByText('We begin.').waitFor();
	await withoutNetwork([projector, phone], async () => {
		for (const [at, words] of ['The first point.', 'The second.', 'The third.'].entries()) await hall.says(at + 2, words);
	});
	await projector.getByText('The third.').waitFor();
	const lines = (await texts(projector, '.hall-captions p')).map((text) => text.trim().split('\n').at(-1)!.trim());
	assert.deepEqual(lines, ['We begin.', 'The first point.', 'The second.', 'The third.']);

	const happened = await movesAfter(database, event.topicId, event.eventId, before, 200);
	const numbers = happened.map(({ number }) => number);
	assert.ok(numbers.length >= 12, String(numbers.length));
	for (const page of [phone, projector]) {
		await page.waitForFunction((last) => (window as unknown as { heard: number[] }).heard.at(-1) === last, numbers.at(-1)!);
		assert.deepEqual(await heardBy(page), numbers);
	}
});

test('where the page itself cannot be had, what stands on the screen stays, and what happened comes as soon as it can', async (t) => {
	const hall = await aHall();
	const { room } = hall;
	const projector = await aListeningPage(t, { expected: [/status of 503/] });
	await hall.shows('agenda');
	await hall.begin(0);
	await opens(projector, room, '/screen');
	await projector.locator('.hall-now h3', { hasText: 'Opening' }).waitFor();
	for (const fails of ['broken', 'answered with an error'] as const) {
		const asked = projector.waitForRequest(/__data\.json/);
		await projector.route(/__data\.json/, (route) => (fails === 'broken' ? route.abort() : route.fulfill({ status: 503 })));
		await hall.begin(fails === 'broken' ? 1 : 3);
		await asked;
		// a second question: the first one failed, and the page still stands there and asks
		await projector.waitForRequest(/__data\.json/);
		assert.deepEqual(await texts(projector, '.hall-now h3'), [fails === 'broken' ? 'Opening' : 'Access']);
		await projector.unroute(/__data\.json/);
		await projector.locator('.hall-now h3', { hasText: fails === 'broken' ? 'Access' : 'Closing' }).waitFor();
	}
});

test('where a network lets no stream through, a phone asks and lacks nothing', async (t) => {
	const hall = await aHall();
	const { room } = hall;
	const phone = await aListeningPage(t, { phone: true, expected: [/status of 429/] });
	await phone.route(/\/live(\?|$)/, (route) => route.fulfill({ status: 429 }));
	await opens(phone, room, '/here?order=newest');
	const id = await hall.asks('Who pays for the cable?');
	await hall.opensAPoll('What first?');
	await phone.getByText('Who pays for the cable?').waitFor();
	await phone.getByText('What first?').waitFor();
	await hall.support(id, 2);
	await phone.getByText(say('floor-questions.supporters', { people: 3 })).waitFor();
	assert.deepEqual(await heardBy(phone), []);
});
