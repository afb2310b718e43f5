// Cafés as they are held, from the first registration to the end of the harvest: what an attacker may look at afterwards.
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { drawFromNotes } from '#cafes/harvest/drawing.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { mailHostLink } from '#cafes/mailing-hosts.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { giveFeedback } from '#cafes/notes/feedback.server.ts';
import { takePhotoOfTable } from '#cafes/notes/photos.server.ts';
import { endPhoto } from '#cafes/notes/typing.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { byLot } from '#cafes/seating/asking.server.ts';
import { giveOutCards } from '#cafes/seating/cards.server.ts';
import { guestsOf } from '#cafes/seating/guests.server.ts';
import { chooseSeating, keepSeating } from '#cafes/seating/keeping.server.ts';
import { questionOf, seatsOf, type Seat } from '#cafes/seating/seating.ts';
import { aPictureOf } from '#contributions/intake/paper/examples.server.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { Random } from '#engines/seating/random.ts';
import { seatEveryone } from '#engines/seating/seating.ts';
import { checkIn } from '#events/arriving.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aRegistration } from '#events/examples.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { register, registerAtDesk } from '#events/registering.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { aVisitor } from '#ideas/examples.server.ts';
import type { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

export const staff: Actor = { kind: 'job', name: 'attacker' };
export const [people, tables, rounds] = [8, 2, 2] as const;
const cards = 3;
const groups = ['governments', 'private-sector', 'civil-society', 'technical-community', 'academia'];

/** What the product needs to run. */
export interface House {
	readonly database: Database;
	readonly keys: TopicKeys;
	readonly files: FileStore;
	readonly opinions: OpinionBatcher;
	/** of a rapporteur */
	readonly accountId: string;
}

export interface Wishes {
	readonly attribution?: Attribution;
	/** false: the attacker comes before the harvest has ended */
	readonly ends?: boolean;
	/** seated in the order in which people registered, with a seed that everybody knows, and nobody hosts */
	readonly isSeatedBySeed?: boolean;
}

export interface Played extends OfEvent {
	/** who said each card, by its text */
	readonly said: ReadonlyMap<string, number>;
}

export function nameOf(person: number, cafe: number): string {
	return `Person ${person} of ${cafe}`;
}

/** Whose name stands in these words, of the eight of a café; null: nobody's. */
export function personNamedIn(words: string): number | null {
	const found = /Person (\d) of \d/.exec(words);
	return found && Number(found[1]);
}

/**
 * One café: people register and come in orders of their own, two of them host or two who do nothing else; they are seated, and at each table they speak in turn, in the
 * order in which they came, from one of them on whom the lot names. Phones are two at a table; one comes late. Photos are taken, an idea is drawn meanwhile, and
 * everybody says what they think of it.
 */
export async function play(house: House, topicId: string, number: number, wishes: Wishes = {}): Promise<Played> {
	const { attribution = 'chatham', ends = true, isSeatedBySeed = false } = wishes;
	const { database } = house;
	const random = new Random(number + 1);
	const { eventId } = await anEvent(database, { topicId, attribution, roomPlaces: null });
	const of = { topicId, eventId };
	await aCafe(database, { event: of, tables, rounds });
	const { came, guestIds } = await gather(house, of, number, random);
	const hosts = isSeatedBySeed ? [] : await appoint(house, of, number, number % 2 === 0 ? came : null, guestIds);
	const seats = await seat(house, of, isSeatedBySeed);
	const said = new Map<string, number>();
	const late: (() => Promise<void>)[] = [];
	for (let round = 1; round <= rounds; round++) {
		await beginRound(database, { ...of, roundNumber: round }, staff);
		for (let table = 1; table <= tables; table++) {
			const here = came.filter((person) => hosts[table - 1] === person || sits(seats, guestIds[person]!, round, table));
			late.push(...(await speak(house, { ...of, tableNumber: table }, { round, here, number, random, said })));
		}
		await endRound(database, of, staff);
		await closeTables(database, of, staff);
		if (round === 1) await discuss(house, of, number, came, random);
		for (const send of late.splice(0)) await send();
	}
	for (let host = 0; host < tables; host++)
		await giveFeedback(database, of, { id: uuidv4(), went: 1 + random.below(5), words: 'It went', language: 'en' });
	if (ends) await endHarvest(database, of, staff);
	return { ...of, said };
}

const sits = (seats: readonly Seat[], guestId: string, round: number, table: number) =>
	seats.some((one) => one.guestId === guestId && one.roundNumber === round && one.tableNumber === table);

/** @returns who they are in the order in which they came, and by which id each is known */
async function gather({ database, keys }: House, of: OfEvent, cafe: number, random: Random) {
	const surroundings = { keys, origin: 'https://talks.example.org' };
	for (const person of random.shuffle(everybody())) {
		const draft = aRegistration({ name: nameOf(person, cafe), email: null, group: groups[person % 5]! });
		// two by the form, with mails; the others by the desk, which is quicker
		const email = `person-${person}-of-${cafe}@example.org`;
		if (person % 4 === 0) await register(database, of, { ...draft, email }, surroundings);
		else await registerAtDesk(database, of, draft, surroundings, staff);
	}
	const guestIds: string[] = [];
	for (const { name, registrationId } of await registrationsOf(database, of)) guestIds[personNamedIn(name!)!] = registrationId;
	const came = random.shuffle(everybody());
	const noted = came.map((person) => ({
		...{ id: uuidv4(), age: 0 },
		who: { registrationId: guestIds[person]!, how: 'badge' as const }
	}));
	await checkIn(database, { ...of, by: null }, noted, surroundings);
	return { came, guestIds };
}

/** @returns which of the people hosts each table; none where those who host are others */
async function appoint(
	{ database }: House,
	of: OfEvent,
	cafe: number,
	came: readonly number[] | null,
	guestIds: readonly string[]
): Promise<readonly number[]> {
	for (let table = 1; table <= tables; table++) {
		const person = came?.[table - 1];
		const known = person === undefined ? {} : { name: nameOf(person, cafe), registrationId: guestIds[person]! };
		const host = aHost({ tableNumber: table, name: `Host ${table}`, ...known, email: `host-${table}-of-${cafe}@example.org` });
		const hostId = await appointHost(database, { ...of, host }, staff);
		const { secret, host: appointed } = await makeHostLink(database, { ...of, hostId }, staff);
		const mailed = { host: appointed, secret, origin: 'https://talks.example.org' };
		await inTransaction(database, (transaction) => mailHostLink(transaction, of, mailed));
	}
	return came?.slice(0, tables) ?? [];
}

async function seat({ database }: House, of: OfEvent, isSeatedBySeed: boolean): Promise<readonly Seat[]> {
	const cafe = await cafeOf(database, of.topicId, of.eventId);
	const question = questionOf(cafe, await seated(database, of), { pairs: [], pins: [] });
	const asked = isSeatedBySeed ? { question, seed: 1 } : byLot(question);
	const { rounds: found, method } = seatEveryone(asked.question, { seed: asked.seed, coolings: 1 });
	const seats = seatsOf(found);
	const number = await keepSeating(database, { ...of, planVersion: cafe.version, follows: null, method, seats }, staff);
	await chooseSeating(database, { ...of, number }, staff);
	await giveOutCards(database, of, staff);
	return seats;
}

/** Those who sit at tables; who hosts and does nothing else stands beside. */
async function seated(database: Database, { topicId, eventId }: OfEvent) {
	return (await guestsOf(database, topicId, eventId, 'placed')).filter(({ name }) => personNamedIn(name) !== null);
}

interface AtTable {
	readonly round: number;
	readonly here: readonly number[];
	readonly number: number;
	readonly random: Random;
	readonly said: Map<string, number>;
}

/** @returns what a phone sends that has no network until later */
async function speak(
	{ database, files }: House,
	table: OfEvent & { tableNumber: number },
	{ round, here, number, random, said }: AtTable
): Promise<(() => Promise<void>)[]> {
	const late: (() => Promise<void>)[] = [];
	const first = random.below(here.length);
	for (let card = 0; card < cards; card++) {
		const speaker = here[(first + card) % here.length]!;
		const text = `Point ${random.next()} of ${number}`;
		said.set(text, speaker);
		const phone = `00000000-0000-4000-8000-00000000000${random.below(2)}`;
		const place = (round - 1) * cards + card + 1;
		const sent = aCard(table, { text, round, place, phone, name: nameOf(speaker, number), group: groups[speaker % 5]! });
		const send = async () => void (await takeCards(database, table, [sent]));
		if (card === cards - 1 && random.below(3) === 0) late.push(send);
		else await send();
	}
	const bytes = aPictureOf(200 + random.below(5000), 200 + random.below(5000));
	const photoId = uuidv4();
	await takePhotoOfTable(database, files, table, { photoId, round, bytes });
	await endPhoto(database, { ...table, photoId }, 'passed-over', staff);
	return late;
}

/** An idea is drawn from one of the notes, and everybody says what they think of it on a phone of their own. */
async function discuss(
	{ database, opinions, accountId }: House,
	of: OfEvent,
	cafe: number,
	came: readonly number[],
	random: Random
) {
	const wall = await wallOf(database, of.topicId, of.eventId);
	const { noteId } = wall[random.below(wall.length)]!;
	const role = { role: 'rapporteur', topicId: of.topicId } as const;
	const rapporteur: Actor = { kind: 'account', accountId, visitorId: null, roles: [role], secondFactor: true };
	const drawing = { ...of, notes: [noteId], point: `An idea of ${cafe}`, explanation: '', questionId: null, requestKey: null };
	const { number: ideaNumber } = await drawFromNotes(database, drawing, rapporteur);
	for (const person of came)
		await opinions.give(of.topicId, aVisitor(`visitor ${person} of ${cafe}`), {
			...{ ideaNumber, seen: null },
			opinion: (['agree', 'pass', 'disagree'] as const)[random.below(3)]!
		});
}

const everybody = () => Array.from({ length: people }, (_, person) => person);
