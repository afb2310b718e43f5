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

/** ms: nobody meets so long after the planned end; what was not called then was not called at all */
const longest = 12 * 3_600_000;

/** The moment as of which the times of an agenda are told: of a meeting that is over, its planned end, or its beginning where nothing was called. */
export function keptAsOf(
	{ startsAt, endsAt, state }: { readonly startsAt: Date; readonly endsAt: Date; readonly state: string },
	steps: readonly unknown[],
	now: Date
): Date {
	const isOver = state === 'held' || now.getTime() > endsAt.getTime() + longest;
	if (!isOver) return now;
	return steps.length === 0 ? startsAt : endsAt;
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
	const under = items.find(({ itemId }) => last.get(itemId)?.endedAt === null);
	const begunAt = under && last.get(under.itemId)!.begunAt;
	// what is to come follows on what goes on, also what was passed over
	let free =
		under && begunAt !== undefined
			? Math.max(now.getTime(), begunAt + under.minutes * 60_000)
			: Math.max(now.getTime(), startsAt.getTime(), ...[...last.values()].map(({ endedAt }) => endedAt ?? 0));
	const goesOnUntil = free;
	let planned = startsAt.getTime();
	const times: ItemTimes[] = [];
	let lateBy: number | null = null;
	for (const item of items) {
		const { itemId } = item;
		const length = item.minutes * 60_000;
		const stood = last.get(itemId);
		const plannedAt = planned;
		planned += length;
		if (item === under) {
			times.push(told(itemId, 'now', plannedAt, begunAt!, goesOnUntil));
			lateBy = minutesOf(goesOnUntil - planned);
		} else if (stood?.endedAt != null) times.push(told(itemId, 'over', plannedAt, stood.begunAt, stood.endedAt));
		else {
			if (!under) lateBy ??= minutesOf(free - plannedAt);
			times.push(told(itemId, 'to-come', plannedAt, free, free + length));
			free += length;
		}
	}
	return { items: times, lateBy: lateBy ?? 0 };
}

/** The item to call next: the first to come after the one that goes on or was called last, else the first that was passed over; null: none is left. */
export function nextItem(items: readonly Pick<ItemTimes, 'itemId' | 'state'>[]): string | null {
	const called = items.findLastIndex(({ state }) => state !== 'to-come');
	const isToCome = ({ state }: Pick<ItemTimes, 'state'>) => state === 'to-come';
	return (items.slice(called + 1).find(isToCome) ?? items.find(isToCome))?.itemId ?? null;
}

function minutesOf(ms: number): number {
	return Math.floor(ms / 60_000);
}

function told(itemId: string, state: ItemState, plannedAt: number, beginsAt: number, endsAt: number): ItemTimes {
	return { itemId, state, plannedAt: new Date(plannedAt), beginsAt: new Date(beginsAt), endsAt: new Date(endsAt) };
}
