// Rooms while they are in use, as pictures show them: a café in its second round, a town hall in which somebody speaks. Each is made once.
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { hostsOf, makeHostLink } from '#cafes/hosts.server.ts';
import { beginRound } from '#cafes/leading.server.ts';
import { placeOf } from '#cafes/notes/note.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { eventOf } from '#events/events.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { confirmEvent, planEvent } from '#events/planning.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { agendaOf } from '#townhalls/agenda.server.ts';
import { importCaptions } from '#townhalls/captions/taking.server.ts';
import { askForAnother } from '#townhalls/floor/asking.server.ts';
import { doChairsActs, type Deed } from '#townhalls/floor/chairing.server.ts';
import { proposedNext } from '#townhalls/floor/floor.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { turnPoll } from '#townhalls/polls/planning.server.ts';
import { answerOf } from '#townhalls/polls/poll.ts';
import { pollsOfEvent } from '#townhalls/polls/polls.server.ts';
import { showOnScreen } from '#townhalls/screen.server.ts';
import { secretOfTests, type Product } from './product.ts';
import { desk, talk } from './reaching.ts';
import type { StaffRole } from './world.ts';
import { cafe, townHall, type ExampleEvent } from '../examples/events.ts';
import { askedInTheRoom } from '../examples/floor.ts';
import { browserOf, loader, type Loading } from '../examples/loader.ts';
import { loadCafe } from '../examples/loading-cafe.server.ts';
import { loadFloor } from '../examples/loading-floor.server.ts';
import { loadGuests, loadHubs } from '../examples/loading-guests.server.ts';
import { loadPolls, loadQuestions } from '../examples/loading-town-hall.server.ts';
import { databaseAt, moveBy } from '../examples/moving.ts';
import { piles } from '../examples/notes.ts';
import { captionsOfTownHall, polls } from '../examples/town-hall.ts';

export interface Scene {
	readonly as?: StaffRole;
	readonly arrive: (page: Page, product: Product, prefix: string) => Promise<void>;
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const made = new Map<string, Promise<EventOfTopic & { secret: string }>>();

function once(name: string, make: () => Promise<EventOfTopic & { secret: string }>) {
	if (!made.has(name)) made.set(name, make());
	return made.get(name)!;
}

async function anEventThatIsOn(
	{ database }: Product,
	planned: ExampleEvent,
	startsAt: Date,
	minutes: number
): Promise<EventOfTopic> {
	const { topicId } = await topicAt(database, talk.split('/').at(-1)!);
	const { kind, starts: _starts, ends: _ends, ...written } = planned;
	const times = { startsAt, endsAt: new Date(+startsAt + minutes * 60_000) };
	const { eventId } = await planEvent(databaseAt(database, ago(10_000)), { topicId, kind, ...written, ...times }, loader);
	await confirmEvent(databaseAt(database, ago(10_000)), topicId, eventId, loader);
	return eventOf(database, topicId, eventId);
}

const loadingOf = ({ database, settings }: Product): Loading => ({
	...{ database, keys: topicKeys({ folder: settings.data, secret: secretOfTests }) }
});

/** The second round has gone on for eight minutes, and the first table has written cards; the secret of its host comes with it. */
const aCafeThatIsOn = (product: Product) =>
	once('cafe', async () => {
		const { database } = product;
		const event = await anEventThatIsOn(product, cafe, ago(55), 120);
		const { topicId, eventId, startsAt } = event;
		const { rows } = await database.query<{ id: string }>(
			'select question_id as id from questions where topic_id = $1 order by position',
			[topicId]
		);
		const [role, issues, interaction] = rows.map(({ id }) => id) as [string, string, string];
		const by = moveBy(new Date());
		await loadGuests(loadingOf(product), { topicId, by }, eventId, startsAt);
		await loadCafe({ database }, { topicId, by, questionIds: { role, issues, interaction } }, { eventId, startsAt });
		await beginRound(databaseAt(database, ago(8)), { topicId, eventId, roundNumber: 2 }, loader);
		const table = { topicId, eventId, tableNumber: 1 };
		const cards = piles
			.flatMap(({ notes }) => notes)
			.filter(({ round }) => round < 3)
			.slice(0, 8)
			.map(({ round, text, language, marker, group }, at) => ({
				...{ id: uuidv4(), table: placeOf(table), round, place: at + 1, phone: '00000000-0000-4000-8000-000000000001' },
				...{ marker, language, text, revises: null, group, name: null, isRehearsal: false }
			}));
		await takeCards(database, table, cards);
		const [host] = await hostsOf(database, topicId, eventId);
		const { secret } = await makeHostLink(database, { topicId, eventId, hostId: host!.hostId }, loader);
		return { ...event, secret };
	});

/** The floor has been open for ten minutes: two have spoken, somebody speaks, others wait; a poll is open and on the screen. */
const aTownHallThatIsOn = (product: Product) =>
	once('town hall', async () => {
		const { database } = product;
		const loading = loadingOf(product);
		const event = await anEventThatIsOn(product, townHall, ago(38), 90);
		const { topicId, eventId } = event;
		await loadHubs(database, topicId, eventId);
		await loadFloor(databaseAt(database, ago(60)), event);
		const act = (minutes: number, deed: Deed) =>
			doChairsActs(
				databaseAt(database, ago(minutes)),
				event,
				{ chair: 0, acts: [{ actId: randomUUID(), ago: 0, deed }] },
				loader
			);
		const items = await agendaOf(database, event);
		for (const [at, minutes] of [36, 26, 10].entries()) await act(minutes, { does: 'begin-item', itemId: items[at]!.itemId });
		for (const { group, name } of askedInTheRoom) {
			const asked = { channel: 'room', kind: 'speak', group, name, isFirst: true, requestId: uuidv4() } as const;
			await askForAnother(databaseAt(database, ago(9)), event, asked, loader);
		}
		for (const [began, ended] of [
			[8, 6.4],
			[5, 3.2],
			[0.7, null]
		] as const) {
			const floor = await floorOf(database, event);
			const { number } = proposedNext(floor, +ago(began))!;
			const { requestId } = floor.asked.find((one) => one.number === number)!;
			await act(began, { does: 'give', requestId, proposed: requestId, reason: '' });
			if (ended !== null) await act(ended, { does: 'end' });
		}
		await loadPolls(loading, event, false);
		await loadQuestions(loading, event, 'town hall');
		const [poll] = await pollsOfEvent(database, event, { alsoDrafts: true });
		const { pollId } = poll!;
		await turnPoll(database, { topicId, pollId }, 'open', loader);
		const batcher = new AnswerBatcher(database, loading.keys);
		for (const [at, chosen] of polls[0]!.answers.entries())
			await batcher.give(topicId, pollId, answerOf(poll!, chosen), browserOf(at + 1));
		await showOnScreen(database, event, { shows: 'poll', pollId }, loader);
		await importCaptions(
			database,
			event,
			{ fileName: 'bali.vtt', file: captionsOfTownHall, language: 'en', beginsMs: 0 },
			loader
		);
		return { ...event, secret: '' };
	});

const at =
	(make: typeof aCafeThatIsOn, below: string, from = talk): Scene['arrive'] =>
	async (page, product, prefix) => {
		const { number } = await make(product);
		await page.goto(`${prefix}${from}/events/${number}${below}`);
	};

export const scenes: Readonly<Record<string, Scene>> = {
	wall: { arrive: at(aCafeThatIsOn, '/wall') },
	seat: { arrive: at(aCafeThatIsOn, '/seat?number=7') },
	notebook: {
		async arrive(page, product, prefix) {
			const { secret } = await aCafeThatIsOn(product);
			await page.goto(`${prefix}/table/${secret}`);
			await page.waitForURL(/\/notebook$/);
		}
	},
	'desk-cafe': { as: 'secretariat', arrive: at(aCafeThatIsOn, '/cafe', desk) },
	'desk-harvest': {
		as: 'rapporteur',
		async arrive(page, _product, prefix) {
			await page.goto(`${prefix}${desk}/events/1/harvest`);
		}
	},
	'town-hall': { arrive: at(aTownHallThatIsOn, '') },
	'town-hall-phone': { arrive: at(aTownHallThatIsOn, '/here') },
	'town-hall-floor': { arrive: at(aTownHallThatIsOn, '/floor') },
	'floor-phone': { arrive: at(aTownHallThatIsOn, '/phone') },
	projector: { arrive: at(aTownHallThatIsOn, '/screen') },
	captions: { arrive: at(aTownHallThatIsOn, '/captions') },
	'chairs-desk': {
		as: 'moderator',
		async arrive(page, product, prefix) {
			await at(aTownHallThatIsOn, '/floor', desk)(page, product, prefix);
			await page.locator('form[action="?/take"] button').click();
			await page.locator('.tag.good').first().waitFor();
		}
	},
	'questions-desk': { as: 'moderator', arrive: at(aTownHallThatIsOn, '/questions', desk) },
	'polls-desk': { as: 'moderator', arrive: at(aTownHallThatIsOn, '/polls', desk) }
};
