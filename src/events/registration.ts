import { isOver, type EventOfTopic } from '#events/event.ts';

/** In the room or online: two kinds of places, counted apart. */
export const ways = ['room', 'online'] as const;
export type Way = (typeof ways)[number];

/** Has a place; has one kept until they answer; waits for one; holds no more. */
export type RegistrationState = 'placed' | 'offered' | 'waiting' | 'ended';

/** Somebody who registered. Personal fields are null once they were forgotten. */
export interface Registration {
	readonly topicId: string;
	readonly eventId: string;
	readonly registrationId: string;
	/** within the event, from 1, in the order in which they registered */
	readonly number: number;
	readonly way: Way;
	readonly name: string | null;
	readonly email: string | null;
	readonly group: string | null;
	readonly region: string | null;
	readonly organisation: string | null;
	readonly languages: readonly string[];
	readonly accessNeeds: string | null;
	readonly isListed: boolean;
	/** of the mails to them */
	readonly language: string;
	readonly registeredAt: Date;
	readonly state: RegistrationState;
	readonly why: 'self' | 'desk' | 'lapsed' | 'erased' | null;
	/** until when a place is kept for them */
	readonly keptUntil: Date | null;
	readonly arrivedAt: Date | null;
	readonly hasCome: boolean;
}

/** What somebody says of themselves; the same on the page of the event and at the desk. */
export interface RegistrationDraft {
	readonly way: Way;
	readonly name: string;
	/** only staff may leave it out */
	readonly email: string | null;
	readonly group: string | null;
	readonly region: string | null;
	readonly organisation: string;
	readonly languages: readonly string[];
	readonly accessNeeds: string;
	readonly isListed: boolean;
	readonly language: string;
}

export const limits = { name: 120, organisation: 200, accessNeeds: 1000 } as const;

/** Why one cannot register now; null: one can. */
export function closedBecause(
	event: Pick<EventOfTopic, 'state' | 'registration' | 'endsAt'>,
	at: Date,
	isInvited = false
): 'registration-closed' | 'event-over' | 'event-for-invited' | null {
	if (event.registration === 'none' || event.state === 'planned') return 'registration-closed';
	if (isOver(event, at)) return 'event-over';
	return event.registration === 'invited' && !isInvited ? 'event-for-invited' : null;
}

/** The ways in which one can come: those that have places at all. */
export function waysOf({
	roomPlaces,
	onlinePlaces,
	remoteLink
}: Pick<EventOfTopic, 'roomPlaces' | 'onlinePlaces' | 'remoteLink'>): Way[] {
	return ways.filter((way) => (way === 'room' ? roomPlaces !== 0 : onlinePlaces !== 0 && remoteLink !== null));
}

export function placesOf(
	{ roomPlaces, onlinePlaces }: Pick<EventOfTopic, 'roomPlaces' | 'onlinePlaces'>,
	way: Way
): number | null {
	return way === 'room' ? roomPlaces : onlinePlaces;
}

/** Until when a place that became free is kept: some hours, and not beyond the beginning. */
export function keptUntil({ waitingHours, startsAt }: Pick<EventOfTopic, 'waitingHours' | 'startsAt'>, at: Date): Date {
	return new Date(Math.min(at.getTime() + waitingHours * 3_600_000, startsAt.getTime()));
}
