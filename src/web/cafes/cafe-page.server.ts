import type { RequestEvent } from '@sveltejs/kit';
import type { Cafe } from '#cafes/cafe.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { inLanguage, type ShownText } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { eventOfPage } from '#web/events/event-page.server.ts';

type CafePage = RequestEvent<{ topic: string; event: string }>;

/** The café that the address names; another kind of event is none. */
export async function cafeOfPage(
	event: CafePage,
	wishes: { atDesk?: boolean } = {}
): Promise<{ topic: Topic; planned: EventOfTopic; cafe: Cafe; at: Date }> {
	const { topic, planned, at } = await eventOfPage(event, wishes);
	if (planned.kind !== 'cafe') throw refusal('not-found');
	const cafe = await cafeOf(contextOf(event).database, topic.topicId, planned.eventId);
	return { topic, planned, cafe, at };
}

/** What the head of each page of a café shows. */
export function cafeHead({ locals }: Pick<RequestEvent, 'locals'>, topic: Topic, planned: EventOfTopic) {
	return {
		topic: headOf(topic, locals.language),
		event: {
			number: planned.number,
			title: inLanguage(planned.texts['title'], [locals.language], topic.defaultLanguage),
			zone: planned.zone,
			startsAt: planned.startsAt
		}
	};
}

export type CafeHead = ReturnType<typeof cafeHead>;

/** The guiding questions of the topic, by id, in the reader's language. */
export function questionTexts(topic: Topic, language: string): Map<string, { number: number; text: ShownText }> {
	return new Map(
		topic.questions.map(({ questionId, number, texts }) => [
			questionId,
			{ number, text: inLanguage(texts['text'], [language], topic.defaultLanguage) }
		])
	);
}
