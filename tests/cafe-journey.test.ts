import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { trayOf } from '#cafes/notes/tray.server.ts';
import { aPage } from './browser.ts';
import {
	appointHosts,
	button,
	checksIn,
	othersRegistered,
	planACafe,
	press,
	printedCard,
	registers,
	seatThoseWhoCame,
	sees,
	theEvent
} from './cafe-day.ts';
import { accepted, aNotebook, write } from './notebook-phone.ts';
import { talk } from './reaching.ts';
import { theExampleWorld } from './world.ts';
import { guests } from '../examples/guests.ts';

const product = await theExampleWorld();
await product.startJobs();

/** Five of the fifty stay away: one in ten. */
const away = [10, 20, 30, 40, 45].map((at) => guests[at]!);
const late = away[0]!;

test('fifty people, ten tables, three questions: a café from its plan to what a visitor thinks of its ideas', async (t) => {
	const desk = await aPage(t, { product, as: 'secretariat' });
	const number = await planACafe(desk);
	const event = await theEvent(product, number);

	const ada = await registers(t, product, number, 'Ada Okafor', 'Technical community');
	await othersRegistered(product, event, 49);
	await checksIn(t, { product, desk, number, badge: ada, away });
	await appointHosts(desk, number, guests.slice(0, 10));

	await seatThoseWhoCame(desk, number);
	await sees(desk, 'No pair meets twice.');
	// ten can be proven to be the most; with two attributes exact the search may end one below
	await sees(desk, /Everyone meets at least (9|10) new people\./);
	await sees(desk, 'Every table has its share of each group.');
	assert.equal(await desk.locator('.table-of-round').count(), 10);
	assert.deepEqual(await sizesOfTables(desk), { 4: 5, 5: 5 });
	await press(desk, 'Put in force');
	await sees(desk, 'in force');

	const card = await printedCard(desk, number, 'Ada Okafor');
	assert.equal(card.tables.length, 3);
	await press(desk, 'The cards were given out');
	await ada.goto(card.address);
	await sees(ada, `Card ${card.cardNumber}`);
	for (const table of card.tables) await sees(ada, table);

	const { wall, notebooks } = await theRounds(t, desk, { number, card });
	await theHarvest(t, desk, { number, wall, notebooks });
});

async function sizesOfTables(desk: Page): Promise<Record<number, number>> {
	const sizes: Record<number, number> = {};
	for (const table of await desk.locator('.table-of-round').all()) {
		const size = await table.locator('li').count();
		sizes[size] = (sizes[size] ?? 0) + 1;
	}
	return sizes;
}

interface Day {
	readonly number: number;
	readonly card: Awaited<ReturnType<typeof printedCard>>;
}

/** Three rounds: the second phone has no network in the second, and somebody comes late after the first. */
async function theRounds(t: TestContext, desk: Page, { number, card }: Day) {
	const cafe = `/desk${talk}/events/${number}/cafe`;
	const kept = async (tableNumber: number) =>
		(await trayOf(product.database, { ...(await theEvent(product, number)), tableNumber })).map(({ text, round }) => [
			round,
			text
		]);
	const notebooks: Page[] = [];
	for (const [at, name] of guests.slice(0, 3).entries()) {
		await desk.goto(cafe);
		await press(desk, new RegExp(`^Make the link ?: ${name}$`));
		const link = (await desk.locator('.notice.good code').textContent())!;
		// requests that fail while there is no network are the journey's own
		notebooks.push(await aNotebook(t, link, { product, expected: at === 1 ? [/./] : [] }));
	}
	const [one, two, three] = notebooks as [Page, Page, Page];
	await sees(two, 'Notebook of table 2');

	const wall = await aPage(t, { product });
	await wall.goto(`${talk}/events/${number}/wall`);
	await sees(wall, 'Next: round 1 of 3');
	await button(desk, 'Begin round 1').click();
	await sees(wall, 'Round 1 of 3');
	assert.match(await wall.locator('[role=timer]').innerText(), /^(19:\d\d|20:00)$/);
	await sees(one, 'What is the role of governments');
	await write(one, 'Governments open doors and keep them open');
	await write(two, 'Rules that fit small islands, too');
	await write(three, 'A framework in which everybody can speak');
	for (const [page, text] of [
		[one, 'Governments open doors and keep them open'],
		[two, 'Rules that fit small islands, too'],
		[three, 'A framework in which everybody can speak']
	] as const)
		await accepted(page, text);

	await button(desk, 'End round 1').click();
	await comesLate(desk, number);
	// table 1 is not table 10
	const seats = wall.locator('.moves li', { hasText: new RegExp(`${card.tables[1]!}(?!\\d)`) }).locator('.cards');
	await wall.getByRole('heading', { name: 'Next: round 2 of 3' }).waitFor();
	assert.ok((await seats.innerText()).split(/\s+/).includes(card.cardNumber), 'the wall and the card say the same');

	await two.context().setOffline(true);
	await desk.goto(cafe);
	await button(desk, 'Begin round 2').click();
	await sees(one, 'Round 1, for the next guests: 1 card');
	await one.getByText('Round 1, for the next guests: 1 card').click();
	await one.getByRole('listitem').filter({ hasText: 'Governments open doors and keep them open' }).first().waitFor();
	await write(one, 'Protect cables and the exchange points');
	await accepted(one, 'Protect cables and the exchange points');
	await sees(two, 'No network: write on');
	await button(two, 'Round 2').click();
	await write(two, 'Protect the cables and exchange points');
	await write(two, 'Teach people to be safe');
	await sees(two, '2 on this phone');
	assert.deepEqual(await kept(2), [[1, 'Rules that fit small islands, too']]);
	await write(three, 'Who pays for the last mile?');
	await button(desk, 'End round 2').click();

	await button(desk, 'Begin round 3').click();
	await sees(wall, 'Round 3 of 3');
	await two.context().setOffline(false);
	await two.reload();
	await accepted(two, 'Teach people to be safe');
	await sees(two, '3 accepted');
	const first = [1, 'Rules that fit small islands, too'];
	const offline = ['Protect the cables and exchange points', 'Teach people to be safe'].map((text) => [2, text]);
	assert.deepEqual(await kept(2), [first, ...offline], 'each card once, in the order in which it was written');
	await write(three, 'Publish what is decided, and why');
	await accepted(three, 'Publish what is decided, and why');
	await button(desk, 'End round 3').click();
	await sees(wall, 'All rounds are over. Thank you!');
	return { wall, notebooks };
}

/** One who registered comes after the first round: she is seated, and hardly anybody has another card for it. */
async function comesLate(desk: Page, number: number): Promise<void> {
	await desk.goto(`${talk}/events/${number}/check-in`);
	await desk.getByLabel('Find by name').fill(late);
	await button(desk, new RegExp(`^Check in ?: ${late}$`)).click();
	await sees(desk, `${late} is checked in.`);
	await sees(desk, 'Everything is sent.');
	const seating = `/desk${talk}/events/${number}/cafe/seating`;
	await desk.goto(seating);
	assert.ok(await desk.getByLabel('Only those who have arrived').isChecked());
	assert.ok(await desk.getByLabel('Keep as many cards as can be').isChecked());
	await desk.getByLabel('How long to look').selectOption('2');
	await press(desk, 'Seat them');
	for (const until = Date.now() + 30_000; Date.now() < until && (await desk.locator('li.card').count()) === 1;)
		await desk.goto(seating);
	await sees(desk, 'keeps the cards of seating 1');
	await desk
		.locator('li.card', { hasText: 'Seating 2' })
		.getByRole('button', { name: /^Put in force/ })
		.click();
	await desk.getByRole('heading', { name: '1 person gets a new card' }).waitFor();
	await sees(desk.locator('section[aria-labelledby=changed]'), late);
}

async function theHarvest(t: TestContext, desk: Page, day: { number: number; wall: Page; notebooks: readonly Page[] }) {
	for (const notebook of day.notebooks) {
		await press(notebook, 'Close the table');
		await sees(notebook, 'The table is closed');
	}
	const harvest = `/desk${talk}/events/${day.number}/harvest`;
	const rapporteur = await aPage(t, { product, as: 'rapporteur' });
	await rapporteur.goto(harvest);
	await sees(rapporteur, 'No card waits at the tables.');
	assert.equal(await rapporteur.locator('.wall > li').count(), 8);

	// what the software proposes, once a job has compared them
	const proposed = rapporteur.locator('section[aria-labelledby=alike] form');
	while (!(await proposed.first().isVisible())) await rapporteur.reload();
	assert.equal(await proposed.count(), 1);
	await button(proposed, 'Lay together').click();
	await sees(rapporteur, 'Laid together.');
	// by hand, with the keyboard alone
	for (const text of ['Governments open doors', 'A framework in which everybody']) {
		await rapporteur.locator('.wall > li', { hasText: text }).getByRole('checkbox').focus();
		await rapporteur.keyboard.press('Space');
	}
	await button(rapporteur, 'Lay the ticked together').focus();
	await rapporteur.keyboard.press('Enter');
	await sees(rapporteur, 'Laid together.');
	assert.equal(await rapporteur.locator('.pile').count(), 2);

	const cables = await draws(rapporteur, 'cables and exchange points', 'Cables and exchange points are protected as vital');
	await rapporteur.goto(harvest);
	const doors = await draws(rapporteur, 'Governments open doors', 'Governments keep a framework in which everybody can speak');
	await desk.goto(harvest);
	await press(desk, 'End the harvest');
	await sees(desk, 'The harvest has ended.');

	const visitor = await aPage(t, { product, phone: true, javaScript: false });
	await visitor.goto(`${talk}/ideas/${cables}`);
	await sees(visitor, 'From a World Café: table 1, round 2');
	await sees(visitor, 'From a World Café: table 2, round 2');
	await sees(visitor, 'Protect the cables and exchange points');
	await visitor.goto(`${talk}/ideas/${doors}`);
	await sees(visitor, 'From a World Café: table 1, round 1');
	await sees(visitor, 'From a World Café: table 3, round 1');
	await visitor.goto(`${talk}/opinions?idea=${cables}`);
	await sees(visitor, 'Cables and exchange points are protected as vital');
	await press(visitor, /^Agree/);
	const { rows } = await product.database.query<{ agree: number }>(
		'select agree from idea_counts where topic_id = $1 and idea_number = $2',
		[(await theEvent(product, day.number)).topicId, cables]
	);
	assert.deepEqual(rows, [{ agree: 1 }]);
}

/** @returns the number of the idea */
async function draws(rapporteur: Page, pile: string, point: string): Promise<number> {
	const card = rapporteur.locator('.pile', { hasText: pile });
	await card.getByText('Draw an idea').first().click();
	await card.getByLabel('The idea in one sentence').fill(point);
	await button(card, 'Draw an idea').click();
	await sees(rapporteur, 'The idea is drawn; it is open to opinions as any other.');
	return Number(/\d+/.exec(await card.getByRole('link', { name: /^Idea \d+$/ }).innerText())![0]);
}
