import { createRoute, z, type OpenAPIHono, type RouteHandler } from '@hono/zod-openapi';
import { contextOf, limit, requestOf, topicOf, type Env } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { topicPath } from '#api/schemas.ts';
import { attributions, eventFields, eventKinds, isPublic, registrations, type EventOfTopic } from '#events/event.ts';
import { eventNumbered, eventsOfTopic } from '#events/events.server.ts';
import { placesTaken } from '#events/registrations.server.ts';
import { refusal } from '#refusals/refusal.ts';

const words = z
	.array(z.object({ language: z.string(), text: z.string() }))
	.openapi({ description: 'In each language in which organisers wrote it.' });

const eventBody = z
	.object({
		number: z.number().int(),
		kind: z.enum(eventKinds),
		state: z.enum(['confirmed', 'held', 'cancelled']),
		startsAt: z.iso.datetime(),
		endsAt: z.iso.datetime(),
		zone: z.string().openapi({ description: 'IANA name of the clock at the venue.' }),
		attribution: z
			.enum(attributions)
			.openapi({ description: 'What may stand beside what is said: the name, the group only, or nothing.' }),
		registration: z.enum(registrations),
		roomPlaces: z.number().int().nullable().openapi({ description: 'null: as many as come; 0: nobody.' }),
		onlinePlaces: z.number().int().nullable(),
		languages: z.array(z.string()),
		interpretation: z.array(z.string()),
		isRecorded: z.boolean(),
		title: words,
		description: words,
		venue: words,
		host: words,
		access: words,
		recording: words,
		reason: words.openapi({ description: 'Why it was cancelled.' })
	})
	.openapi('Event');

const eventsBody = z.object({ events: z.array(eventBody) }).openapi('Events');
const oneEventBody = eventBody
	.extend({
		taken: z
			.object({ room: z.number().int(), online: z.number().int() })
			.openapi({ description: 'Places that are taken or kept for somebody of the waiting list.' })
	})
	.openapi('EventWithPlaces');

const eventPath = topicPath.extend({
	event: z.coerce
		.number()
		.int()
		.min(1)
		.max(2 ** 31 - 1)
		.openapi({ param: { name: 'event', in: 'path' }, example: 1 })
});

const listEvents = createRoute({
	method: 'get',
	path: '/topics/{topic}/events',
	summary: 'Events of a topic',
	request: { params: topicPath },
	responses: { 200: json(eventsBody, 'Everything that was confirmed, by its beginning'), ...refusals(404, 422, 429) }
});

const readEvent = createRoute({
	method: 'get',
	path: '/topics/{topic}/events/{event}',
	summary: 'One event',
	request: { params: eventPath },
	responses: { 200: json(oneEventBody, 'The event as it is planned now'), ...refusals(404, 422, 429) }
});

export function addEvents(api: OpenAPIHono<Env>): void {
	api.openapi(listEvents, eventsListed);
	api.openapi(readEvent, eventRead);
}

const eventsListed: RouteHandler<typeof listEvents, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const { topicId } = await topicOf(request, asked.req.valid('param').topic);
	return asked.json({ events: (await eventsOfTopic(contextOf(request).database, topicId)).map(bodyOf) }, 200);
};

const eventRead: RouteHandler<typeof readEvent, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const { topic, event: number } = asked.req.valid('param');
	const { database } = contextOf(request);
	const { topicId } = await topicOf(request, topic);
	const event = await eventNumbered(database, topicId, number);
	if (!isPublic(event)) throw refusal('not-found');
	const { room, online } = await placesTaken(database, event);
	return asked.json({ ...bodyOf(event), taken: { room: room.taken, online: online.taken } }, 200);
};

function bodyOf(event: EventOfTopic): z.output<typeof eventBody> {
	const { number, kind, state, startsAt, endsAt, zone, attribution, registration, roomPlaces, onlinePlaces } = event;
	const { languages, interpretation, isRecorded, texts, stateVersion } = event;
	const inEach = (field: string) => (texts[field] ?? []).map(({ language, text }) => ({ language, text }));
	// what is planned only was refused before
	if (state === 'planned') throw refusal('not-found');
	return {
		...{ number, kind, state, zone, attribution, registration, roomPlaces, onlinePlaces, isRecorded },
		...{ languages: [...languages], interpretation: [...interpretation] },
		startsAt: startsAt.toISOString(),
		endsAt: endsAt.toISOString(),
		...(Object.fromEntries(eventFields.map((field) => [field, inEach(field)])) as Record<
			(typeof eventFields)[number],
			ReturnType<typeof inEach>
		>),
		reason: state === 'cancelled' ? inEach(`reason-${stateVersion}`) : []
	};
}
