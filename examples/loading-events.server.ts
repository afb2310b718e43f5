import { confirmEvent, holdEvent, planEvent } from '#events/planning.server.ts';
import { cafe, townHall } from './events.ts';
import { loader, type LoadedTalk, type Loading } from './loader.ts';
import { loadTownHall } from './loading-town-hall.server.ts';
import { databaseAt, moved, onTheDay } from './moving.ts';

/** The café of the launch, which took place, and the Town Hall. */
export async function loadEvents(loading: Loading, { topicId, by }: Pick<LoadedTalk, 'topicId' | 'by'>): Promise<void> {
	const { database } = loading;
	for (const event of [cafe, townHall]) {
		const { kind, starts, ends, ...planned } = event;
		const times = { startsAt: onTheDay(starts, event, by), endsAt: onTheDay(ends, event, by) };
		const prepared = databaseAt(database, moved('2013-10-01T11:00:00+02:00', by));
		const { eventId } = await planEvent(prepared, { topicId, kind, ...planned, ...times }, loader);
		await confirmEvent(prepared, topicId, eventId, loader);
		if (event === townHall) await loadTownHall(loading, { topicId, by }, eventId);
		const after = new Date(+times.endsAt + 3_600_000);
		if (+after <= Date.now() + database.clockShift) await holdEvent(databaseAt(database, after), topicId, eventId, loader);
	}
}
