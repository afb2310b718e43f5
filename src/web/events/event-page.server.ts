import type { RequestEvent } from '@sveltejs/kit';
import { eventNumbered, eventsOfTopic } from '#events/events.server.ts';
import { eventFields, isOver, isPublic, type EventOfTopic } from '#events/event.ts';
import { inLanguage, wordsOf } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { policy } from '#web/policy.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import { organisersMarkdown } from '#web/texts/markdown.server.ts';
import type { EventLink } from './event-links.ts';

type EventPage = RequestEvent<{ topic: string; event: string }>;

/** The event that the address names, and its topic. One that was never confirmed is found at the desk only. */
export async function eventOfPage(
	event: EventPage,
	{ atDesk = false } = {}
): Promise<{ topic: Topic; planned: EventOfTopic; at: Date }> {
	const topic = await topicOfPage(event, { drafts: atDesk });
	const context = contextOf(event);
	const planned = await eventNumbered(context.database, topic.topicId, numberInAddress(event.params.event));
	if (!atDesk && !isPublic(planned)) throw refusal('not-found');
	return { topic, planned, at: momentOf(context) };
}

/** Refuses `not-found` for what is no number. */
export function numberInAddress(text: string): number {
	if (!/^[1-9]\d{0,8}$/.test(text)) throw refusal('not-found');
	return Number(text);
}

/** What a line of a list tells of an event. */
export function eventInBrief(planned: EventOfTopic, topic: Pick<Topic, 'defaultLanguage'>, language: string, at: Date) {
	const { number, kind, state, startsAt, endsAt, zone, attribution, registration, texts } = planned;
	return {
		...{ number, kind, state, startsAt, endsAt, zone, attribution, registration },
		isOver: isOver(planned, at),
		...wordsOf(texts, ['title', 'venue', 'host'], [language], topic.defaultLanguage)
	};
}

export type EventInBrief = ReturnType<typeof eventInBrief>;

/** Everything that the page of an event shows to everybody. */
export function eventShown(planned: EventOfTopic, topic: Pick<Topic, 'defaultLanguage'>, language: string, at: Date) {
	const { roomPlaces, onlinePlaces, languages, interpretation, isRecorded, remoteLink, stateVersion, stateAt } = planned;
	const words = wordsOf(planned.texts, eventFields, [language], topic.defaultLanguage);
	const { description } = words;
	return {
		...eventInBrief(planned, topic, language, at),
		...{ roomPlaces, onlinePlaces, languages, interpretation, isRecorded, stateAt },
		description: description.text === '' ? null : { language: description.language, html: organisersMarkdown(description.text) },
		access: words.access,
		recording: words.recording,
		reason: inLanguage(planned.texts[`reason-${stateVersion}`], [language], topic.defaultLanguage),
		// who registers gets it by mail: a link that everybody can read is one that anybody can disturb
		remoteLink: planned.registration === 'none' ? remoteLink : null,
		isOnline: onlinePlaces !== 0 && remoteLink !== null
	};
}

/** The events of a talk for its pages: what is to come in its order, then what is over, the latest first. */
export async function eventsShown(
	event: Pick<RequestEvent, 'platform' | 'locals'>,
	topic: Topic,
	{ alsoPlanned = false } = {}
): Promise<{ toCome: EventInBrief[]; over: EventInBrief[] }> {
	const context = contextOf(event);
	const events = (await eventsOfTopic(context.database, topic.topicId, { alsoPlanned })).map((planned) =>
		eventInBrief(planned, topic, event.locals.language, momentOf(context))
	);
	return { toCome: events.filter((one) => !one.isOver), over: events.filter((one) => one.isOver).reverse() };
}

/** The links of the event's pages that the reader may open, below `base`. */
export function linksFor(
	links: readonly EventLink[],
	{ locals }: Pick<RequestEvent, 'locals'>,
	{ topic, planned }: { topic: Topic; planned: EventOfTopic }
) {
	return links
		.filter(({ route, kinds }) => kinds.includes(planned.kind) && policy[route]?.(locals.actor, topic.topicId))
		.map(({ route, label }) => ({
			href: route.replace('[topic]', topic.slug).replace('[event]', String(planned.number)),
			label: locals.say(label)
		}));
}
