import type { Marker } from '#cafes/notes/note.ts';
import type { ShownText } from '#languages/texts.server.ts';
import type { Attribution } from '#events/event.ts';

/** What a phone knows of its table: enough to go on without a network for hours. Moments are milliseconds, as JSON has them. */
export interface Known {
	/** its lane in the outbox: `placeOf` */
	readonly lane: string;
	readonly tableNumber: number;
	readonly label: string;
	readonly host: string;
	/** in which cards are written unless somebody chooses another */
	readonly language: string;
	readonly event: { readonly title: ShownText; readonly attribution: Attribution; readonly zone: string };
	readonly topic: { readonly slug: string; readonly title: ShownText };
	readonly rounds: readonly {
		readonly number: number;
		readonly minutes: number;
		readonly question: ShownText | null;
	}[];
	/** the stakeholder groups, where the rule lets one stand beside a card */
	readonly groups: readonly { readonly value: string; readonly label: string }[];
	readonly on: {
		readonly round: number;
		readonly begunAt: number;
		readonly endsAt: number;
		readonly isRehearsal: boolean;
	} | null;
	/** all cards of the table that wait at the server, those of other phones too */
	readonly cards: readonly KnownCard[];
	/** how many became notes already */
	readonly taken: number;
	readonly isOver: boolean;
	/** by the server's clock, whatever the phone's says */
	readonly at: number;
}

export interface KnownCard {
	readonly id: string;
	readonly round: number;
	readonly place: number;
	readonly phone: string;
	readonly marker: Marker;
	readonly language: string;
	readonly text: string;
	readonly revises: string | null;
	readonly group: string | null;
	readonly name: string | null;
}

export function isKnown(value: unknown): value is Known {
	return typeof value === 'object' && value !== null && 'lane' in value && 'rounds' in value && 'cards' in value;
}
