import type { Transaction } from '#database/connection.server.ts';
import { calendarOfEvent } from '#events/calendar-of-event.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import type { Registration } from '#events/registration.ts';
import { spanIn } from '#events/times.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isLanguage, pathInLanguage, type Language } from '#languages/languages.ts';
import { inLanguage, textsOf, wordsOf } from '#languages/texts.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** What a verb needs to write to people: how codes are made, and where links lead. */
export interface Surroundings {
	readonly keys: TopicKeys;
	readonly origin: string;
}

/** What is written to somebody who registered. */
export const eventMails = ['placed', 'waiting', 'offer', 'lapsed', 'ended', 'off', 'changed', 'reminder'] as const;
export type EventMail = (typeof eventMails)[number];

/** The kinds of mails, as they stand in the list of staff. */
export const mailKind = (what: EventMail | 'invited') => `event-${what}`;

/** Writes to somebody who registered and left an address, in their language. */
export async function mailTo(
	transaction: Transaction,
	event: EventOfTopic,
	registration: Registration,
	what: EventMail,
	{ keys, origin }: Surroundings
): Promise<void> {
	const { email: to, topicId, way } = registration;
	if (to === null) return;
	const language = isLanguage(registration.language) ? registration.language : 'en';
	const say = speakerOf(language);
	const told = await wordsForMail(transaction, event, language, origin);
	const isOnline = way === 'online' && (what === 'placed' || what === 'changed' || what === 'reminder');
	const remoteLink = isOnline ? event.remoteLink : null;
	const until = registration.keptUntil ? say.date(registration.keptUntil, { zone: event.zone, style: 'moment' }) : '';
	const page = `${told.address}/registration?code=${await codeOf(keys, registration)}`;
	const hasPage = what !== 'ended' && what !== 'off' && what !== 'lapsed';
	const body = [
		say(`events.mail-${what}`, { title: told.title, way, until, hours: event.waitingHours, reason: told.reason }),
		facts(event, told, say, remoteLink),
		...(what === 'off' || what === 'ended' ? [] : [say(`events.attribution-${event.attribution}-about`)]),
		...(what === 'off' || what === 'ended' || !told.recording ? [] : [told.recording]),
		...(hasPage ? [say('events.mail-page', { link: page })] : [say('events.mail-event', { link: told.address })])
	].join('\n\n');
	const subject = say(`events.mail-${what}-subject`, { title: told.title });
	const hasCalendar = what === 'placed' || what === 'changed' || what === 'off';
	const calendar = hasCalendar ? calendarOfEvent(event, { ...told, language, remoteLink }) : null;
	await queueMail(transaction, { topicId, to, language, kind: mailKind(what), subject, body, calendar });
}

/** Invites somebody by mail; the link lets them register. */
export async function mailInvitation(
	transaction: Transaction,
	event: EventOfTopic,
	{ to, language, token, origin }: { to: string; language: Language; token: string; origin: string }
): Promise<void> {
	const say = speakerOf(language);
	const told = await wordsForMail(transaction, event, language, origin);
	const link = `${told.address}/register?invitation=${token}`;
	const body = [
		say('events.mail-invited', { title: told.title }),
		facts(event, told, say, null),
		say(`events.attribution-${event.attribution}-about`),
		say('events.mail-register', { link })
	].join('\n\n');
	const subject = say('events.mail-invited-subject', { title: told.title });
	await queueMail(transaction, { topicId: event.topicId, to, language, kind: mailKind('invited'), subject, body });
}

/** What opens somebody's own page: 22 signs that follow from the topic's key, so that each mail can name it and no table holds it. */
export async function codeOf(
	keys: TopicKeys,
	{ topicId, registrationId }: Pick<Registration, 'topicId' | 'registrationId'>
): Promise<string> {
	const digest = await keys.hash(topicId, `registration ${registrationId}`);
	return digest.subarray(0, 16).toString('base64url');
}

type Told = Awaited<ReturnType<typeof wordsForMail>>;

async function wordsForMail(transaction: Transaction, event: EventOfTopic, language: Language, origin: string) {
	const { topicId, eventId, stateVersion } = event;
	const { slug, defaultLanguage } = await topicOf(transaction, topicId);
	// the texts of the event may have been written in this transaction
	const texts = (await textsOf(transaction, topicId, [{ kind: 'event', thingId: eventId }])).get(eventId)!;
	const words = wordsOf(texts, ['title', 'venue', 'recording'], [language], defaultLanguage);
	return {
		title: words.title.text,
		venue: words.venue.text,
		recording: event.isRecorded ? words.recording.text : '',
		reason: inLanguage(texts[`reason-${stateVersion}`], [language], defaultLanguage).text,
		address: `${origin}${pathInLanguage(`/topics/${slug}/events/${event.number}`, language)}`,
		defaultLanguage
	};
}

function facts(event: EventOfTopic, { venue }: Told, say: ReturnType<typeof speakerOf>, remoteLink: string | null): string {
	return [
		say('events.mail-when', { when: spanIn(say, event, event.zone) }),
		...(event.zone === 'UTC' ? [] : [`${spanIn(say, event, 'UTC')}`]),
		...(venue ? [say('events.mail-where', { where: venue })] : []),
		...(remoteLink ? [say('events.mail-online', { link: remoteLink })] : [])
	].join('\n');
}
