import { redirect } from '@sveltejs/kit';
import { roundTurnsOf } from '#cafes/leading.server.ts';
import { cardOfCode, cardsOf } from '#cafes/seating/cards.server.ts';
import { follow } from '#cafes/seating/following.ts';
import { seatingInForce } from '#cafes/seating/reading.server.ts';
import { lastMove } from '#events/moving.server.ts';
import { answering, localized, WrongInput } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage, questionTexts } from '#web/cafes/cafe-page.server.ts';
import { contextOf } from '#web/context.server.ts';
import { typedText } from '#web/texts/texts-of-form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** As long as a café with a day after it. */
const cookieSeconds = 2 * 86_400;
const cookieOf = (eventId: string) => `card-${eventId}`;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, cafe, at } = await cafeOfPage(event);
	const of = { topicId: topic.topicId, eventId: planned.eventId };
	// the code of a card comes by its picture: it leaves the address at once
	const given = event.url.searchParams.get('code');
	if (given !== null) await takeIn(event, of, given, `/topics/${topic.slug}/events/${planned.number}/seat`);
	const { database } = contextOf(event);
	// before the rest: what happens meanwhile is heard once more
	const last = await lastMove(database, of.topicId, of.eventId);
	const card = await cardAsked(event, of);
	const inForce = card ? await seatingInForce(database, of.topicId, of.eventId) : null;
	const seats = inForce?.seats.filter(({ guestId }) => guestId === card?.guestId) ?? [];
	const turns = await roundTurnsOf(database, of.topicId, of.eventId);
	const questions = questionTexts(topic, event.locals.language);
	const following = follow(seats, { rounds: cafe.rounds, tables: cafe.tables.length }, turns);
	return {
		...cafeHead(event, topic, planned),
		at: at.toISOString(),
		last,
		isKnown: card !== null,
		isUnknown: given !== null && card === null,
		cardNumber: card?.cardNumber ?? null,
		hasSeats: seats.length > 0,
		following: { ...following, on: following.on && { ...following.on, endsAt: following.on.endsAt.toISOString() } },
		rounds: cafe.rounds.map(({ roundNumber, questionId }) => ({
			roundNumber,
			table: seats.find((seat) => seat.roundNumber === roundNumber)?.tableNumber ?? null,
			question: (questionId && questions.get(questionId)?.text) || null
		})),
		tables: cafe.tables.map(({ tableNumber, label, mode, link }) => ({ tableNumber, label, link: mode === 'room' ? null : link }))
	};
};

export const actions: Actions = {
	show: answering(async (event, typed) => {
		const { topic, planned } = await cafeOfPage(event);
		const of = { topicId: topic.topicId, eventId: planned.eventId };
		const path = `/topics/${topic.slug}/events/${planned.number}/seat`;
		const text = typedText(typed, 'card').trim();
		const { say } = event.locals;
		// the number of a card is no secret: it stands on the wall
		if (/^\d{1,4}$/.test(text)) {
			const known = (await cardsOf(contextOf(event).database, of)).some(({ cardNumber }) => cardNumber === Number(text));
			if (!known) throw new WrongInput({ card: say('seats.no-such-card') });
			redirect(303, localized(event, `${path}?number=${Number(text)}`));
		}
		await takeIn(event, of, text, path);
		throw new WrongInput({ card: say('seats.no-such-card') });
	}),

	forget: answering(async (event) => {
		const { topic, planned } = await cafeOfPage(event);
		event.cookies.delete(cookieOf(planned.eventId), { path: '/' });
		redirect(303, localized(event, `/topics/${topic.slug}/events/${planned.number}/seat`));
	})
};

/** Lets the owner of a card in, and leads to the page without it; goes on where there is no such card. */
async function takeIn(event: RequestEvent, of: { topicId: string; eventId: string }, typed: string, path: string): Promise<void> {
	const card = await cardOfCode(contextOf(event).database, of, typed);
	if (!card) return;
	event.cookies.set(cookieOf(of.eventId), card.code, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: cookieSeconds });
	redirect(303, localized(event, path));
}

/** The card of the cookie, or the one whose number was asked for. */
async function cardAsked(event: RequestEvent, of: { topicId: string; eventId: string }) {
	const { database } = contextOf(event);
	const number = event.url.searchParams.get('number');
	if (number !== null) return (await cardsOf(database, of)).find(({ cardNumber }) => String(cardNumber) === number) ?? null;
	const code = event.cookies.get(cookieOf(of.eventId));
	return code === undefined ? null : cardOfCode(database, of, code);
}
