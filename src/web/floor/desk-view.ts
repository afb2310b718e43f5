import type { ShownText } from '#languages/texts.server.ts';
import { timetable, type AgendaStep, type Timetable } from '#townhalls/agenda.ts';
import type { Asked, AskingKind, Channel, Floor, Rule, Turn } from '#townhalls/floor/floor.ts';

/** Somebody who asked, as the chair sees them. */
export interface AskedAtDesk extends Asked {
	readonly requestId: string;
	/** '' where nobody said it */
	readonly name: string;
	/** the place of their hub; null where they are at none, or at one without a name */
	readonly hub: string | null;
}

export interface ItemAtDesk {
	readonly itemId: string;
	readonly minutes: number;
	readonly title: ShownText;
	readonly speakers: string;
}

/** What the desk of the chair knows; the rest is worked out from it, on the server and without network alike. */
export interface DeskView {
	readonly state: 'open' | 'queue-closed' | 'over' | null;
	readonly rule: Rule;
	/** those that held before: what was spoken under one is charged by it */
	readonly earlier: NonNullable<Floor['earlier']>;
	readonly asked: readonly AskedAtDesk[];
	readonly turns: readonly Turn[];
	readonly items: readonly ItemAtDesk[];
	readonly steps: readonly { readonly itemId: string; readonly step: AgendaStep['step']; readonly at: number }[];
	/** ms */
	readonly startsAt: number;
	/** the moment as of which times are told of a meeting that is over; null: now */
	readonly keptAt: number | null;
	readonly chair: { readonly number: number; readonly isMine: boolean; readonly name: string } | null;
	/** the last move that is in it */
	readonly last: number;
	/** ms, by the clock of the server */
	readonly now: number;
}

/** What a chair does; the same as chairing.server.ts takes. */
export type Deed =
	| { readonly does: 'give'; readonly requestId: string; readonly proposed: string; readonly reason: string }
	| { readonly does: 'end' }
	| {
			readonly does: 'put-down';
			readonly requestId: string;
			readonly channel: Channel;
			readonly group: string | null;
			readonly kind: AskingKind;
			readonly isFirst: boolean;
			readonly name: string;
	  }
	| { readonly does: 'take-off'; readonly requestId: string }
	| { readonly does: 'begin-item'; readonly itemId: string }
	| { readonly does: 'end-item'; readonly itemId: string };

/** An act that the server may not know yet. */
export interface Pending {
	/** made here: it may be sent as often as needed */
	readonly actId: string;
	readonly deed: Deed;
	/** ms, by the clock of this device: only differences count */
	readonly at: number;
	/** the chair that did it */
	readonly chair: number;
}

/**
 * What the desk shows while acts wait to be sent. An act that the view holds already changes nothing, so that it may be there twice.
 * @param at ms of the server's clock
 */
export function after(view: DeskView, deed: Deed, at: number): DeskView {
	const numberOf = (requestId: string) => view.asked.find((asked) => asked.requestId === requestId)?.number;
	switch (deed.does) {
		case 'give': {
			const number = numberOf(deed.requestId);
			if (number === undefined || view.turns.some(({ asked }) => asked === number)) return view;
			return { ...view, turns: [...ended(view.turns, at), { asked: number, beganAt: at, endedAt: null }] };
		}
		case 'end':
			return { ...view, turns: ended(view.turns, at) };
		case 'put-down': {
			if (numberOf(deed.requestId) !== undefined) return view;
			const number = Math.max(0, ...view.asked.map((asked) => asked.number)) + 1;
			const { requestId, channel, group, kind, isFirst, name } = deed;
			return {
				...view,
				asked: [...view.asked, { number, requestId, channel, group, kind, isFirst, name, hub: null, askedAt: at, leftAt: null }]
			};
		}
		case 'take-off':
			return {
				...view,
				asked: view.asked.map((asked) => (asked.requestId === deed.requestId ? { ...asked, leftAt: asked.leftAt ?? at } : asked))
			};
		case 'begin-item':
		case 'end-item':
			return { ...view, steps: stepped(view.steps, deed, at) };
	}
}

export function timesAt(view: DeskView, now: number): Timetable {
	const steps = view.steps.map((step) => ({ ...step, at: new Date(step.at) }));
	return timetable(view.items, steps, new Date(view.startsAt), new Date(view.keptAt ?? now));
}

/** What is left of a speech, as a clock shows it: "1:05"; beyond the limit what it is over. */
export function clock(seconds: number): string {
	const whole = Math.abs(Math.round(seconds));
	return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function ended(turns: readonly Turn[], at: number): Turn[] {
	return turns.map((turn) => (turn.endedAt === null ? { ...turn, endedAt: Math.max(at, turn.beganAt) } : turn));
}

function stepped(
	steps: DeskView['steps'],
	{ does, itemId }: Extract<Deed, { readonly itemId: string }>,
	at: number
): DeskView['steps'] {
	const last = steps.at(-1);
	const under = last?.step === 'begun' ? last.itemId : null;
	if (does === 'end-item') return under === itemId ? [...steps, { itemId, step: 'ended', at }] : steps;
	if (under === itemId) return steps;
	return [...steps, ...(under === null ? [] : [{ itemId: under, step: 'ended' as const, at }]), { itemId, step: 'begun', at }];
}
