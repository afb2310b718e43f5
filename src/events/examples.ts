import type { RegistrationDraft } from '#events/registration.ts';
import type { WrittenEvent } from '#events/planning.server.ts';

/** The World Café of 8 October 2013 in the ICT Discovery Museum, as its form sends it. */
export function aWrittenEvent(changes: Partial<WrittenEvent> = {}): WrittenEvent {
	return {
		startsAt: new Date('2013-10-08T16:15Z'),
		endsAt: new Date('2013-10-08T18:15Z'),
		zone: 'Europe/Zurich',
		attribution: 'named',
		registration: 'open',
		roomPlaces: 50,
		onlinePlaces: null,
		languages: ['en', 'fr'],
		interpretation: [],
		remoteLink: null,
		isRecorded: false,
		waitingHours: 24,
		texts: {
			title: { en: 'World Café', fr: 'Café du monde' },
			description: { en: 'Three questions at ten tables.' },
			venue: { en: 'ICT Discovery Museum, Geneva' }
		},
		...changes
	};
}

/** Somebody who registers by the form. */
export function aRegistration(changes: Partial<RegistrationDraft> = {}): RegistrationDraft {
	return {
		way: 'room',
		name: 'Ana Example',
		email: 'ana@example.org',
		group: 'civil-society',
		region: 'african',
		organisation: '',
		languages: ['en'],
		accessNeeds: '',
		isListed: false,
		language: 'en',
		...changes
	};
}
