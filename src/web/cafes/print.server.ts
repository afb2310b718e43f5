import type { RequestEvent } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { addressOfSheet } from '#cafes/notes/sheet-codes.server.ts';
import { hostsOf } from '#cafes/hosts.server.ts';
import { changedCards } from '#cafes/seating/card.ts';
import { cardsFor, cardsGiven } from '#cafes/seating/cards.server.ts';
import { seatingInForce } from '#cafes/seating/reading.server.ts';
import { stepsOf, type Seat } from '#cafes/seating/seating.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { cafeHead, questionTexts } from '#web/cafes/cafe-page.server.ts';
import { roomOfPage } from '#web/cafes/seating-page.server.ts';
import { contextOf } from '#web/context.server.ts';

/**
 * What may be printed: a card for each person, those alone that changed, a sheet for each table, a briefing for each host, and
 * sheets on which tables write.
 */
const whats = ['cards', 'changed', 'tables', 'briefing', 'notes'] as const;

/** All that the printed pages of a café need, in the language of the page. */
export async function cafePrint(event: RequestEvent<{ topic: string; event: string }>) {
	const room = await roomOfPage(event);
	const { topic, planned, cafe, of, held, nameOf } = room;
	const { database, settings, keys } = contextOf(event);
	const { language } = event.locals;
	const what = whats.find((one) => one === event.url.searchParams.get('what')) ?? 'cards';
	const origin = settings.origin ?? event.url.origin;
	const inForce = await seatingInForce(database, of.topicId, of.eventId);
	const questions = questionTexts(topic, language);
	const hosts = await hostsOf(database, of.topicId, of.eventId);
	const seats = inForce?.seats ?? [];
	const ids = [...new Set(seats.map(({ guestId }) => guestId))];
	const cards = what === 'cards' || what === 'changed' ? await cardsFor(database, of, ids) : [];
	const changed = new Set(
		what === 'changed' ? changedCards(await cardsGiven(database, of), seats, held).map(({ guestId }) => guestId) : ids
	);
	const seatPath = pathInLanguage(`/topics/${topic.slug}/events/${planned.number}/seat`, language);
	const sheetOf = async (table: number, round: number) =>
		addressOfSheet(keys, of.topicId, origin, { code: planned.code, table, round });
	const own = Map.groupBy(seats, ({ guestId }) => guestId);
	return {
		...cafeHead(event, topic, planned),
		what,
		paper: event.url.searchParams.get('paper') === 'letter' ? ('letter' as const) : ('a4' as const),
		hasSeating: inForce !== null,
		tables: cafe.tables.length,
		venue: inLanguage(planned.texts['venue'], [language], topic.defaultLanguage),
		seatAddress: `${origin.replace(/^https?:\/\//u, '')}${seatPath}`,
		cards: cards
			.filter(({ guestId }) => own.has(guestId) && changed.has(guestId))
			.map(({ guestId, cardNumber, code }) => ({
				...{ name: nameOf(guestId), cardNumber },
				code: `${code.slice(0, 5)} ${code.slice(5)}`,
				picture: pictureOf(`${origin}${seatPath}?code=${code}`),
				...cardOf(own.get(guestId)!, cafe.rounds.length, cafe.tables.length)
			}))
			.sort((one, other) => one.name.localeCompare(other.name, language)),
		rounds: cafe.rounds.map(({ roundNumber, questionId, minutes }) => ({
			...{ roundNumber, minutes },
			question: (questionId && questions.get(questionId)?.text) || null
		})),
		sheets:
			what === 'tables' || what === 'briefing'
				? cafe.tables.map(({ tableNumber, label, languages }) => ({
						...{ tableNumber, label, languages },
						hosts: hosts.filter((host) => host.tableNumber === tableNumber).map(({ name }) => name),
						people: cafe.rounds.map(
							({ roundNumber }) =>
								seats.filter((seat) => seat.roundNumber === roundNumber && seat.tableNumber === tableNumber).length
						)
					}))
				: [],
		noteSheets:
			what === 'notes'
				? await Promise.all(
						cafe.tables.flatMap(({ tableNumber, label }) =>
							cafe.rounds.map(async ({ roundNumber, questionId }) => ({
								...{ tableNumber, roundNumber, label },
								question: (questionId && questions.get(questionId)?.text) || null,
								picture: pictureOf(await sheetOf(tableNumber, roundNumber), 4)
							}))
						)
					)
				: []
	};
}

/** Round by round, and the rule by which it works in a power cut. */
function cardOf(own: readonly Seat[], rounds: number, tables: number) {
	const tableIn = Array.from(
		{ length: rounds },
		(_, round) => own.find(({ roundNumber }) => roundNumber === round + 1)?.tableNumber ?? null
	);
	return { tableIn, steps: tableIn.includes(null) ? null : stepsOf(tableIn.map(Number), tables) };
}

/** As a picture of its own, since the policy of our pages forbids styles inside them. @param border in squares: four where it is to be found in a photo */
function pictureOf(address: string, border = 1): string {
	return `data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border, ecc: 'M' }))}`;
}
