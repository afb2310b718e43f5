import type { RequestEvent } from '@sveltejs/kit';
import { roundTurnsOf } from '#cafes/leading.server.ts';
import { nextRound, roundOn, roundsHeld } from '#cafes/rounds.ts';
import { cardsOf } from '#cafes/seating/cards.server.ts';
import { followsRule, wallOfRound } from '#cafes/seating/following.ts';
import { seatingInForce } from '#cafes/seating/reading.server.ts';
import { codeShown } from '#events/event.ts';
import { lastMove } from '#events/moving.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { cafeHead, cafeOfPage, questionTexts } from '#web/cafes/cafe-page.server.ts';
import { opinionsOfCafe } from '#web/cafes/opinions-of-cafe.server.ts';
import { contextOf } from '#web/context.server.ts';

/** What the wall of a café shows to everybody: no name, under any rule. */
export async function wallOf(event: RequestEvent<{ topic: string; event: string }>) {
	const { topic, planned, cafe, at } = await cafeOfPage(event);
	const { database, settings } = contextOf(event);
	const of = { topicId: topic.topicId, eventId: planned.eventId };
	// before the rest: what happens meanwhile is heard once more
	const last = await lastMove(database, of.topicId, of.eventId);
	const turns = await roundTurnsOf(database, of.topicId, of.eventId);
	const inForce = await seatingInForce(database, of.topicId, of.eventId);
	const questions = questionTexts(topic, event.locals.language);
	const running = roundOn(turns);
	const on = running && { ...running, of: cafe.rounds[running.roundNumber - 1] };
	const next = nextRound(cafe.rounds, turns);
	const cardOf = new Map((await cardsOf(database, of)).map(({ guestId, cardNumber }) => [guestId, cardNumber]));
	const questionOf = (questionId: string | null | undefined) => (questionId && questions.get(questionId)?.text) || null;
	const tables = cafe.tables.length;
	const answers = on ? null : await opinionsOfCafe(database, topic, of, { actor: event.locals.actor, at });
	return {
		...cafeHead(event, topic, planned),
		wall: {
			at: at.toISOString(),
			last,
			rounds: cafe.rounds.length,
			held: roundsHeld(turns),
			on: on && {
				roundNumber: on.roundNumber,
				isRehearsal: on.isRehearsal,
				endsAt: on.endsAt.toISOString(),
				question: questionOf(on.of?.questionId)
			},
			next: next && {
				roundNumber: next.roundNumber,
				minutes: next.minutes,
				question: questionOf(next.questionId),
				moves: inForce ? wallOfRound(inForce.seats, next.roundNumber, cardOf, tables) : [],
				isByRule: inForce !== null && next.roundNumber > 1 && followsRule(inForce.seats, cafe.rounds.length, tables)
			},
			answers: answers && {
				people: answers.people,
				code: codeShown(planned.code),
				address: `${(settings.origin ?? event.url.origin).replace(/^https?:\/\//u, '')}${pathInLanguage('/join', event.locals.language)}`,
				ideas: answers.ideas.slice(0, 6)
			},
			tables: cafe.tables.map(({ tableNumber, label }) => ({ tableNumber, label }))
		}
	};
}

export type Wall = Awaited<ReturnType<typeof wallOf>>['wall'];
