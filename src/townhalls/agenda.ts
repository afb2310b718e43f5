import type { TextsOfThing } from '#languages/texts.server.ts';

/** An item of an agenda, as it is planned now. */
export interface AgendaItem {
	readonly itemId: string;
	readonly version: number;
	readonly place: number;
	readonly minutes: number;
	/** as the organisers write them; '' where there are none */
	readonly speakers: string;
	/** ids of the topic's library */
	readonly documents: readonly string[];
	/** title */
	readonly texts: TextsOfThing;
}

export interface AgendaStep {
	readonly itemId: string;
	readonly step: 'begun' | 'ended';
	readonly at: Date;
}

export type ItemState = 'to-come' | 'now' | 'over';

/** When an item was planned, and when it will be or was. */
export interface ItemTimes {
	readonly itemId: string;
	readonly state: ItemState;
	readonly plannedAt: Date;
	/** when it begins as things stand; when it began, once it did */
	readonly beginsAt: Date;
	readonly endsAt: Date;
}

export interface Timetable {
	readonly items: readonly ItemTimes[];
	/** whole minutes by which what goes on or comes next is later than planned; below 0: earlier */
	readonly lateBy: number;
}

/**
 * The times of an agenda as they are kept: what is over stands as it was, what goes on takes its time or longer, what is to come follows on
 * it. Before the beginning, and as long as the first item is not called, everything moves with the clock.
 */
export function timetable(
	items: readonly Pick<AgendaItem, 'itemId' | 'minutes'>[],
	steps: readonly AgendaStep[],
	startsAt: Date,
	now: Date
): Timetable {
	const last = new Map<string, { begunAt: number; endedAt: number | null }>();
	for (const { itemId, step, at } of steps) {
		const known = last.get(itemId);
		if (step === 'begun') last.set(itemId, { begunAt: at.getTime(), endedAt: null });
		else if (known) last.set(itemId, { ...known, endedAt: at.getTime() });
	}
	let planned = startsAt.getTime();
	let free = Math.max(startsAt.getTime(), ...[...last.values()].map(({ endedAt }) => endedAt ?? 0));
	const times: ItemTimes[] = [];
	let lateBy: number | null = null;
	const isUnderWay = [...last.values()].some(({ endedAt }) => endedAt === null);
	for (const { itemId, minutes } of items) {
		const length = minutes * 60_000;
		const stood = last.get(itemId);
		const plannedAt = planned;
		planned += length;
		if (stood?.endedAt != null) {
			times.push(told(itemId, 'over', plannedAt, stood.begunAt, stood.endedAt));
			continue;
		}
		const beginsAt = stood ? stood.begunAt : isUnderWay || free > now.getTime() ? free : now.getTime();
		const endsAt = stood ? Math.max(now.getTime(), beginsAt + length) : beginsAt + length;
		free = endsAt;
		lateBy ??= Math.floor((stood ? endsAt - planned : beginsAt - plannedAt) / 60_000);
		times.push(told(itemId, stood ? 'now' : 'to-come', plannedAt, beginsAt, endsAt));
	}
	return { items: times, lateBy: lateBy ?? 0 };
}

function told(itemId: string, state: ItemState, plannedAt: number, beginsAt: number, endsAt: number): ItemTimes {
	return { itemId, state, plannedAt: new Date(plannedAt), beginsAt: new Date(beginsAt), endsAt: new Date(endsAt) };
}
