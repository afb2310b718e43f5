import { randomUUID } from 'node:crypto';
import type { Database } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { addItem, agendaOf } from '#townhalls/agenda.server.ts';
import { askForAnother } from '#townhalls/floor/asking.server.ts';
import { doChairsActs, type Deed } from '#townhalls/floor/chairing.server.ts';
import { proposedNext } from '#townhalls/floor/floor.ts';
import { floorOf, namesCalled } from '#townhalls/floor/floors.server.ts';
import { endFloor, turnFloor } from '#townhalls/floor/keeping.server.ts';
import { summarise } from '#townhalls/floor/summarising.server.ts';
import { loader } from './loader.ts';
import { databaseAt } from './moving.ts';
import { agenda, asked, askedInTheRoom, speeches, summaries } from './floor.ts';

/** The agenda of the Town Hall, and who has asked for the floor beforehand. */
export async function loadFloor(database: Database, of: OfEvent): Promise<void> {
	for (const { title, ...item } of agenda) await addItem(database, of, { ...item, documents: [], texts: { title } }, loader);
	await turnFloor(database, of, 'open', loader);
	for (const asking of asked) await askForAnother(database, of, { ...asking, isFirst: true, requestId: uuidv4() }, loader);
}

/** What was said there, where it is over by now: the floor goes by its rule, and begins some minutes late. */
export async function holdFloor(database: Database, of: OfEvent, startsAt: Date): Promise<void> {
	let now = startsAt.getTime() + 4 * 60_000;
	const passes = (minutes: number) => (now += minutes * 60_000);
	const act = (deed: Deed) =>
		doChairsActs(databaseAt(database, new Date(now)), of, { chair: 0, acts: [{ actId: randomUUID(), ago: 0, deed }] }, loader);
	const ids = (await agendaOf(database, of)).map(({ itemId }) => itemId);
	const toCome = ids.values();
	const nextItem = () => act({ does: 'begin-item', itemId: toCome.next().value! });

	await nextItem();
	passes(11);
	await nextItem();
	passes(14);
	await nextItem();
	for (const { group, name } of askedInTheRoom)
		await askForAnother(
			databaseAt(database, new Date(now)),
			of,
			{ channel: 'room', kind: 'speak', group, name, isFirst: true, requestId: uuidv4() },
			loader
		);
	for (const seconds of speeches) {
		passes(1);
		const floor = await floorOf(database, of);
		const next = floor.asked.find(({ number }) => number === proposedNext(floor, now)!.number)!;
		await act({ does: 'give', requestId: next.requestId, proposed: next.requestId, reason: '' });
		passes(seconds / 60);
		await act({ does: 'end' });
	}
	passes(30);
	await nextItem();
	passes(9);
	await act({ does: 'end-item', itemId: ids.at(-1)! });
	const after = databaseAt(database, new Date(now));
	await summariseAll(after, of);
	await endFloor(after, of, loader);
}

/** What each said, as the rapporteur of the meeting wrote it down. */
async function summariseAll(database: Database, of: OfEvent): Promise<void> {
	const [{ turns }, names] = await Promise.all([floorOf(database, of), namesCalled(database, of)]);
	for (const { number, asked } of turns)
		await summarise(database, of, { turn: number, text: summaries[names.get(asked)!]!, language: 'en' }, loader);
}
