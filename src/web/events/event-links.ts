import type { EventKind } from '#events/event.ts';
import type { MessageKey } from '#languages/speaking.ts';

/** A page of an event, below the event's own address. Each folder that has one adds its line. */
export interface EventLink {
	/** the route; who may open it (src/web/policy.ts) sees the link */
	readonly route: string;
	readonly label: MessageKey;
	readonly kinds: readonly EventKind[];
}

const every: readonly EventKind[] = ['cafe', 'town-hall', 'meeting'];

/** On the event's public page. */
export const publicLinks: readonly EventLink[] = [
	{ route: '/topics/[topic]/events/[event]/seat', label: 'seats.where-do-i-sit', kinds: ['cafe'] },
	{ route: '/topics/[topic]/events/[event]/wall', label: 'seats.wall-link', kinds: ['cafe'] },
	{ route: '/topics/[topic]/events/[event]/here', label: 'room.here', kinds: ['town-hall', 'meeting'] },
	{ route: '/topics/[topic]/events/[event]/floor', label: 'floor.public-view', kinds: ['town-hall', 'meeting'] },
	{ route: '/topics/[topic]/events/[event]/captions', label: 'captions.title', kinds: ['town-hall', 'meeting'] },
	{ route: '/topics/[topic]/events/[event]/minutes', label: 'minutes.title', kinds: ['town-hall', 'meeting'] },
	{ route: '/topics/[topic]/events/[event]/screen', label: 'room.screen', kinds: ['town-hall', 'meeting'] }
];

/** On the page by which somebody asks for the floor. */
export const phoneLinks: readonly EventLink[] = [
	{ route: '/topics/[topic]/events/[event]/here', label: 'room.here', kinds: ['town-hall', 'meeting'] }
];

/** On the event's page at the desk. */
export const deskLinks: readonly EventLink[] = [
	{ route: '/desk/topics/[topic]/events/[event]/cafe', label: 'cafes.desk-link', kinds: ['cafe'] },
	{ route: '/desk/topics/[topic]/events/[event]/photos', label: 'photos.title', kinds: ['cafe'] },
	{ route: '/desk/topics/[topic]/events/[event]/harvest', label: 'harvest.title', kinds: ['cafe'] },
	{ route: '/desk/topics/[topic]/events/[event]/questions', label: 'floor-questions.title', kinds: ['town-hall', 'meeting'] },
	{ route: '/desk/topics/[topic]/events/[event]/polls', label: 'polls.title', kinds: ['town-hall', 'meeting'] },
	{ route: '/desk/topics/[topic]/events/[event]/captions', label: 'captions.title', kinds: ['town-hall', 'meeting'] },
	{ route: '/desk/topics/[topic]/events/[event]/minutes', label: 'minutes.title', kinds: ['town-hall', 'meeting'] },
	{
		route: '/desk/topics/[topic]/events/[event]/plan',
		label: 'events.change',
		kinds: every
	},
	{ route: '/desk/topics/[topic]/events/[event]/people', label: 'events.people', kinds: every },
	{ route: '/desk/topics/[topic]/events/[event]/hubs', label: 'events.hubs', kinds: every },
	{ route: '/topics/[topic]/events/[event]/check-in', label: 'events.check-in', kinds: every },
	{ route: '/desk/topics/[topic]/events/[event]/badges', label: 'events.badges', kinds: every },
	{ route: '/desk/topics/[topic]/events/[event]/agenda', label: 'agenda.title', kinds: ['town-hall', 'meeting'] },
	{ route: '/desk/topics/[topic]/events/[event]/floor', label: 'floor.desk', kinds: ['town-hall', 'meeting'] },
	{ route: '/desk/topics/[topic]/events/[event]/remote', label: 'floor.remote-desk', kinds: ['town-hall', 'meeting'] },
	{ route: '/desk/topics/[topic]/events/[event]/record', label: 'floor.record', kinds: ['town-hall', 'meeting'] }
];
