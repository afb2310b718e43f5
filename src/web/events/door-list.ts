import type { ShownText } from '#languages/texts.server.ts';
import { isReason, type Reason } from '#web/offline/outbox.ts';

/** One who may come through the door, as a phone knows them. */
export interface AtDoor {
	readonly registrationId: string;
	readonly name: string;
	readonly organisation: string | null;
	readonly group: string | null;
	readonly state: string;
	readonly hasCome: boolean;
	/** milliseconds by the server's clock */
	readonly arrivedAt: number | null;
}

/** What a phone at the door knows: enough to go on without a network, and no more. Moments are milliseconds by the server's clock. */
export interface DoorList {
	/** the lane of its check-ins: the event */
	readonly lane: string;
	readonly topic: { readonly slug: string; readonly title: ShownText };
	readonly event: { readonly number: number; readonly title: ShownText; readonly zone: string };
	readonly groups: readonly { readonly value: string; readonly label: string }[];
	readonly people: readonly AtDoor[];
	/** of when the list is */
	readonly at: number;
	/** when the door is shut, and phones forget the list */
	readonly until: number;
}

export function isDoorList(value: unknown): value is DoorList {
	return typeof value === 'object' && value !== null && 'lane' in value && 'people' in value && 'until' in value;
}

/** The door opens to this phone no more. */
export function isShut(value: unknown): value is { readonly shut: Reason } {
	return typeof value === 'object' && value !== null && 'shut' in value && isReason(value.shut);
}
