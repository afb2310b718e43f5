import type { RequestEvent } from '@sveltejs/kit';
import { ideasOfCafe, judgedOf, nextOfCafe } from '#cafes/harvest/opinions.server.ts';
import { isPublic } from '#events/event.ts';
import { eventNumbered } from '#events/events.server.ts';
import { inLanguage, type ShownText } from '#languages/texts.server.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { numberAsked } from '#web/talk/idea-numbers.server.ts';

/** The ideas of a café, which alone somebody is asked about. */
export interface AskedOfCafe {
	/** of the event */
	readonly number: number;
	readonly title: ShownText;
	readonly ideas: readonly number[];
	readonly judged: ReadonlySet<number>;
	readonly next: number | null;
}

/** `?event=`: the café whose ideas alone are asked about; null: all of the talk. */
export async function askedOfCafe(
	event: Pick<RequestEvent, 'url' | 'locals' | 'platform'>,
	topic: Topic,
	participant: number | null
): Promise<AskedOfCafe | null> {
	const number = numberAsked(event.url.searchParams, 'event');
	if (number === null) return null;
	const { database } = contextOf(event);
	const { actor, language } = event.locals;
	const planned = await eventNumbered(database, topic.topicId, number);
	if (planned.kind !== 'cafe' || !isPublic(planned)) return null;
	const ideas = await ideasOfCafe(database, planned);
	const judged = participant === null ? new Set<number>() : await judgedOf(database, topic.topicId, participant, ideas);
	const whose = participant === null ? (actor.kind === 'job' ? '' : (actor.visitorId ?? '')) : String(participant);
	return {
		...{ number, ideas, judged },
		title: inLanguage(planned.texts['title'], [language], topic.defaultLanguage),
		next: nextOfCafe(ideas, judged, whose)
	};
}
