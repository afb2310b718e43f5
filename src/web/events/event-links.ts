import type { EventKind } from '#events/event.ts';
import type { MessageKey } from '#languages/speaking.ts';

/** A page of an event, below the event's own address. Each folder that has one adds its line. */
export interface EventLink {
	/** the route; who may open it (src/web/policy.ts) sees the link */
	readonly route: string;
	readonly label: MessageKey;
	readonly kinds: readonly EventKind[];
}

/** On the event's public page. */
export const publicLinks: readonly EventLink[] = [];

/** On the event's page at the desk. */
export const deskLinks: readonly EventLink[] = [
	{
		route: '/desk/topics/[topic]/events/[event]/plan',
		label: 'events.change',
		kinds: ['cafe', 'town-hall', 'meeting']
	}
];
