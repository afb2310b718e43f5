import type { Queryable } from '#database/connection.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { keptAsOf, timetable, type Timetable } from '#townhalls/agenda.ts';
import { agendaOf, agendaSteps } from '#townhalls/agenda.server.ts';
import { channels, owedToChannels, proposedNext, type Channel } from '#townhalls/floor/floor.ts';
import { floorOf, waitingOn } from '#townhalls/floor/floors.server.ts';
import type { FloorFigures } from '#townhalls/floor/figures.ts';
import type { FloorShown } from '#townhalls/floor/shown.ts';
import { totalsOf } from '#townhalls/floor/totals.ts';

export async function floorShown(queryable: Queryable, of: OfEvent, now: Date): Promise<FloorShown> {
	const floor = await floorOf(queryable, of);
	const { state, rule } = floor;
	const figures = state === 'over' ? await figuresOf(queryable, of) : null;
	const speaking = floor.turns.find(({ endedAt }) => endedAt === null);
	const who = speaking && floor.asked.find(({ number }) => number === speaking.asked);
	const waits = state === 'over' ? [] : waitingOn(floor);
	const proposal = state === 'over' ? null : proposedNext(floor, now.getTime());
	const next = proposal && floor.asked.find(({ number }) => number === proposal.number)!;
	const owed = owedToChannels(floor, now.getTime());
	return {
		state,
		rule,
		speaking:
			speaking && who
				? { channel: who.channel, isPointOfOrder: who.kind === 'point-of-order', beganAt: new Date(speaking.beganAt) }
				: null,
		next: next ? (next.kind === 'point-of-order' ? next.kind : next.channel) : null,
		waiting: byChannel((channel) => waits.filter((asked) => asked.channel === channel).length),
		owed: byChannel((channel) => Math.round(owed[channel])),
		totals: figures ?? totalsOf(floor),
		overrides: figures?.overrides ?? floor.turns.filter(({ isOverride }) => isOverride).length
	};
}

/** The block of statistics of a floor that is over; null before. */
export async function figuresOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<FloorFigures | null> {
	const { rows } = await queryable.query<{ figures: FloorFigures }>(
		`select figures from floor_figures where topic_id = $1 and event_id = $2`,
		[topicId, eventId]
	);
	return rows[0]?.figures ?? null;
}

/** The times of the agenda as they are kept. */
export async function timesOfAgenda(queryable: Queryable, event: EventOfTopic, now: Date): Promise<Timetable> {
	const [items, steps] = [await agendaOf(queryable, event), await agendaSteps(queryable, event)];
	return timetable(items, steps, event.startsAt, keptAsOf(event, steps, now));
}

function byChannel<T>(of: (channel: Channel) => T): Record<Channel, T> {
	return Object.fromEntries(channels.map((channel) => [channel, of(channel)])) as Record<Channel, T>;
}
