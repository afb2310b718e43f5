import { calendar, type CalendarEntry } from '#events/calendar.ts';
import type { EventOfTopic } from '#events/event.ts';
import { wordsOf } from '#languages/texts.server.ts';

interface Wishes {
	/** of the event's page */
	readonly address: string;
	readonly language: string;
	readonly defaultLanguage: string;
	/** of the room online, for those who have a place there */
	readonly remoteLink: string | null;
}

/** An event as a file for calendars. */
export function calendarOfEvent(event: EventOfTopic, wishes: Wishes): string {
	const entry = entryOfEvent(event, wishes);
	return calendar({ title: entry.title, stamp: event.stateAt, entries: [entry] });
}

/** An event in a calendar. Each change and each turn of its state makes it newer than what a calendar took before. */
export function entryOfEvent(event: EventOfTopic, { address, language, defaultLanguage, remoteLink }: Wishes): CalendarEntry {
	const { title, venue, host } = wordsOf(event.texts, ['title', 'venue', 'host'], [language], defaultLanguage);
	return {
		id: event.eventId,
		title: title.text,
		text: [host.text, remoteLink].filter(Boolean).join('\n'),
		place: venue.text,
		address,
		sequence: event.version + event.stateVersion - 2,
		isBusy: true,
		isCancelled: event.state === 'cancelled',
		when: { from: event.startsAt, to: event.endsAt }
	};
}
