import type { Actor } from '#activity/actor.ts';
import { isSecretariat } from '#activity/staff.ts';
import type { TextsOfThing } from '#languages/texts.server.ts';

/** An occasion of a topic at which people meet, as it is planned now. */
export interface EventOfTopic {
	readonly topicId: string;
	readonly eventId: string;
	/** within its topic, from 1: `/topics/<slug>/events/1` */
	readonly number: number;
	readonly kind: EventKind;
	/** of what is planned; each change is a new one */
	readonly version: number;
	readonly startsAt: Date;
	readonly endsAt: Date;
	/** IANA name: the clock at the venue */
	readonly zone: string;
	readonly attribution: Attribution;
	readonly registration: Registration;
	/** null: as many as come; 0: nobody */
	readonly roomPlaces: number | null;
	readonly onlinePlaces: number | null;
	/** BCP 47: what is spoken there, and what it is interpreted into */
	readonly languages: readonly string[];
	readonly interpretation: readonly string[];
	readonly remoteLink: string | null;
	readonly isRecorded: boolean;
	/** how long a place that became free is kept for the next on the waiting list */
	readonly waitingHours: number;
	readonly state: EventState;
	/** the reason of the state is the text `reason-<stateVersion>` */
	readonly stateVersion: number;
	readonly stateAt: Date;
	/** whether it was ever made public: one that was cancelled before stays at the desk */
	readonly wasConfirmed: boolean;
	/** six letters that lead people in the room to it */
	readonly code: string;
	/** title, description, venue, host, access, recording, reason-<version> */
	readonly texts: TextsOfThing;
}

export const eventKinds = ['cafe', 'town-hall', 'meeting'] as const;
export type EventKind = (typeof eventKinds)[number];

/** What may be known of who spoke: the name, the stakeholder group and nothing else, or nothing (the Chatham House rule). */
export const attributions = ['named', 'group', 'chatham'] as const;
export type Attribution = (typeof attributions)[number];

/** Who may register: everybody, those who were invited, or nobody because one simply comes. */
export const registrations = ['open', 'invited', 'none'] as const;
export type Registration = (typeof registrations)[number];

/** A planned event is seen at the desk only; confirming it makes it public. */
export const eventStates = ['planned', 'confirmed', 'held', 'cancelled'] as const;
export type EventState = (typeof eventStates)[number];

/** What organisers write about an event, per language. */
export const eventFields = ['title', 'description', 'venue', 'host', 'access', 'recording'] as const;

type Rule = Pick<EventOfTopic, 'attribution'>;

/** Whether the name of who says something may stand beside it. */
export function showsNames({ attribution }: Rule): boolean {
	return attribution === 'named';
}

/** Whether the stakeholder group may stand beside it. Under the Chatham House rule it may not: an affiliation tells who spoke. */
export function showsGroups({ attribution }: Rule): boolean {
	return attribution !== 'chatham';
}

/** Whether nothing may be kept that tells who said what, sat where, or when. */
export function isChatham({ attribution }: Rule): boolean {
	return attribution === 'chatham';
}

/**
 * When somebody tapped something, as it is kept. Whoever sat beside them saw when they did, so under the Chatham House rule every tap was at the
 * beginning of the event, or on its day where it came before.
 */
export function momentKept({ startsAt, ...rule }: Rule & { readonly startsAt: Date }, at: Date): Date {
	if (!isChatham(rule)) return at;
	return at >= startsAt ? startsAt : new Date(new Date(at).setUTCHours(0, 0, 0, 0));
}

/**
 * A rule may become stricter at any time. From the moment when everybody can read it, it is a promise: people register, write and speak
 * under it, and it becomes no looser, whether somebody has done so yet or not. Before that it is one as soon as somebody has.
 */
export function mayBecome(attribution: Attribution, next: Attribution, isPromised: boolean): boolean {
	return !isPromised || attributions.indexOf(next) >= attributions.indexOf(attribution);
}

/** What a state may be followed by. One that was cancelled is planned anew, as another event: everybody was told. */
export function mayTurn(from: EventState, to: EventState): boolean {
	const next: Record<EventState, readonly EventState[]> = {
		planned: ['confirmed', 'cancelled'],
		confirmed: ['held', 'cancelled'],
		held: [],
		cancelled: []
	};
	return next[from].includes(to);
}

/** Whether everybody may see it. */
export function isPublic({ wasConfirmed }: Pick<EventOfTopic, 'wasConfirmed'>): boolean {
	return wasConfirmed;
}

/** Whether it goes on just now, by the clock and by its state. */
export function isOn({ startsAt, endsAt, state }: Pick<EventOfTopic, 'startsAt' | 'endsAt' | 'state'>, at: Date): boolean {
	return state === 'confirmed' && startsAt <= at && at < endsAt;
}

/** Whether nothing of it is to come. */
export function isOver({ endsAt, state }: Pick<EventOfTopic, 'endsAt' | 'state'>, at: Date): boolean {
	return state === 'held' || state === 'cancelled' || endsAt <= at;
}

/** A day longer than the event itself: feedback and late cards still come by the code. */
const codeLeadsOn = 86_400_000;

/** Whether the code on the screen leads people to it. */
export function codeLeads({ endsAt, state }: Pick<EventOfTopic, 'endsAt' | 'state'>, at: Date): boolean {
	return (state === 'confirmed' || state === 'held') && at.getTime() < endsAt.getTime() + codeLeadsOn;
}

/** Letters that nobody mistakes for another, in print or when read out; without vowels no word comes of them. */
export const codeLetters = 'BCDFGHJKMNPQRSTVWXZ';

/** A code as somebody types it ("bcd-fgh", "BCD FGH") as it is kept; null where it cannot be one. */
export function codeFrom(typed: string): string | null {
	const code = typed.toUpperCase().replace(/[\s.-]/g, '');
	return code.length === 6 && [...code].every((letter) => codeLetters.includes(letter)) ? code : null;
}

/** As it stands on the screen: "BCD FGH". */
export function codeShown(code: string): string {
	return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** The secretariat plans events, and changes, confirms and cancels them. */
export function mayPlanEvents(actor: Actor): boolean {
	return isSecretariat(actor);
}
