import { z } from 'zod';
import { attributions, eventFields, eventKinds, registrations, type EventOfTopic } from '#events/event.ts';
import type { WrittenEvent } from '#events/planning.server.ts';
import type { Say } from '#languages/speaking.ts';
import { languageCodes } from '#languages/languages.ts';
import type { Topic } from '#topics/topic.ts';
import { instantOf, wallTime, zones } from '#topics/stages/zones.ts';
import { parse, WrongInput } from '#web/answering.server.ts';
import { textsForForm, textsFrom } from '#web/texts/texts-of-form.server.ts';

/** What the form of an event shows: of one that is planned, or of a new one. */
export function eventForm(topic: Pick<Topic, 'languages' | 'defaultLanguage'>, planned: EventOfTopic | null, zone: string) {
	const { languages, defaultLanguage } = topic;
	const tags = new Set([...languageCodes, ...languages, ...(planned?.languages ?? []), ...(planned?.interpretation ?? [])]);
	return {
		zones,
		languages: [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)],
		spoken: [...tags],
		texts: planned ? textsForForm(planned.texts, eventFields) : {},
		before: {
			starts: planned ? wallTime(planned.startsAt, planned.zone) : '',
			ends: planned ? wallTime(planned.endsAt, planned.zone) : '',
			zone,
			attribution: planned?.attribution ?? 'named',
			registration: planned?.registration ?? 'open',
			roomPlaces: String(planned?.roomPlaces ?? ''),
			onlinePlaces: planned ? String(planned.onlinePlaces ?? '') : '0',
			languages: planned?.languages ?? [defaultLanguage],
			interpretation: planned?.interpretation ?? [],
			remoteLink: planned?.remoteLink ?? '',
			isRecorded: planned?.isRecorded ?? false,
			waitingHours: String(planned?.waitingHours ?? 24)
		},
		basedOn: planned?.version ?? null
	};
}

export type EventFormData = ReturnType<typeof eventForm>;

/** A new event; everything that is wrong is said at once. */
export function newEventFrom(typed: FormData, topic: Pick<Topic, 'languages'>, say: Say) {
	const errors: Record<string, string> = {};
	const unless = <T>(read: () => T): T | null => {
		try {
			return read();
		} catch (error) {
			if (!(error instanceof WrongInput)) throw error;
			Object.assign(errors, error.errors);
			return null;
		}
	};
	const kind = unless(() => kindFrom(typed, say));
	const written = unless(() => eventFrom(typed, topic, say));
	if (!kind || !written) throw new WrongInput(errors);
	return { ...kind, ...written };
}

function kindFrom(typed: FormData, say: Say) {
	const { kind, id } = parse(z.object({ kind: z.enum(eventKinds, 'events.kind-missing'), id: z.uuid() }), typed, say);
	return { kind, eventId: id };
}

/** Empty: as many as come. */
const places = z
	.string()
	.default('')
	.transform((text) => text.trim())
	.refine((text) => /^\d{0,6}$/.test(text), 'events.places-wrong')
	.transform((text) => (text === '' ? null : Number(text)));

const fields = z.object({
	starts: z.string().default(''),
	ends: z.string().default(''),
	zone: z.string().max(60).default(''),
	attribution: z.enum(attributions, 'events.attribution-missing'),
	registration: z.enum(registrations, 'events.registration-missing'),
	roomPlaces: places,
	onlinePlaces: places,
	languages: z.array(z.string().max(35)).max(40),
	interpretation: z.array(z.string().max(35)).max(40),
	remoteLink: z.string().max(2000).default(''),
	isRecorded: z.literal('yes').optional(),
	waitingHours: z.coerce
		.number('events.hours-wrong')
		.int('events.hours-wrong')
		.min(1, 'events.hours-wrong')
		.max(720, 'events.hours-wrong')
});

/** What the form holds; whatever is wrong is said at its field. Times that stand there as they were stay to the second. */
export function eventFrom(
	typed: FormData,
	topic: Pick<Topic, 'languages'>,
	say: Say,
	planned: Pick<EventOfTopic, 'startsAt' | 'endsAt'> | null = null
): WrittenEvent {
	const { starts, ends, zone, remoteLink, isRecorded, ...rest } = parse(fields, typed, say);
	const startsAt = instantOf(starts, zone, planned?.startsAt);
	const endsAt = instantOf(ends, zone, planned?.endsAt);
	const texts = textsFrom(typed, eventFields, topic.languages);
	const link = remoteLink.trim();
	const errors: Record<string, string> = {};
	if (!Object.values(texts['title'] ?? {}).some(Boolean)) errors['title'] = say('events.title-missing');
	if (!startsAt) errors['starts'] = say('events.starts-missing');
	if (!endsAt) errors['ends'] = say('events.ends-missing');
	if (startsAt && endsAt && endsAt <= startsAt) errors['ends'] = say('refusals.event-ends-before-it-starts');
	if (link !== '' && !/^https?:\/\//i.test(link)) errors['remoteLink'] = say('refusals.web-address-unusable');
	if (!startsAt || !endsAt || Object.keys(errors).length > 0) throw new WrongInput(errors);
	return { ...rest, startsAt, endsAt, zone, texts, remoteLink: link || null, isRecorded: isRecorded === 'yes' };
}

/** Why an event is called off, in each language of the talk. */
export function reasonFrom(typed: FormData, topic: Pick<Topic, 'languages'>, say: Say): Readonly<Record<string, string>> {
	const reason = textsFrom(typed, ['reason'], topic.languages)['reason']!;
	if (!Object.values(reason).some(Boolean)) throw new WrongInput({ reason: say('refusals.reason-missing') });
	return reason;
}
