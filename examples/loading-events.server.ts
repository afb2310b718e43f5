import { confirmEvent, holdEvent, planEvent } from '#events/planning.server.ts';
import { instantOf } from '#topics/stages/zones.ts';
import { cafe, townHall, type ExampleEvent } from './events.ts';
import { loader, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moved, movedDay } from './moving.ts';

/** The café of the launch, which took place, and the Town Hall. */
export async function loadEvents({ database }: Loading, { topicId, by }: Pick<LoadedTalk, 'topicId' | 'by'>): Promise<void> {
	for (const event of [cafe, townHall]) {
		const { kind, starts, ends, ...planned } = event;
		const times = { startsAt: onTheDay(starts, event, by), endsAt: onTheDay(ends, event, by) };
		const prepared = databaseAt(database, moved('2013-10-01T11:00:00+02:00', by));
		const { eventId } = await planEvent(prepared, { topicId, kind, ...planned, ...times }, loader);
		await confirmEvent(prepared, topicId, eventId, loader);
		const after = new Date(+times.endsAt + 3_600_000);
		if (+after <= Date.now() + database.clockShift) await holdEvent(databaseAt(database, after), topicId, eventId, loader);
	}
}

/** The clock of the venue shows the same as in 2013, whatever was done to clocks since. */
function onTheDay(wall: string, { zone }: ExampleEvent, by: number): Date {
	const [day, time] = wall.split('T') as [string, string];
	return instantOf(`${movedDay(day, by)}T${time}`, zone)!;
}
